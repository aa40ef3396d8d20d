"""The staff as SIASN's "Export Data ASN" gives it out: 65 columns, apostrophes, `null`, and the usual dirt."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import xlsxwriter

from luwes.examples.invented.people import InventedPerson

HEADERS = (
    *("pns_id", "nip_baru", "nip_lama", "nama", "gelar_depan", "gelar_belakang", "tempat_lahir_id"),
    *("tempat_lahir_nama", "tanggal_lahir", "jenis_kelamin", "agama_id", "agama_nama", "jenis_kawin_id"),
    *("jenis_kawin_nama", "nik", "nomor_hp", "email", "email_gov", "alamat", "npwp_nomor", "bpjs"),
    *("jenis_pegawai_id", "jenis_pegawai_nama", "kedudukan_hukum_id", "kedudukan_hukum_nama", "status_cpns_pns"),
    *("kartu_asn_virtual", "nomor_sk_cpns", "tanggal_sk_cpns", "tmt_cpns", "nomor_sk_pns", "tanggal_sk_pns"),
    *("tmt_pns", "gol_awal_id", "gol_awal_nama", "gol_akhir_id", "gol_akhir_nama", "tmt_golongan", "mk_tahun"),
    *("mk_bulan", "jenis_jabatan_id", "jenis_jabatan_nama", "jabatan_id", "jabatan_nama", "tmt_jabatan"),
    *("tingkat_pendidikan_id", "tingkat_pendidikan_nama", "pendidikan_id", "pendidikan_nama", "tahun_lulus"),
    *("kpkn_id", "kpkn_nama", "lokasi_kerja_id", "lokasi_kerja_nama", "unor_id", "unor_nama", "instansi_induk_id"),
    *("instansi_induk_nama", "instansi_kerja_id", "instansi_kerja_nama", "satuan_kerja_induk_id"),
    *("satuan_kerja_induk_nama", "satuan_kerja_kerja_id", "satuan_kerja_kerja_nama", "is_valid_nik", "jam_kontrak"),
)
# What is made up for columns nobody needs: recognisable, so that a test can look for it where it must not be.
PRIVATE = "RAHASIA-CONTOH"
_MANGLED_EVERY, _REPEATED_EVERY = 3_000, 1_500


def rows(people: Sequence[InventedPerson], *, dirty: bool = True) -> Iterator[dict[str, str]]:
    """The rows of the export in order. `dirty` adds what real files hold.

    That is: names with doubled spaces, units in capitals or without id, dates written three ways, posts left empty,
    rows that stand there twice, and NIPs a spreadsheet has turned into 1,99503E+17.
    """
    for number, person in enumerate(people, start=1):
        row = _row(person)
        if dirty:
            _soil(row, person, number)
        yield row
        if dirty and number % _REPEATED_EVERY == 0:
            yield row


def write_csv(target: BinaryIO, people: Sequence[InventedPerson], *, dirty: bool = True) -> None:
    """Write the export as CSV: an apostrophe before every value, `null` for nothing."""
    text = io.TextIOWrapper(target, "utf-8", newline="")
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for row in rows(people, dirty=dirty):
        writer.writerow([f"'{row[header]}" if row.get(header) else "null" for header in HEADERS])
    # The file is the caller's, so it stays open.
    text.detach()


def write_xlsx(target: BinaryIO, people: Sequence[InventedPerson], *, dirty: bool = True) -> None:
    """Write the same as a workbook, every cell as text."""
    with xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": True}) as book:
        sheet = book.add_worksheet("Data ASN")
        sheet.write_row(0, 0, HEADERS)
        for place, row in enumerate(rows(people, dirty=dirty), start=1):
            for column, header in enumerate(HEADERS):
                if row.get(header):
                    sheet.write_string(place, column, row[header])


def _row(person: InventedPerson) -> dict[str, str]:
    unit = person.unit
    return {
        "pns_id": person.id,
        "nip_baru": person.nip,
        "nama": person.name,
        "tempat_lahir_nama": PRIVATE,
        "agama_nama": PRIVATE,
        "nik": PRIVATE,
        "nomor_hp": PRIVATE,
        "npwp_nomor": PRIVATE,
        "alamat": f"{PRIVATE} 7" if person.has_address else "",
        "jenis_pegawai_nama": "PNS Daerah" if person.employment in ("PNS", "CPNS") else person.employment,
        "kedudukan_hukum_id": person.standing[0],
        "kedudukan_hukum_nama": person.standing[1],
        "status_cpns_pns": person.employment if person.employment in ("PNS", "CPNS") else "",
        "gol_akhir_nama": person.grade,
        "jenis_jabatan_nama": _kind(person),
        "jabatan_nama": person.post,
        "tmt_jabatan": f"{person.since:%d-%m-%Y}",
        "unor_id": unit.id,
        "unor_nama": unit.name,
        "satuan_kerja_induk_nama": unit.office,
        "satuan_kerja_kerja_nama": unit.office,
        "is_valid_nik": "1",
        "jam_kontrak": person.hours,
    }


def _kind(person: InventedPerson) -> str:
    if person.structural:
        return "Jabatan Struktural"
    return "Jabatan Fungsional Tertentu" if "Ahli" in person.post or "Terampil" in person.post else "Pelaksana"


def _soil(row: dict[str, str], person: InventedPerson, number: int) -> None:
    if number % 97 == 0:
        row["nama"] = person.name.replace(" ", "  ", 1)
    if number % 41 == 0:
        row["unor_nama"] = person.unit.name.upper()
    if number % 53 == 0:
        row["unor_id"] = ""
    if number % 5 == 1:
        row["tmt_jabatan"] = f"{person.since:%d/%m/%Y}"
    if number % 7 == 2:
        row["tmt_jabatan"] = person.since.isoformat()
    if number % 211 == 0:
        row["jabatan_nama"] = ""
    if number % _MANGLED_EVERY == 0:
        row["nip_baru"] = f"{person.nip[0]},{person.nip[1:6]}E+17"
