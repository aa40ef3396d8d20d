"""Reads of budget figures and the notes on them: frozen rows, a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from luwes.apps.people.models import UnitKind, UnitVersion
from luwes.apps.results.models import BudgetNote, BudgetRow
from luwes.core.indicators.budget import BudgetFigure


@dataclass(frozen=True, slots=True)
class BudgetDate:
    """One date for which figures are stored, for how many units, and whether with the government's own total."""

    year: int
    as_of: date
    units: int
    with_total: bool = False


@dataclass(frozen=True, slots=True)
class BudgetFact:
    """One unit's figure at one date, named as the unit was named on that date, and where it came from.

    `unit_kind` is "instansi" for the government's own total row. `figure.unit` is the unit key.
    """

    unit_key: str
    unit_code: str
    unit_name: str
    unit_kind: str
    figure: BudgetFigure
    batch_id: str
    source_name: str
    file_name: str
    file_sha256: str
    row_number: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class BudgetNoteRow:
    """What a unit wrote about its realisation at one date, and under whose name."""

    id: str
    unit_key: str
    year: int
    as_of: date
    text: str
    signed_by: str
    written_at: datetime


def budget_dates(known_at: datetime | None = None, *, unit_key: str = "") -> Sequence[BudgetDate]:
    """Every date with figures (of one unit where given), the newest first."""
    stored = _known(known_at).filter(unit__key=unit_key) if unit_key else _known(known_at)
    governments = UnitVersion.objects.filter(superseded_at=None, kind=UnitKind.GOVERNMENT, parent=None)
    totals = Count("pk", filter=Q(unit__in=governments.values("unit")))
    rows = stored.values("year", "as_of").annotate(units=Count("pk"), totals=totals).order_by("-as_of", "-year")
    return [BudgetDate(row["year"], row["as_of"], row["units"], row["totals"] > 0) for row in rows]


def budget_on(as_of: date, year: int, *, known_at: datetime | None = None) -> Sequence[BudgetFact]:
    """All units' figures at one date, sorted by unit name; `known_at` asks what was known at an instant."""
    return _facts(_known(known_at).filter(as_of=as_of, year=year))


def budget_history(unit_key: str, year: int, *, known_at: datetime | None = None) -> Sequence[BudgetFact]:
    """One unit's figures of one budget year, the oldest first."""
    found = _facts(_known(known_at).filter(unit__key=unit_key, year=year))
    return sorted(found, key=lambda fact: fact.figure.as_of)


def latest_budget(unit_key: str, today: date) -> BudgetFact | None:
    """The unit's newest figure up to today, never a mistyped later one; None where it never reported."""
    newest = _known(None).filter(unit__key=unit_key, as_of__lte=today).order_by("-as_of", "-year").values("pk")[:1]
    return next(iter(_facts(BudgetRow.objects.filter(pk__in=newest))), None)


def notes(unit_key: str, year: int | None = None) -> Sequence[BudgetNoteRow]:
    """The unit's notes, the newest first; of one budget year where given."""
    rows = BudgetNote.objects.filter(unit__key=unit_key).order_by("-written_at", "-pk")
    if year is not None:
        rows = rows.filter(year=year)
    return [_note(row, unit_key) for row in rows]


def notes_on(as_of: date, year: int) -> Mapping[str, BudgetNoteRow]:
    """For each unit that wrote about this date, its latest note."""
    rows = BudgetNote.objects.filter(as_of=as_of, year=year).select_related("unit").order_by("written_at", "pk")
    return {row.unit.key: _note(row, row.unit.key) for row in rows}


def _note(row: BudgetNote, unit_key: str) -> BudgetNoteRow:
    return BudgetNoteRow(
        id=row.public_id,
        unit_key=unit_key,
        year=row.year,
        as_of=row.as_of,
        text=row.text,
        signed_by=row.signed_by,
        written_at=row.written_at,
    )


def _known(at: datetime | None) -> QuerySet[BudgetRow]:
    if at is None:
        return BudgetRow.objects.filter(superseded_at=None)
    return BudgetRow.objects.filter(recorded_at__lte=at).filter(Q(superseded_at=None) | Q(superseded_at__gt=at))


def _facts(rows: QuerySet[BudgetRow]) -> list[BudgetFact]:
    """Two queries however many rows: the rows, and all versions of their units."""
    found = list(rows.select_related("unit", "batch__source"))
    versions = _versions({row.unit_id for row in found})
    facts = []
    for row in found:
        version = _on(versions[row.unit_id], row.as_of)
        facts.append(
            BudgetFact(
                unit_key=row.unit.key,
                unit_code=version.code,
                unit_name=version.name,
                unit_kind=version.kind,
                figure=figure_of(row, row.unit.key),
                batch_id=row.batch.public_id,
                source_name=row.batch.source.name,
                file_name=row.batch.file_name,
                file_sha256=row.batch.file_sha256,
                row_number=row.row_number,
                recorded_at=row.recorded_at,
            )
        )
    facts.sort(key=lambda fact: (fact.unit_name.casefold(), fact.unit_key, fact.figure.as_of))
    return facts


def _versions(units: Iterable[int]) -> dict[int, list[UnitVersion]]:
    found: dict[int, list[UnitVersion]] = {}
    for version in UnitVersion.objects.filter(unit_id__in=units, superseded_at=None).order_by("period"):
        found.setdefault(version.unit_id, []).append(version)
    return found


def _on(versions: list[UnitVersion], day: date) -> UnitVersion:
    """The version on the day, else the nearest one: a figure about a unit since closed keeps its name."""
    for version in versions:
        if version.period.upper is None or day < version.period.upper:
            return version
    return versions[-1]


def figure_of(row: BudgetRow, unit: str) -> BudgetFigure:
    """The row as core judges it."""
    return BudgetFigure(
        unit=unit,
        as_of=row.as_of,
        year=row.year,
        ceiling=row.ceiling,
        realised=row.realised,
        reported_pct=row.reported_pct,
        physical_pct=row.physical_pct,
        own_target_pct=row.own_target_pct,
    )
