"""What the rows of a recap say, once the file as a whole has been seen: a dash is zero where others have counts."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from luwes.apps.attendance.recap_file import ABSENCES, EARLY, LATE, LEAVE, SHARES, TECHNICAL
from luwes.apps.sources.kinds import Staged
from luwes.apps.sources.reading import dates

Values = Mapping[str, str | int | float | None]
_ABSENT = tuple(column.name for column in ABSENCES)
_LEAVE = tuple(column.name for column in LEAVE)
_COUNTS = ("hadir", "fleksibel", *LATE, *EARLY, *_ABSENT)
_TOLD = (*_COUNTS, "tidak_hadir", *SHARES)


@dataclass(frozen=True, slots=True)
class Figures:
    """One row's figures in days; `present` includes the flexible days. None or {}: the file does not say.

    Counts by code hold zeros for every code the file counts anywhere, so that "none" differs from "not said".
    """

    staff: int
    working_days: int | None
    present: int | None
    flexible: int | None
    late: Mapping[str, int]
    early: Mapping[str, int]
    absent: Mapping[str, int]
    shares: Mapping[str, int]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What must differ for a correction: a code of which there are none says nothing new."""
        some = (
            tuple(sorted((code, days) for code, days in found.items() if days))
            for found in (self.late, self.early, self.absent, self.shares)
        )
        return (self.staff, self.working_days, self.present, self.flexible, *some)


class Book:
    """The rows of a file, read twice: first for what the file counts at all, then row by row."""

    def __init__(self, rows: Sequence[Staged]) -> None:
        self._counted = {name for row in rows for name in _COUNTS if row.values[name] is not None}
        votes = [vote for row in rows if (vote := self._vote(row.values)) is not None]
        beside = sum(votes)
        # Whether "Hadir" leaves out the days worked elsewhere, by what adds up to the working days in most rows.
        self.beside = beside > len(votes) - beside
        self.undecided = not votes and any(row.values["fleksibel"] for row in rows)

    def figures(self, values: Values, *, of_unit: bool) -> Figures:
        """The figures of one row."""
        present, flexible = self._count(values, "hadir"), self._count(values, "fleksibel")
        if self.beside and present is not None:
            present += flexible or 0
        return Figures(
            # How many people a unit's row speaks of stays 0 where the file does not say.
            staff=int(values["pegawai"] or 0) if of_unit else 1,
            working_days=None if values["hari_kerja"] is None else int(values["hari_kerja"]),
            present=present,
            flexible=flexible,
            late=self._by_code(values, LATE),
            early=self._by_code(values, EARLY),
            absent=_parted(self._by_code(values, {name: name for name in _ABSENT})),
            shares={ours: hundredths(values[name]) for name, ours in SHARES.items() if values[name] is not None},
        )

    def _count(self, values: Values, name: str) -> int | None:
        return int(values[name] or 0) if name in self._counted else None

    def _by_code(self, values: Values, codes: Mapping[str, str]) -> dict[str, int]:
        return {code: int(values[name] or 0) for name, code in codes.items() if name in self._counted}

    def _vote(self, values: Values) -> bool | None:
        """True: flexible days lie beside the present ones; False: among them; None: this row cannot tell."""
        flexible, present = int(values["fleksibel"] or 0), int(values["hadir"] or 0)
        if not flexible:
            return None
        if flexible > present:
            return True
        owed = int(values["hari_kerja"] or 0) * _people(values)
        away = sum(days for code, days in self._absent(values).items() if code != TECHNICAL)
        found = {present + flexible + away: True, present + away: False}
        return found.get(owed)

    def _absent(self, values: Values) -> dict[str, int]:
        return _parted(self._by_code(values, {name: name for name in _ABSENT}))


def _people(values: Values) -> int:
    return int(values["pegawai"] or 0) if not values["nip"] else 1


def _parted(absent: Mapping[str, int]) -> dict[str, int]:
    """Without the sum of leave where its parts stand beside it: they would count twice."""
    parts = sum(absent.get(code, 0) for code in _LEAVE)
    return {code: 0 if code == "cuti" and parts and days == parts else days for code, days in absent.items()}


def hundredths(value: str | int | float | None) -> int:
    """A percentage in whole hundredths of a percent."""
    return int((Decimal(str(value)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def month_of(text: str, year: str | int | float | None) -> date | None:
    """The first day of the month a cell means, with the year of its own column where the cell has none."""
    found = dates.month(text) or dates.day(text)
    if found is None and year is not None:
        number = text.strip().rstrip(".")
        found = dates.month(f"{number}/{year}" if number.isdigit() else f"{number} {year}")
    return None if found is None else found.replace(day=1)


def says_nothing(values: Values) -> bool:
    """Whether a row has no figure at all."""
    return all(values[name] is None for name in _TOLD)


def beyond_a_month(values: Values) -> str | None:
    """The first column in which one person has more days than any month."""
    return next((name for name in (*_COUNTS, "tidak_hadir") if int(values[name] or 0) > 31), None)


def oddities(said: Figures, values: Values) -> Iterator[str]:
    """What does not add up in a row; told, never a reason to refuse, because people were paid on it."""
    away = sum(days for code, days in said.absent.items() if code != TECHNICAL)
    told = values["tidak_hadir"]
    if told is not None and said.absent and int(told) not in _with_technical(away, said.absent):
        yield "absent_differs"
    if not said.absent:
        away = int(told or 0)
    if said.present is None:
        return
    if max(sum(said.late.values()), sum(said.early.values())) > said.present:
        yield "bands_exceed"
    owed = (said.working_days or 0) * said.staff
    if owed and said.present > owed:
        yield "present_exceeds"
    elif owed and (said.absent or told is not None) and owed not in _with_technical(said.present + away, said.absent):
        yield "days_differ"


def _with_technical(days: int, absent: Mapping[str, int]) -> Collection[int]:
    """A day whose punch failed is counted as present by some files, apart by others: both add up."""
    technical = absent.get(TECHNICAL, 0)
    return range(days, days + technical + 1)
