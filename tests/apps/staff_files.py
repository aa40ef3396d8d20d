"""Small staff files in SIASN's shape as bytes, and the steps of an import."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime

import xlsxwriter

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.sources import actions
from luwes.apps.sources.models import ImportBatch

ME = system("test")
SOURCE = "BKD"
HEADERS = (
    *("pns_id", "nip_baru", "nama", "gelar_depan", "gelar_belakang", "nik", "agama_nama", "nomor_hp", "alamat"),
    *("jenis_pegawai_nama", "status_cpns_pns", "kedudukan_hukum_id", "kedudukan_hukum_nama", "gol_akhir_nama"),
    *("jenis_jabatan_nama", "jabatan_id", "jabatan_nama", "tmt_jabatan", "unor_id", "unor_nama"),
    *("satuan_kerja_induk_nama", "satuan_kerja_kerja_nama", "jam_kontrak"),
)
YOSE, RINA, MARUF = "199503172020032001", "199011052015042002", "198807122026211003"
Row = Mapping[str, object]


def person(nip: str = YOSE, name: str = "Yosé Limbong", **rest: object) -> Row:
    """A clerk of the laboratory unless told otherwise."""
    usual: dict[str, object] = {
        "pns_id": f"A{nip[-17:]}{nip[:14]}",
        "nip_baru": nip,
        "nama": name,
        "nik": "9999000011112222",
        "agama_nama": "Agama Uji",
        "nomor_hp": "0812000111",
        "alamat": "Jalan Rawa 7",
        "jenis_pegawai_nama": "PNS Daerah",
        "status_cpns_pns": "PNS",
        "kedudukan_hukum_id": "01",
        "kedudukan_hukum_nama": "Aktif",
        "gol_akhir_nama": "III/b",
        "jenis_jabatan_nama": "Fungsional Umum",
        "jabatan_nama": "Pengolah Data",
        "tmt_jabatan": "01-04-2024",
        "unor_id": "",
        "unor_nama": "UPT Laboratorium",
        "satuan_kerja_induk_nama": "Dinas Kesehatan",
        "satuan_kerja_kerja_nama": "Dinas Kesehatan",
    }
    return usual | rest


def csv_of(*people: Row, quoted: bool = True) -> bytes:
    """As SIASN exports it: an apostrophe before every value, `null` for nothing."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for one in people:
        cells = [one.get(header, "") for header in HEADERS]
        writer.writerow([f"'{cell}" if quoted and cell else cell or "null" for cell in cells])
    return text.getvalue().encode()


def xlsx_of(*people: Row) -> bytes:
    """The same as a workbook; numbers stay numbers, as Excel would make them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data ASN")
        sheet.write_row(0, 0, HEADERS)
        for index, one in enumerate(people, start=1):
            sheet.write_row(index, 0, [one.get(header, "") for header in HEADERS])
    return file.getvalue()


def stage(payload: bytes, now: datetime, *, kind: str = "staff", source: str = SOURCE, **rest: object) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.stage(kind=kind, source_name=source, file_name="asn.csv", payload=payload, **rest)  # type: ignore[arg-type] # keywords passed through


def confirm(batch: ImportBatch, now: datetime, *, withdraw: bool = False) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.confirm(batch_id=batch.public_id, version=batch.version, withdraw_gone=withdraw)


def choose_rest(batch: ImportBatch, now: datetime, choice: str) -> ImportBatch:
    with unit_of_work(ME, now):
        return actions.choose_values(batch_id=batch.public_id, version=batch.version, choices={}, rest=choice)


def bring(now: datetime, *people: Row, **rest: object) -> ImportBatch:
    """Stage and confirm; every unit must be known."""
    return confirm(stage(csv_of(*people), now, **rest), now)  # type: ignore[arg-type] # keywords passed through
