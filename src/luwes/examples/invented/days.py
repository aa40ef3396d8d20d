"""One month of the invented province: leave, trips, planned flexible days and the lots they were drawn by."""

import csv
import io
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luwes.examples.invented.people import SEED, InventedPerson

_HEADERS = {
    "leave": ("nip", "mulai", "sampai", "bagian"),
    "trips": ("nip", "mulai", "sampai", "jenis", "bagian"),
    "flexdays": ("nip", "tanggal", "tempat", "cara", "bagian", "kode_undian"),
    "lots": ("kode_undian", "diundi", "strata", "calon", "terpilih", "tanggal", "benih"),
}
_PLACES = (("Rumah", 80), ("Tempat lain", 12), ("Kantor lain", 8))
# Agencies assign by lot, by request or by order; the same agency the same way all month.
_WAYS = ("Undian", "Undian", "Permohonan", "Peringkat", "Penunjukan")
_WINNERS = 0.35
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InventedMonth:
    """The rows of the four files of one month, by the code of their import kind."""

    rows: Mapping[str, Sequence[Row]]

    def csv(self, kind: str) -> bytes:
        """The file of one kind as it would be sent."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(_HEADERS[kind])
        writer.writerows(self.rows[kind])
        return text.getvalue().encode()


def invented_month(
    people: Sequence[InventedPerson], working_days: Sequence[date], *, seed: int = SEED, dirty: bool = True
) -> InventedMonth:
    """Plan the working days of one month for these people; the same arguments give the same rows.

    Only who is active and no head is planned away. `dirty` adds what real files have: rows sent twice, a Saturday,
    a flexible day within somebody's leave. Raises ValueError without working days.
    """
    if not working_days:
        raise ValueError("a month has working days")
    chance = random.Random(f"{seed}/{working_days[0].isoformat()}/{len(people)}")
    rows: dict[str, list[Row]] = {kind: [] for kind in _HEADERS}
    offices: dict[str, list[InventedPerson]] = defaultdict(list)
    for person in people:
        if person.standing[0] == "01" and person.since <= working_days[0]:
            offices[person.unit.office].append(person)
    for number, (office, members) in enumerate(sorted(offices.items()), start=1):
        clerks = [person for person in members if not person.structural]
        for one in away(chance, members, working_days):
            rows["trips" if one.duty else "leave"].append(one.row)
        _flexible(chance, clerks, working_days, rows, office=office, number=number)
    if dirty:
        soil(rows, working_days)
    return InventedMonth(rows)


@dataclass(frozen=True, slots=True)
class Away:
    """One leave (`duty` is "") or trip; both days inside, `half` is "" for whole days."""

    nip: str
    duty: str
    first: date
    last: date
    half: str

    @property
    def row(self) -> Row:
        """The row of the file of its kind."""
        duty = (self.duty,) if self.duty else ()
        return (self.nip, _day(self.first), _day(self.last), *duty, self.half)


def away(chance: random.Random, members: Sequence[InventedPerson], days: Sequence[date]) -> Iterator[Away]:
    """Who of these is on leave or on a trip in the month of these working days."""
    for person in members:
        drawn = chance.random()
        first = chance.choice(days)
        last = min(first + timedelta(days=chance.randrange(4)), days[-1])
        half = chance.choice(("Pagi", "Siang")) if first == last and chance.random() < 0.3 else ""
        if drawn < 0.06:
            yield Away(person.nip, "", first, last, half)
        elif drawn < 0.16:
            duty = "Pelatihan" if chance.random() < 0.25 else "Dinas luar"
            yield Away(person.nip, duty, first, last, half)


def _flexible(
    chance: random.Random,
    clerks: Sequence[InventedPerson],
    days: Sequence[date],
    rows: dict[str, list[Row]],
    *,
    office: str,
    number: int,
) -> None:
    winners = sorted(chance.sample(range(len(clerks)), round(len(clerks) * _WINNERS)))
    way = chance.choice(_WAYS)
    lot = f"U-{days[0]:%Y-%m}-{number:02d}" if way == "Undian" else ""
    if lot and clerks:
        drawn_on = days[0] - timedelta(days=7)
        what = f"Hari fleksibel {days[0]:%m/%Y}"
        seed = str(chance.randrange(10**8))
        rows["lots"].append((lot, what, office, str(len(clerks)), str(len(winners)), _day(drawn_on), seed))
    fridays = [day for day in days if day.weekday() == 4]
    for index in winners:
        place = chance.choices([name for name, _ in _PLACES], weights=[weight for _, weight in _PLACES])[0]
        half = chance.choice(("Pagi", "Siang")) if chance.random() < 0.05 else ""
        rows["flexdays"].extend((clerks[index].nip, _day(day), place, way, half, lot) for day in fridays)


def soil(rows: dict[str, list[Row]], days: Sequence[date]) -> None:
    """Add rows sent twice, a Saturday, and a flexible day within somebody's leave."""
    flexdays, leave = rows["flexdays"], rows["leave"]
    flexdays.extend(flexdays[:: max(len(flexdays) // 3, 1)][:4])
    saturday = next(day for day in (days[0] + timedelta(days=n) for n in range(7)) if day.weekday() == 5)
    if flexdays:
        flexdays.append((flexdays[0][0], _day(saturday), *flexdays[0][2:]))
    whole = next((row for row in leave if not row[3]), None)
    if whole:
        # Planned at home on the first day of somebody's leave: leave holds, and the import says so.
        flexdays.append((whole[0], whole[1], "Rumah", "Permohonan", "", ""))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
