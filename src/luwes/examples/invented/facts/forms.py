"""What perangkat daerah answer that no file tells: the monthly form, most of it the same every month."""

import random
from collections.abc import Iterator
from datetime import date

from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.files import SOURCES, InventedFile, csv_bytes, spelled
from luwes.examples.invented.facts.world import SILENT, Province, following
from luwes.examples.invented.names import UNIT_NAMES

FORM = ("PD", "Bulan", "Butir", "Nilai")
# What an office answers once and keeps to; each word as people write it.
LASTING = (
    *(("e_office", ("Sudah",)), ("tanda_tangan_elektronik", ("Sudah", "Belum")), ("presensi_elektronik", ("Sudah",))),
    *(("simpeg", ("Sudah",)), ("spbe", ("Sudah", "Belum")), ("infrastruktur_digital", ("Memadai", "Terbatas"))),
    *(("skema_pengendalian", ("Ada", "Sedang disusun")), ("skema_pengawasan", ("Ada", "Sedang disusun"))),
    *(("rapat_hibrida", ("Ya",)), ("pemanfaatan_tik", ("Maksimal", "Terbatas")), ("frekuensi_dikurangi", ("Ya",))),
    *(("rombongan_dikurangi", ("Ya", "Tidak")), ("kendaraan_listrik", ("Tidak",)), ("angkutan_umum", ("Ya", "Tidak"))),
    *(("sepeda", ("Ya", "Tidak")), ("perangkat_dimatikan", ("Dipatuhi", "Belum optimal")), ("ruang_aman", ("Aman",))),
    *(("pengecualian", ("Sesuai",)), ("penghematan_dialihkan", ("Tidak",)), ("bebas_kendaraan", ("Tidak",))),
    ("perjalanan_ada_pembanding", ("Ya",)),
)
TROUBLES = ("Jaringan gedung sering putus", "Laptop belum cukup", "Arsip masih kertas", "Tidak ada")
REMEDIES = ("Usul tambahan pita", "Pinjam pakai perangkat", "Alih media arsip", "Tidak ada")
# Every eighth office sends nothing in a month, another one each month; every third leaves a row empty.
LATE, FORGETFUL = 8, 3


def form_file(province: Province, month: date) -> Iterator[InventedFile]:
    """One workbook's worth of answers, collected by the organisation bureau in the first week of the next month."""
    rows: list[tuple[str, str, str, str]] = []
    for place, office in enumerate(UNIT_NAMES):
        if office == SILENT or (place + month.month) % LATE == 0:
            continue
        answers = _answers(province, office, month)
        if place % FORGETFUL == 0:
            answers.pop("kendaraan_dinas")
        rows.extend((spelled(office), f"{month:%Y-%m}", code, answer) for code, answer in answers.items())
    arrives = following(month) + 5 * DAY
    yield InventedFile("isian", SOURCES["isian"], f"isian-{month:%Y-%m}.csv", arrives, csv_bytes(FORM, rows))


def _answers(province: Province, office: str, month: date) -> dict[str, str]:
    usual = random.Random(f"{province.scenario.seed}/isian/{office}")
    answers = {code: usual.choice(words) for code, words in LASTING}
    trouble = usual.randrange(len(TROUBLES))
    chance = random.Random(f"{province.scenario.seed}/isian/{office}/{month}")
    return answers | {
        "rapat_jumlah": str(chance.randint(4, 30)),
        "perjalanan_dalam_negeri": f"{chance.uniform(-5, 60):.1f}".replace(".", ","),
        "kendaraan_dinas": f"{chance.uniform(-5, 30):.1f}".replace(".", ","),
        "kendala": TROUBLES[trouble],
        "tindak_lanjut": REMEDIES[trouble],
    }
