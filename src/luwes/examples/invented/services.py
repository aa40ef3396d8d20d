"""The services of the invented province, as a sheet: three for each perangkat daerah, with standard and chain.

A standard names no more implementers than the desk can have there on a usual day: a province whose standards ask for
people it does not have fails them with or without flexible work, and teaches nothing.
"""

import csv
import io
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO

from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.people import InventedPerson

HEADERS = (
    *("nama", "unit", "perangkat_daerah", "waktu_menit", "waktu_hari_kerja", "wajib_tepat", "biaya", "pelaksana"),
    *("jam_buka", "titik", "verifikasi", "tanda_tangan", "ti", "sumber"),
)
SEED = 62
PER_OFFICE = 3
_DESK = "Bidang Pelayanan"
_NETWORK = "Dinas Komunikasi, Informatika, Persandian dan Statistik"
_KINDS = ("Rekomendasi dan surat keterangan", "Permintaan data dan informasi", "Pengaduan dan konsultasi")
_HOURS = (
    "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
    "Senin–Jumat 08:00 s.d. 14:00 WIB",
    "Senin, Rabu 09.00-12.00",
)
_VAGUE = "pada jam kerja"
_REPEATED = 40
_WORKING_DAYS = (2, 3, 5, 7, 14)
_SHARES = (80, 95, 85)
# Of those who serve at a desk, so many in ten can be promised; who came later than this is not yet in the standard.
_PROMISED_TENTHS = 6
STANDARDS_OF = date(2024, 11, 1)


def service_rows(people: Sequence[InventedPerson], *, dirty: bool = True) -> Iterator[dict[str, str]]:
    """The rows in order, always the same for the same people.

    `dirty` adds vague hours, doubled spaces and one row twice. The desk of one person alone promises no number.
    """
    chance = random.Random(SEED)
    desks = _desks(people)
    for place in range(len(UNIT_NAMES) * PER_OFFICE):
        row = _row(chance, UNIT_NAMES[place // PER_OFFICE], place % PER_OFFICE)
        there = desks[row["perangkat_daerah"], row["unit"]] * _PROMISED_TENTHS // 10
        row["pelaksana"] = str(min(int(row["pelaksana"]), there)) if there else ""
        _promise(row, place)
        if dirty and place % 17 == 5:
            row["jam_buka"] = _VAGUE
        if dirty and place % 23 == 7:
            row["nama"] = row["nama"].replace(" ", "  ", 1)
        yield row
        if dirty and place == _REPEATED:
            yield row


def write_services(target: BinaryIO, people: Sequence[InventedPerson], *, dirty: bool = True) -> None:
    """Write the sheet of the province of these people as CSV."""
    text = io.TextIOWrapper(target, "utf-8", newline="")
    writer = csv.DictWriter(text, HEADERS)
    writer.writeheader()
    writer.writerows(service_rows(people, dirty=dirty))
    # The file is the caller's, so it stays open.
    text.detach()


def _desks(people: Sequence[InventedPerson]) -> Counter[tuple[str, str]]:
    """How many serve in each perangkat daerah ("" and its name) and in each unit of one."""
    serving = [person for person in people if person.standing[0] == "01" and person.since <= STANDARDS_OF]
    units = Counter((person.unit.office, person.unit.name) for person in serving)
    units.update(("", person.unit.office) for person in serving)
    return units


def _row(chance: random.Random, office: str, number: int) -> dict[str, str]:
    signs = number == 0
    return {
        "nama": f"{_KINDS[number]} {_topic(office)}",
        "unit": _DESK if number < 2 else office,
        "perangkat_daerah": office if number < 2 else "",
        "waktu_menit": str(chance.choice((30, 60, 120, 240, 480, 1440, 2880))),
        "waktu_hari_kerja": "",
        "wajib_tepat": "",
        "biaya": str(chance.choice((0, 0, 0, 25_000, 100_000))),
        "pelaksana": str(chance.randint(1, 4)),
        "jam_buka": chance.choice(_HOURS),
        "titik": "Loket 1; Loket 2" if chance.random() < 0.3 else "Loket",
        "verifikasi": "Bidang Pengendalian" if signs else "",
        "tanda_tangan": f"{office} * 2" if signs else "",
        "ti": _NETWORK if signs and office != _NETWORK else "",
        "sumber": "" if chance.random() < 0.1 else f"Standar Pelayanan {office} (contoh)",
    }


def _promise(row: dict[str, str], place: int) -> None:
    """Some standards promise working days instead of minutes, and some ask for another share than the usual."""
    if place % 4 == 3:
        row["waktu_menit"], row["waktu_hari_kerja"] = "", str(_WORKING_DAYS[place // 4 % len(_WORKING_DAYS)])
    if place % 6 == 2:
        row["wajib_tepat"] = str(_SHARES[place // 6 % len(_SHARES)])


def _topic(office: str) -> str:
    for word in ("Dinas ", "Badan ", "Biro "):
        office = office.removeprefix(word)
    return office
