"""The leader's page and the page of one unit, as data: judged figures, never sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as people
from luwes.apps.people.models import UnitKind
from luwes.apps.people.queries import UnitRow
from luwes.apps.results import queries as results
from luwes.apps.results.queries import BudgetDate, BudgetFact, BudgetNoteRow
from luwes.core.indicators.budget import (
    BudgetPace,
    BudgetTotal,
    CeilingChange,
    Rebased,
    RebasedPoint,
    needs_decision,
    pace,
    rebased,
    share_pct,
    total,
)

# A newer date takes over the page once it holds the government's total or this share of the units of the fullest one.
WHOLE_ENOUGH = Decimal("0.8")
# A recap comes monthly; past a month and a half the newest one no longer says how things stand.
STALE_AFTER_DAYS = 45
# Kinds that can carry a budget of their own.
_KINDS = (UnitKind.GOVERNMENT, UnitKind.AGENCY, UnitKind.UNIT)


class NoFigures(Refused):
    """No figures are stored for the date asked for."""

    code = "no_figures"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's judged figure and where it came from."""

    fact: BudgetFact
    pace: BudgetPace

    @property
    def key(self) -> str:
        return self.fact.unit_key

    @property
    def name(self) -> str:
        return self.fact.unit_name


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file the shown figures come from."""

    source_name: str
    file_name: str
    sha256: str
    batch_id: str


@dataclass(frozen=True, slots=True)
class Age:
    """How old the shown date is, and whether a newer one exists.

    `stale` only when the newest figures themselves are old: a reader who chose a past date knows that.
    `newest` is the newest date that has come; `ahead` says that the shown one has not.
    """

    days: int
    newest: BudgetDate
    stale: bool
    historical: bool
    ahead: bool


@dataclass(frozen=True, slots=True)
class LeadershipPage:
    """What a leader sees about the budget at one date.

    `shown` is None when there are no figures at all; then everything else is empty. `lines` are the
    units worst first, `decisions` those of them that call for a decision, `missing` the perangkat
    daerah standing on that date without a figure. `partial` is a newer date that too few have reported for yet,
    passed over when nobody asked for it.
    """

    government: UnitRow | None
    dates: Sequence[BudgetDate]
    shown: BudgetDate | None
    partial: BudgetDate | None
    age: Age | None
    total: BudgetTotal | None
    lines: Sequence[UnitLine]
    decisions: Sequence[UnitLine]
    missing: Sequence[UnitRow]
    expected: int
    change: CeilingChange | None
    trend: Rebased | None
    notes: Sequence[BudgetNoteRow]
    sources: Sequence[SourceFile]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One date of one unit: its own judgement, and the same amount over the latest ceiling."""

    fact: BudgetFact
    pace: BudgetPace
    point: RebasedPoint


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit's budget up to a date; `shown` is None when the unit never reported.

    `dates` are the unit's own. `late` is the newest date of all, when this unit has no figure there.
    """

    unit: UnitRow
    government: UnitRow | None
    dates: Sequence[BudgetDate]
    shown: BudgetDate | None
    age: Age | None
    late: BudgetDate | None
    line: UnitLine | None
    history: Sequence[HistoryLine]
    rebased: Rebased | None
    notes: Sequence[BudgetNoteRow]


def leadership_page(as_of: date | None, actor: Actor, *, today: date, year: int | None = None) -> LeadershipPage:
    """The leader's page at `as_of` (None: the newest that has come and is whole enough), as known today.

    `year` is needed only where one date belongs to two budget years. Raises Forbidden, OutsideScope,
    NoFigures (a date that is not in the list).
    """
    rights.require_whole(actor, Right.SEE_GOVERNMENT)
    dates = results.budget_dates()
    if not dates and as_of is None:
        return _nothing(people.government(today))
    newest = _newest(dates, today)
    shown = _whole_enough(dates, today) if as_of is None and year is None else _chosen(dates, as_of, year, today)
    partial = newest if as_of is None and newest is not None and shown.as_of < newest.as_of else None
    units = {unit.key: unit for unit in people.units_on(shown.as_of, kinds=_KINDS)}
    government = _top(units.values())
    facts = results.budget_on(shown.as_of, shown.year)
    lines = _worst_first(_parts(facts, units))
    whole = next((fact for fact in facts if government and fact.unit_key == government.key), None)
    judged = _total(lines, whole)
    trend = None if whole is None else _trend(whole, shown)
    decided = {one.figure.unit for one in needs_decision(line.pace for line in lines)}
    reported = {line.key for line in lines}
    expected = [unit for unit in units.values() if unit.kind == UnitKind.AGENCY]
    return LeadershipPage(
        government=government,
        dates=dates,
        shown=shown,
        partial=partial,
        age=_age([shown] if partial else dates, shown, today),
        total=judged,
        lines=lines,
        decisions=[line for line in lines if line.key in decided],
        missing=[unit for unit in expected if unit.key not in reported],
        expected=len(expected),
        change=_last_change(trend) if trend is not None else _change_of_sum(lines, dates, shown),
        trend=trend,
        notes=list(results.notes_on(shown.as_of, shown.year).values()),
        sources=_sources(facts if whole is None else [whole, *facts]),
    )


def unit_page(
    unit_key: str, actor: Actor, *, today: date, as_of: date | None = None, year: int | None = None
) -> UnitPage:
    """One unit's page at `as_of` (None: its newest figure).

    Raises OutsideScope for a unit outside the actor's scope or unknown, Forbidden, NoFigures.
    """
    people_access.require_unit(actor, Right.SEE_UNIT, unit_key, today)
    unit = people.unit_on(unit_key, today)
    if unit is None:
        raise OutsideScope(unit_key)
    dates = results.budget_dates(unit_key=unit_key)
    newest_of_all = _newest(results.budget_dates(), today)
    government = people.government(today)
    if not dates:
        if as_of is not None:
            raise NoFigures(as_of.isoformat())
        return UnitPage(unit, government, dates, None, None, newest_of_all, None, (), None, ())
    shown = _chosen(dates, as_of, year, today)
    facts = [fact for fact in results.budget_history(unit_key, shown.year) if fact.figure.as_of <= shown.as_of]
    course = rebased(fact.figure for fact in facts)
    history = [HistoryLine(fact, pace(fact.figure), point) for fact, point in zip(facts, course.points, strict=True)]
    return UnitPage(
        unit=unit,
        government=government,
        dates=dates,
        shown=shown,
        age=_age(dates, shown, today),
        late=newest_of_all if newest_of_all and dates[0].as_of < newest_of_all.as_of else None,
        line=UnitLine(history[-1].fact, history[-1].pace),
        history=history,
        rebased=course,
        notes=[note for note in results.notes(unit_key, shown.year) if note.as_of <= shown.as_of],
    )


def _nothing(government: UnitRow | None) -> LeadershipPage:
    return LeadershipPage(government, (), None, None, None, None, (), (), (), 0, None, None, (), ())


def _newest(dates: Sequence[BudgetDate], today: date) -> BudgetDate | None:
    """The newest date that has come: a mistyped one of next year must not stand for how things are."""
    come = (one for one in dates if one.as_of <= today)
    return next(come, dates[0] if dates else None)


def _whole_enough(dates: Sequence[BudgetDate], today: date) -> BudgetDate:
    """The newest date that has come and that enough units have reported for; seven of forty do not speak for all."""
    come = [one for one in dates if one.as_of <= today] or list(dates)
    # A year back, so that the first reports of January do not pass for all.
    recent = [one.units for one in come if (come[0].as_of - one.as_of).days <= 370]
    fullest = max(recent)
    whole = (one for one in come if one.with_total or one.units >= WHOLE_ENOUGH * fullest)
    return next(whole, come[0])


def _chosen(dates: Sequence[BudgetDate], as_of: date | None, year: int | None, today: date) -> BudgetDate:
    newest = _newest(dates, today)
    if as_of is None and year is None and newest is not None:
        return newest
    for one in dates:
        if (as_of is None or one.as_of == as_of) and (year is None or one.year == year):
            return one
    raise NoFigures("" if as_of is None else as_of.isoformat())


def _top(units: Iterable[UnitRow]) -> UnitRow | None:
    tops = (unit for unit in units if unit.kind == UnitKind.GOVERNMENT and not unit.parent_key)
    return next(tops, None)


def _parts(facts: Sequence[BudgetFact], units: dict[str, UnitRow]) -> list[UnitLine]:
    """The units that add up to the government: other governments' rows and parts of parts left out."""
    own = {fact.unit_key for fact in facts if fact.unit_kind != UnitKind.GOVERNMENT}
    return [
        UnitLine(fact, pace(fact.figure))
        for fact in facts
        if fact.unit_key in own and not _parent_in(fact.unit_key, own, units)
    ]


def _parent_in(key: str, own: set[str], units: dict[str, UnitRow]) -> bool:
    unit = units.get(key)
    seen = {key}
    while unit is not None and unit.parent_key and unit.parent_key not in seen:
        if unit.parent_key in own:
            return True
        seen.add(unit.parent_key)
        unit = units.get(unit.parent_key)
    return False


def _worst_first(lines: Iterable[UnitLine]) -> list[UnitLine]:
    """By deviation; units without a target by their percentage, units without a ceiling last."""

    def rank(line: UnitLine) -> tuple[bool, bool, Decimal, int, str]:
        deviation, pct = line.pace.deviation, line.pace.pct
        measure = deviation if deviation is not None else pct if pct is not None else Decimal(0)
        return pct is None, deviation is None, measure, -(line.pace.shortfall or 0), line.name.casefold()

    return sorted(lines, key=rank)


def _total(lines: Sequence[UnitLine], whole: BudgetFact | None) -> BudgetTotal | None:
    if not lines and whole is None:
        return None
    return total([line.fact.figure for line in lines], None if whole is None else whole.figure)


def _trend(whole: BudgetFact, shown: BudgetDate) -> Rebased:
    history = results.budget_history(whole.unit_key, shown.year)
    return rebased(fact.figure for fact in history if fact.figure.as_of <= shown.as_of)


def _last_change(trend: Rebased) -> CeilingChange | None:
    return trend.changes[-1] if trend.changes else None


def _change_of_sum(lines: Sequence[UnitLine], dates: Sequence[BudgetDate], shown: BudgetDate) -> CeilingChange | None:
    """The change of the sum since the date before, over the units that reported at both."""
    earlier = [one for one in dates if one.year == shown.year and one.as_of < shown.as_of]
    if not earlier:
        return None
    previous = max(earlier, key=lambda one: one.as_of)
    before = {fact.unit_key: fact.figure.ceiling for fact in results.budget_on(previous.as_of, previous.year)}
    both = [line for line in lines if line.key in before]
    was, now = (sum(before[line.key] for line in both), sum(line.fact.figure.ceiling for line in both))
    if was == now:
        return None
    return CeilingChange(previous.as_of, shown.as_of, was, now, share_pct(now - was, was))


def _age(dates: Sequence[BudgetDate], shown: BudgetDate, today: date) -> Age:
    newest = _newest(dates, today) or shown
    days = (today - shown.as_of).days
    historical = shown.as_of < newest.as_of
    stale = not historical and days > STALE_AFTER_DAYS
    return Age(days, newest, stale=stale, historical=historical, ahead=shown.as_of > today)


def _sources(facts: Iterable[BudgetFact]) -> list[SourceFile]:
    found = {
        fact.batch_id: SourceFile(fact.source_name, fact.file_name, fact.file_sha256, fact.batch_id) for fact in facts
    }
    return list(found.values())
