"""Cross checks of a recap against itself and against earlier dates: told, never a reason to refuse."""

import difflib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from luwes.apps.people.models import UnitKind
from luwes.apps.results.actions import BudgetEntry
from luwes.apps.results.models import BudgetRow
from luwes.apps.results.units import UnitBook
from luwes.apps.sources.kinds import Finding
from luwes.apps.sources.reading.names import normalise
from luwes.core.indicators.budget import REPORTED_TOLERANCE, share_pct

LISTED = 10
History = Mapping[tuple[int, int], list[tuple[date, int, int]]]
# Two writings of one name ("Dinas Kesehatan", "DINKES PROV") differ; below this likeness a shifted row is likelier.
LIKENESS = 0.5


def same_name(theirs: str, ours: str) -> bool:
    """Whether a name beside a matching code could be another writing of our unit's name."""
    one, two = normalise(theirs), normalise(ours)
    return one in two or two in one or difflib.SequenceMatcher(None, one, two).ratio() >= LIKENESS


def findings(
    entries: Sequence[BudgetEntry],
    book: UnitBook,
    *,
    repeated: Sequence[int],
    renamed: Sequence[int],
    today: date,
) -> tuple[Finding, ...]:
    """Everything a careful reader of the recap would ask about, in the order of weight."""
    earlier = _earlier(entries)
    found = [
        _by_row("pct_disagrees", [e.row_number for e in entries if _disagrees(e)]),
        _by_row("over_ceiling", [e.row_number for e in entries if e.realised > e.ceiling]),
        _by_row("ceiling_zero", [e.row_number for e in entries if e.ceiling == 0]),
        _by_row("in_the_future", [e.row_number for e in entries if e.as_of > today]),
        _by_row("ceiling_changed", [e.row_number for e in entries if _ceiling_changed(e, earlier)]),
        _by_row("realised_fell", [e.row_number for e in entries if _realised_fell(e, earlier)]),
        _by_row("name_differs", renamed),
        _by_row("repeated_rows", repeated),
        *_totals(entries, book),
        *_missing_units(entries, book),
    ]
    return tuple(finding for finding in found if finding is not None)


def _by_row(code: str, rows: Sequence[int]) -> Finding | None:
    if not rows:
        return None
    return Finding(code=code, facts={"count": len(rows)}, rows=tuple(sorted(rows)[:LISTED]))


def _disagrees(entry: BudgetEntry) -> bool:
    computed = share_pct(entry.realised, entry.ceiling)
    return (
        computed is not None
        and entry.reported_pct is not None
        and abs(entry.reported_pct - computed) > REPORTED_TOLERANCE
    )


def _earlier(entries: Iterable[BudgetEntry]) -> History:
    """Per unit and year: (date, ceiling, realised) already stored and in this file, the oldest first."""
    known: dict[tuple[int, int], dict[date, tuple[int, int]]] = {}
    rows = BudgetRow.objects.filter(superseded_at=None, year__in={entry.year for entry in entries})
    for unit, year, as_of, ceiling, realised in rows.values_list("unit_id", "year", "as_of", "ceiling", "realised"):
        known.setdefault((unit, year), {})[as_of] = (ceiling, realised)
    for entry in entries:
        known.setdefault((entry.unit_pk, entry.year), {})[entry.as_of] = (entry.ceiling, entry.realised)
    return {key: [(day, *amounts) for day, amounts in sorted(days.items())] for key, days in known.items()}


def _before(entry: BudgetEntry, earlier: History) -> tuple[date, int, int] | None:
    days = earlier[entry.unit_pk, entry.year]
    place = bisect_left(days, entry.as_of, key=lambda day: day[0])
    return days[place - 1] if place else None


def _ceiling_changed(entry: BudgetEntry, earlier: History) -> bool:
    before = _before(entry, earlier)
    return before is not None and before[1] != entry.ceiling


def _realised_fell(entry: BudgetEntry, earlier: History) -> bool:
    before = _before(entry, earlier)
    return before is not None and entry.realised < before[2]


def _by_date(entries: Sequence[BudgetEntry]) -> Mapping[tuple[int, date], list[BudgetEntry]]:
    """The newest dates of the file; older ones of a long history were told when they were new."""
    dates: dict[tuple[int, date], list[BudgetEntry]] = {}
    for entry in entries:
        dates.setdefault((entry.year, entry.as_of), []).append(entry)
    return dict(sorted(dates.items())[-LISTED:])


def _totals(entries: Sequence[BudgetEntry], book: UnitBook) -> Iterable[Finding]:
    """Where the file gives the government's own total row: what the units' sum differs by."""
    for (_, as_of), rows in _by_date(entries).items():
        kinds = [book.version(row.unit_pk, as_of).kind for row in rows]
        total = [row for row, kind in zip(rows, kinds, strict=True) if kind == UnitKind.GOVERNMENT]
        parts = [row for row, kind in zip(rows, kinds, strict=True) if kind == UnitKind.AGENCY]
        if len(total) != 1 or not parts:
            continue
        ceiling = total[0].ceiling - sum(row.ceiling for row in parts)
        realised = total[0].realised - sum(row.realised for row in parts)
        if ceiling or realised:
            yield Finding(
                code="total_differs",
                facts={"as_of": as_of.isoformat(), "ceiling": ceiling, "realised": realised},
                rows=(total[0].row_number,),
            )


def _missing_units(entries: Sequence[BudgetEntry], book: UnitBook) -> Iterable[Finding]:
    """Units that stand on a date but are not in the file: they must not vanish silently."""
    for (_, as_of), rows in _by_date(entries).items():
        named = {row.unit_pk for row in rows}
        missing = [version.name for version in book.standing(as_of, UnitKind.AGENCY) if version.unit_id not in named]
        if missing:
            yield Finding(
                code="units_missing",
                facts={
                    "as_of": as_of.isoformat(),
                    "count": len(missing),
                    "names": "; ".join(sorted(missing)[:5]),
                },
            )
