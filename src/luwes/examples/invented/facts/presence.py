"""Who came when: punches of machines and phones, and the recap made of the same days."""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.files import SOURCES, Cell, InventedFile, csv_bytes, number_of
from luwes.examples.invented.facts.plan import MonthPlan, plan_of
from luwes.examples.invented.facts.world import SILENT, WORKING_HOURS, Province, following
from luwes.examples.invented.people import InventedPerson

PUNCHES = ("badgenumber", "checktime", "checktype", "SN")
PHONE = ("nip", "waktu", "jenis", "lintang", "bujur", "perangkat", "di_kantor")
LATE_CODES = ((30, "TL1"), (60, "TL2"), (9_999, "TL3"))
EARLY_CODES = ((30, "PSW1"), (60, "PSW2"), (90, "PSW3"), (9_999, "PSW4"))
RECAP = (
    *("NIP", "Nama", "Unit Kerja", "Bulan", "Hari Kerja", "Hadir", "WFA"),
    *(code for _, code in (*LATE_CODES, *EARLY_CODES)),
    *("Cuti", "Dinas Luar", "Pelatihan", "Alasan Teknis", "Tanpa Keterangan"),
)
ABSENT, LATE, EARLY, NO_OUT = 0.008, 0.06, 0.04, 0.015
# The machines of every other perangkat daerah lost the arrivals of this morning: until when, in minutes.
OUTAGE_UNTIL = 9 * 60
ARRIVES_AFTER = 3
_REPEATED_EVERY = 900
_NAMES = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"),
    *("November", "Desember"),
)
_MINUTES = tuple(f"{minute // 60:02d}:{minute % 60:02d}:" for minute in range(24 * 60))
_SECONDS = tuple(f"{second:02d}" for second in range(60))


@dataclass(frozen=True, slots=True)
class InventedDay:
    """One person's day on duty: minutes of arrival and departure, None where no punch was made or kept."""

    person: InventedPerson
    day: date
    came: int | None
    left: int | None
    at_home: bool
    lost: bool  # came, but the machine lost it


def outage_on(province: Province, month: date) -> date | None:
    """The day of the month whose morning some machines lost: a Tuesday in every third month."""
    tuesdays = [day for day in province.working_days(month) if day.weekday() == 1]
    return tuesdays[0] if month.month % 3 == 1 and tuesdays else None


def days_of(province: Province, month: date, offices: Collection[str] | None = None) -> Iterator[InventedDay]:
    """Every day on duty of everybody who sends punches, person by person; a stream, for a province has many."""
    plan, outage = plan_of(province, month), outage_on(province, month)
    for place, since in plan.serving.items():
        person = province.people[place]
        office = person.unit.office
        if office == SILENT or (offices is not None and office not in offices):
            continue
        chance = random.Random(f"{province.scenario.seed}/{place}/{month}")
        broken = outage if number_of(office) % 2 == 0 else None
        for day in plan.days:
            if since <= day and len(plan.away.get((place, day), ())) < 2:
                yield _day(province, plan, chance, place, day, broken=day == broken)


def punch_files(province: Province, month: date, offices: Collection[str] | None = None) -> Iterator[InventedFile]:
    """What the machines recorded, and what the phones of those at home did."""
    arrives = following(month) + ARRIVES_AFTER * DAY
    machine: list[tuple[str, ...]] = []
    phone: list[tuple[str, ...]] = []
    for one in days_of(province, month, offices):
        (phone if one.at_home else machine).extend(_phone(one) if one.at_home else _machine(one))
    machine.extend(machine[::_REPEATED_EVERY])
    source = SOURCES["punches"]
    yield InventedFile("punches", source, f"presensi-{month:%Y-%m}.csv", arrives, csv_bytes(PUNCHES, machine))
    if phone:
        yield InventedFile("punches", source, f"presensi-hp-{month:%Y-%m}.csv", arrives, csv_bytes(PHONE, phone))


def recap_file(province: Province, month: date, offices: Collection[str] | None = None) -> Iterator[InventedFile]:
    """The recap of everybody, with lines above the header, as it was paid on."""
    arrives = following(month) + (ARRIVES_AFTER + 2) * DAY
    plan = plan_of(province, month)
    rows: dict[str, dict[str, int]] = {}
    people: dict[str, InventedPerson] = {}
    for one in days_of(province, month, offices):
        people[one.person.nip] = one.person
        _count(rows.setdefault(one.person.nip, {}), one)
    for taken, what in plan.leave.items():
        nip = province.people[taken[0]].nip
        # The clerk who makes the recap sees whole days only.
        if nip in rows and len(plan.away[taken]) == 2:
            column = {"Cuti": "Cuti", "Pelatihan": "Pelatihan"}.get(what, "Dinas Luar")
            rows[nip][column] = rows[nip].get(column, 0) + 1
    written = f"{_NAMES[month.month - 1]} {month.year}"
    table = [_recap_row(people[nip], written, len(plan.days), counts) for nip, counts in rows.items()]
    title = ("REKAPITULASI PRESENSI PEGAWAI", f"Bulan {month:%m/%Y}")
    payload = csv_bytes(RECAP, table, title=title)
    yield InventedFile("recap", SOURCES["recap"], f"rekap-presensi-{month:%Y-%m}.csv", arrives, payload)


def _day(
    province: Province, plan: MonthPlan, chance: random.Random, place: int, day: date, *, broken: bool
) -> InventedDay:
    spans = WORKING_HOURS[day.weekday()] if day.weekday() < len(WORKING_HOURS) else WORKING_HOURS[0]
    halves = plan.away.get((place, day), frozenset())
    start = spans[1][0] if 0 in halves else spans[0][0]
    end = spans[0][1] if 1 in halves else spans[-1][1]
    absent, luck, leaving, much = chance.random(), chance.random(), chance.random(), chance.random()
    person, at_home = province.people[place], plan.at_home(place, day)
    if absent < ABSENT:
        return InventedDay(person, day, None, None, at_home, lost=False)
    late = luck < LATE * province.scenario.late_factor(day)
    came = start + 1 + int(90 * much**3) if late else start - 1 - int(40 * much)
    left: int | None = end + int(35 * much)
    if leaving < EARLY:
        left = end - 1 - int(110 * much**3)
    elif leaving < EARLY + NO_OUT:
        left = None
    lost = broken and not at_home and came < OUTAGE_UNTIL
    return InventedDay(person, day, None if lost else came, left, at_home, lost)


def _machine(one: InventedDay) -> Iterator[tuple[str, ...]]:
    # A machine of its own for each perangkat daerah; what it calls in and out is often wrong, here it is not.
    serial = f"CTH{number_of(one.person.unit.office) + 1:05d}"
    for minute, direction in ((one.came, "0"), (one.left, "1")):
        if minute is not None:
            yield (
                one.person.nip,
                f"{one.day:%Y-%m-%d} {_MINUTES[minute]}{_SECONDS[_second(one, minute)]}",
                direction,
                serial,
            )


def _phone(one: InventedDay) -> Iterator[tuple[str, ...]]:
    for minute, direction in ((one.came, "masuk"), (one.left, "pulang")):
        if minute is not None:
            at = f"{one.day:%d/%m/%Y} {minute // 60:02d}.{minute % 60:02d}"
            # Invented positions in the open sea.
            yield one.person.nip, at, direction, f"-6,{_second(one, minute):02d}1", "109,501", "HP", "tidak"


def _second(one: InventedDay, minute: int) -> int:
    return (int(one.person.nip[-4:]) + minute * 7 + one.day.day) % 60


def _count(counts: dict[str, int], one: InventedDay) -> None:
    spans = WORKING_HOURS[one.day.weekday()] if one.day.weekday() < len(WORKING_HOURS) else WORKING_HOURS[0]
    if one.came is None and one.left is None:
        _add(counts, "Tanpa Keterangan")
        return
    _add(counts, "WFA" if one.at_home else "Hadir")
    if one.lost:
        _add(counts, "Alasan Teknis")
    if one.came is not None and spans[0][0] < one.came < spans[0][1]:
        _add(counts, _code(one.came - spans[0][0], LATE_CODES))
    if one.left is not None and spans[1][0] < one.left < spans[1][1]:
        _add(counts, _code(spans[1][1] - one.left, EARLY_CODES))


def _code(minutes: int, codes: tuple[tuple[int, str], ...]) -> str:
    return next(code for until, code in codes if minutes <= until)


def _add(counts: dict[str, int], column: str) -> None:
    counts[column] = counts.get(column, 0) + 1


def _recap_row(person: InventedPerson, written: str, days: int, counts: dict[str, int]) -> tuple[Cell, ...]:
    told: list[Cell] = [counts.get(column) or "-" for column in RECAP[RECAP.index("Hadir") :]]
    return (f"'{person.nip}", person.name, person.unit.office, written, days, *told)
