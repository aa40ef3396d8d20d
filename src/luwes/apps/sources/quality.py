"""How far the sources can be trusted: their age against what was to be expected, and how complete each month is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from luwes.apps.audit.actor import Actor
from luwes.apps.sources import queries
from luwes.apps.sources.kinds import Coverage, ImportKind, all_kinds
from luwes.apps.sources.models import BatchState, ImportBatch
from luwes.apps.sources.queries import SourceRow
from luwes.core.workdays.periods import DAY


class Age(StrEnum):
    """The newest date of a source against the rhythm of its kind."""

    FRESH = "fresh"
    LATE = "late"
    STOPPED = "stopped"
    NEVER = "never"
    UNTIMED = "untimed"


class Fullness(StrEnum):
    """How much of a month has come."""

    FULL = "full"
    PART = "part"
    NONE = "none"
    SOME = "some"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a kind: counted where the kind can count (`coverage`), else only whether anything came."""

    month: date
    state: Fullness
    coverage: Coverage | None


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """A source, its age in days (None: never came), and how many things about its last file want a look."""

    source: SourceRow
    age: Age
    days: int | None
    odd: int
    rejected: int


@dataclass(frozen=True, slots=True)
class KindQuality:
    """A kind of file: its sources, its months, and the best age among its sources."""

    kind: ImportKind
    age: Age
    sources: Sequence[SourceQuality]
    cells: Sequence[Cell]


def months_back(today: date, count: int) -> Sequence[date]:
    """The first days of the last `count` whole months and of the present one, the earliest first."""
    month = today.replace(day=1)
    found = [month]
    for _ in range(count):
        month = (month - DAY).replace(day=1)
        found.append(month)
    return found[::-1]


def board(actor: Actor, now: datetime, months: Sequence[date]) -> Sequence[KindQuality]:
    """Every kind of file in the order of the settings, with its sources and these months. Needs SEE_SOURCES."""
    today = timezone.localdate(now)
    by_kind: dict[str, list[SourceQuality]] = {}
    for row in queries.sources(actor, now):
        by_kind.setdefault(row.kind, []).append(_source(row, all_kinds()[row.kind], today))
    came = _months_that_came()
    return [
        KindQuality(
            kind=kind,
            age=min((one.age for one in by_kind.get(code, ())), key=list(Age).index, default=Age.NEVER),
            sources=by_kind.get(code, []),
            cells=_cells(kind, months, came.get(code, frozenset())),
        )
        for code, kind in all_kinds().items()
    ]


def _source(row: SourceRow, kind: ImportKind, today: date) -> SourceQuality:
    # Without a date in its figures a source is as old as its last file.
    days = row.age_days if row.newest is None else (today - row.newest).days
    summary = row.last.summary if row.last else {}
    return SourceQuality(
        source=row,
        age=age(days, kind.cadence_days),
        days=days,
        odd=sum(len(summary.get(name, ())) for name in ("findings", "drift", "warnings")),
        rejected=row.last.counts.get("rejected", 0) if row.last else 0,
    )


def age(days: int | None, cadence: int) -> Age:
    """Days since the newest date against the rhythm: late after one missed turn, stopped after two."""
    if days is None:
        return Age.NEVER
    if not cadence:
        return Age.UNTIMED
    if days <= cadence:
        return Age.FRESH
    return Age.LATE if days <= 2 * cadence else Age.STOPPED


def _months_that_came() -> Mapping[str, set[date]]:
    found: dict[str, set[date]] = {}
    rows = ImportBatch.objects.filter(state=BatchState.CONFIRMED)
    for kind, newest in rows.values_list("source__kind", "summary__newest").distinct():
        if newest:
            found.setdefault(kind, set()).add(date.fromisoformat(newest).replace(day=1))
    return found


def _cells(kind: ImportKind, months: Sequence[date], came: set[date] | frozenset[date]) -> Sequence[Cell]:
    counted = kind.coverage(months)
    return [_cell(month, counted.get(month), month in came) for month in months]


def _cell(month: date, coverage: Coverage | None, came: bool) -> Cell:
    if coverage is None or not coverage.expected:
        return Cell(month, Fullness.SOME if came else Fullness.EMPTY, None)
    if not coverage.have:
        return Cell(month, Fullness.NONE, coverage)
    return Cell(month, Fullness.FULL if coverage.have >= coverage.expected else Fullness.PART, coverage)
