"""Invented content for the gallery. No real person, unit or figure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luwes.web.ui import palette
from luwes.web.ui import statuses as looks
from luwes.web.ui.colour import STEPS, contrast

Sample = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour with its name, and the contrast that matters for it."""

    name: str
    hex: str
    ratio: Decimal


def ramp() -> list[Swatch]:
    """Give the brand ramp with each step's contrast against white."""
    steps = [(f"brand-{step}", palette.colour("light", f"brand-{step}")) for step in STEPS]
    return [Swatch(name, value, _ratio(contrast(value, "#ffffff"))) for name, value in steps]


def roles() -> list[Sample]:
    """Give every token pair with its contrast in both themes and the least it must have."""
    return [
        {
            "ink": ink,
            "ground": ground,
            "least": Decimal(str(least)),
            "light": _ratio(palette.pair_contrast("light", ink, ground)),
            "dark": _ratio(palette.pair_contrast("dark", ink, ground)),
        }
        for ink, ground, least in palette.PAIRS
    ]


def _ratio(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def statuses() -> list[str]:
    """Give the codes of the nine statuses."""
    return list(looks.STATUSES)


def tones() -> list[Sample]:
    """Give the five tones, each with a notice as it would really be said."""
    return [
        {
            "tone": "info",
            "title": _("Jadwal Januari belum diumumkan"),
            "text": _("Kepala unit Anda mengumumkannya paling lambat Jumat, 18 Desember 2026."),
        },
        {
            "tone": "success",
            "title": _("Rekap anggaran tersimpan"),
            "text": _("40 baris baru, 2 baris tidak berubah, tidak ada yang ditolak."),
        },
        {
            "tone": "warning",
            "title": _("3 unit memakai kode yang belum dikenal"),
            "text": _("Baris itu belum dihitung. Petakan kodenya agar angka provinsi lengkap."),
        },
        {
            "tone": "danger",
            "title": _("Berkas tidak dapat dibaca"),
            "text": _("Baris 12, kolom pagu: “Rp 1.2.3” bukan angka. Perbaiki lalu unggah kembali."),
        },
        {
            "tone": "neutral",
            "title": _("Data contoh"),
            "text": _("Semua angka di halaman ini rekaan."),
        },
    ]


def icon_words() -> list[tuple[str, str]]:
    """Give every icon with the word it is used with."""
    return [
        ("home", _("Beranda")),
        ("calendar", _("Jadwal")),
        ("clock", _("Jam kerja")),
        ("check", _("Ya")),
        ("check-circle", _("Terpenuhi")),
        ("cross", _("Tutup")),
        ("cross-circle", _("Ditolak")),
        ("question", _("Bantuan")),
        ("info", _("Keterangan")),
        ("warning", _("Perhatian")),
        ("pause", _("Ditangguhkan")),
        ("play", _("Berjalan")),
        ("pen", _("Ubah")),
        ("send", _("Ajukan")),
        ("return", _("Kembalikan")),
        ("flag", _("Selesai")),
        ("person", _("Pegawai")),
        ("people", _("Tim")),
        ("building", _("Perangkat daerah")),
        ("chart", _("Evaluasi")),
        ("money", _("Anggaran")),
        ("document", _("Dokumen")),
        ("download", _("Unduh")),
        ("upload", _("Unggah")),
        ("print", _("Cetak")),
        ("share", _("Bagikan")),
        ("copy", _("Salin")),
        ("search", _("Cari")),
        ("menu", _("Menu")),
        ("sign-out", _("Keluar")),
        ("theme", _("Tampilan")),
        ("book", _("Aturan")),
        ("settings", _("Pengaturan")),
        ("shield", _("Jejak audit")),
        ("link", _("Tautan")),
        ("arrow-right", _("Lanjut")),
        ("chevron-left", _("Sebelumnya")),
        ("chevron-right", _("Berikutnya")),
        ("chevron-down", _("Buka")),
    ]


def verdicts() -> list[Sample]:
    """Give the four kinds of answer a leader can meet."""
    return [
        {
            "tone": "danger",
            "question": _("Apakah anggaran sesuai target?"),
            "verdict": _("Perlu keputusan"),
            "sentence": _("Realisasi anggaran tertinggal 28,72 poin dari target triwulan."),
            "number": _("61,28 %"),
            "denominator": _("Rp5,12 triliun dari pagu Rp8,35 triliun; target 90 %"),
            "as_of": date(2026, 10, 31),
            "source": _("40 dari 40 perangkat daerah"),
            "link": _("Lihat 12 unit yang perlu keputusan"),
        },
        {
            "tone": "success",
            "question": _("Apakah layanan terganggu?"),
            "verdict": _("Aman"),
            "sentence": _("Waktu tunggu kemungkinan tidak memburuk lebih dari 2 menit."),
            "number": _("−0,4 menit"),
            "denominator": _("rentang −1,6 sampai 0,8 menit; 24 loket"),
            "as_of": date(2026, 11, 20),
            "source": _("Antrean loket"),
            "link": _("Lihat per layanan"),
        },
        {
            "tone": "warning",
            "question": _("Apakah produktivitas terjaga?"),
            "verdict": _("Sedikit di bawah"),
            "sentence": _("Berkas selesai per hari turun sedikit di 3 unit."),
            "number": _("97,2 %"),
            "denominator": _("dibanding hari kerja di kantor; rentang 94,8 sampai 99,7 %"),
            "as_of": date(2026, 9, 30),
            "source": _("terakhir masuk 56 hari lalu"),
            "link": _("Lihat sumber data"),
            "stale": True,
        },
        {
            "tone": "neutral",
            "question": _("Hadir saat program strategis?"),
            "verdict": _("Belum cukup data"),
            "sentence": _("Kehadiran belum dapat dinilai sebelum presensi November masuk."),
            "number": "",
            "denominator": "",
            "as_of": None,
            "source": _("belum ada data"),
            "link": _("Lihat siapa yang mengirim"),
        },
    ]


def reasons() -> list[Sample]:
    """Give rules with each outcome."""
    return [
        {
            "outcome": "PASS",
            "text": _("Jabatan Anda dapat bekerja dari tempat lain."),
            "basis": _("SE contoh 1/2026, angka 3"),
            "remedy": "",
        },
        {
            "outcome": "FAIL",
            "text": _("Loket Pendaftaran memerlukan 3 orang; pada Rabu, 2 Desember 2026 tinggal 2."),
            "basis": _("Lantai layanan"),
            "remedy": _("Pilih Kamis, 3 Desember 2026, atau minta rekan menggantikan."),
        },
        {
            "outcome": "UNKNOWN",
            "text": _("Penilaian kinerja tahun lalu belum masuk."),
            "basis": _("SE contoh 1/2026, angka 5"),
            "remedy": _("Admin kepegawaian unit Anda dapat mengisinya."),
        },
        {"outcome": "NOT_APPLICABLE", "text": _("Tidak ada masa larangan pada hari itu."), "basis": "", "remedy": ""},
    ]


def events() -> list[Sample]:
    """Give the life of one request."""
    return [
        {
            "tone": "neutral",
            "title": _("Draf dibuat"),
            "when": _("Senin, 23 November 2026, 08.10 WIB"),
            "who": _("Pegawai"),
            "text": "",
        },
        {
            "tone": "warning",
            "title": _("Dikembalikan untuk diperbaiki"),
            "when": _("Selasa, 24 November 2026, 09.42 WIB"),
            "who": _("Atasan langsung"),
            "text": _("Hasil kerja yang direncanakan belum disebut."),
        },
        {
            "tone": "success",
            "title": _("Disetujui"),
            "when": _("Rabu, 25 November 2026, 07.55 WIB"),
            "who": _("Atasan langsung"),
            "text": "",
        },
    ]


def steps() -> list[Sample]:
    """Give the way of a file into the product."""
    return [
        {"label": _("Unggah berkas"), "state": "done", "url": ""},
        {"label": _("Cocokkan kolom"), "state": "done", "url": ""},
        {"label": _("Periksa"), "state": "current", "url": ""},
        {"label": _("Simpan"), "state": "", "url": ""},
    ]


def definitions() -> list[Sample]:
    """Give the facts of an import."""
    return [
        {"term": _("Berkas"), "value": "rekap-contoh.xlsx", "note": ""},
        {"term": _("Data per"), "value": _("Sabtu, 31 Oktober 2026"), "note": _("dibaca dari kolom per_tanggal")},
        {"term": _("Baris"), "value": _("40 baru, 2 tidak berubah"), "note": ""},
    ]


def units() -> list[Sample]:
    """Give units with their budget pace."""
    return [
        {
            "name": _("Dinas Contoh Pendidikan"),
            "ceiling": 1_845_200_000_000,
            "pct": Decimal("71.20"),
            "gap": Decimal("-13.80"),
            "tone": "danger",
            "word": _("Perlu keputusan"),
        },
        {
            "name": _("Dinas Contoh Pekerjaan Umum dan Penataan Ruang"),
            "ceiling": 1_204_750_000_000,
            "pct": Decimal("82.45"),
            "gap": Decimal("-2.55"),
            "tone": "warning",
            "word": _("Sedikit di bawah"),
        },
        {
            "name": _("Badan Contoh Kepegawaian"),
            "ceiling": 98_310_000_000,
            "pct": Decimal("91.02"),
            "gap": Decimal("6.02"),
            "tone": "success",
            "word": _("Sesuai target"),
        },
        {
            "name": _("Kantor Contoh Penghubung"),
            "ceiling": 0,
            "pct": None,
            "gap": None,
            "tone": "neutral",
            "word": _("Tanpa pagu"),
        },
    ]


def rows() -> list[Sample]:
    """Give units that wait for a decision."""
    return [
        {
            "title": _("Dinas Contoh Pendidikan"),
            "url": "#baris",
            "note": _("kurang Rp254,64 miliar dari target"),
            "figure": _("−13,80 poin"),
            "tag": _("Perlu keputusan"),
            "tone": "danger",
            "icon": "flag",
        },
        {
            "title": _("Dinas Contoh Pekerjaan Umum dan Penataan Ruang"),
            "url": "#baris",
            "note": _("kurang Rp30,72 miliar dari target"),
            "figure": _("−2,55 poin"),
            "tag": _("Sedikit di bawah"),
            "tone": "warning",
            "icon": "",
        },
        {
            "title": _("Badan Contoh Kepegawaian"),
            "url": "",
            "note": _("sudah melewati target"),
            "figure": _("+6,02 poin"),
            "tag": "",
            "tone": "",
            "icon": "",
        },
    ]


def tabs() -> list[Sample]:
    """Give three views of one list."""
    return [
        {"label": _("Perlu keputusan"), "url": "#tab", "current": True, "count": 12},
        {"label": _("Semua unit"), "url": "#tab", "current": False, "count": 40},
        {"label": _("Sumber"), "url": "#tab", "current": False, "count": None},
    ]


def trail() -> list[Sample]:
    """Give the way down to a page."""
    return [
        {"label": _("Beranda"), "url": "/"},
        {"label": _("Anggaran"), "url": "#jejak"},
        {"label": _("Dinas Contoh Pendidikan"), "url": ""},
    ]


def state_context(code: str) -> Sample:
    """Give what a page for a state needs to be shown as an example."""
    if code == "403":
        return {"right": _("melihat anggaran unit"), "holders": [_("Kepala perangkat daerah"), _("Pimpinan")]}
    if code == "pemeliharaan":
        return {"until": _("Rabu, 25 November 2026, 21.00 WIB")}
    return {}
