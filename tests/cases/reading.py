"""Case files: people and days with the answers a careful reader of an instrument gives."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from luwes.core.policy.clauses import Who
from luwes.core.policy.facts import Asked, Counts, Facts, Person, Tag, Week
from luwes.core.policy.rulebook import Rulebook, read_rulebook
from luwes.core.policy.stack import Judgement, Layer, Recorded, Rules, Stack
from luwes.core.policy.terms import Away, Mode, Per, Place
from luwes.core.workdays.calendar import Calendar, MissingYear, Pattern, year_of
from luwes.core.workdays.files import RamadanWindow, read_decree, read_ramadan

BOOKS = Path(__file__).parents[2] / "src" / "luwes" / "rulebooks"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person on one day. `basis` is the clause told first, `also` clauses among the reasons that did not pass;
    `duties` are codes, `owes` and `not_owed` clauses that come with the answer, or do not;
    `remedy` is a day, a place, or what kind of change helps."""

    id: str
    person: str
    date: date
    verdict: str
    basis: str
    code: str
    why: str
    remedy: date | str = ""
    mode: str = ""
    approvers: list[str] | None = None
    duties: list[str] | None = None
    owes: tuple[str, ...] = ()
    not_owed: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    away: str = ""
    working: bool | None = None
    six_days: bool = False
    week: tuple[date, ...] = ()
    counts: Mapping[str, Mapping[str, int]] | None = None
    measures: Mapping[str, float] | None = None
    place: Mapping[str, Any] | None = None
    asked_on: date | None = None
    post_since: date | None = None
    entered: date | None = None
    known_at: datetime | None = None
    decided: tuple[Mapping[str, Any], ...] = ()
    try_draft: bool = False
    rulebooks: list[str] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One case file: the rulebooks that were in force together, the people, the cases."""

    fixture: str
    rulebooks: list[str]
    people: Mapping[str, Mapping[str, Any]]
    cases: tuple[Case, ...]
    year_without_calendar: bool


@cache
def book(name: str) -> Rulebook:
    """A rulebook shipped with the product, by the name of its file."""
    for folder in ("circulars", "regulations", "examples"):
        path = BOOKS / folder / f"{name}.toml"
        if path.exists():
            return read_rulebook(path.read_text("utf-8"))
    raise LookupError(name)


@cache
def calendar() -> Calendar:
    """Every shipped calendar, the newest version of each year."""
    found = [read_decree(path.read_text("utf-8")) for path in (BOOKS / "calendars").glob("id-skb-*.toml")]
    return Calendar({one.year: year_of(one.year, one.holidays) for one in sorted(found, key=lambda one: one.version)})


@cache
def ramadan() -> tuple[RamadanWindow, ...]:
    """Every shipped Ramadan."""
    return read_ramadan((BOOKS / "calendars" / "ramadan.toml").read_text("utf-8"))


def profiles() -> dict[str, list[str]]:
    """The sets of rulebooks shipped as profiles, by name."""
    found = tomllib.loads((BOOKS / "profiles.toml").read_text("utf-8"))["profile"]
    return {one["id"]: one["rulebooks"] for one in found}


def read_sheet(path: Path) -> Sheet:
    """A case file; an unknown key or person is an error of the file."""
    data = tomllib.loads(path.read_text("utf-8"))
    sheet = Sheet(
        fixture=data.pop("fixture"),
        rulebooks=data.pop("rulebooks"),
        people=data.pop("person"),
        cases=tuple(Case(**one) for one in data.pop("case")),
        year_without_calendar=data.pop("year_without_calendar", False),
    )
    assert not data, f"{path.name}: {sorted(data)}"
    for case in sheet.cases:
        assert case.person in sheet.people, f"{path.name} {case.id}: {case.person}"
    return sheet


def rules_of(sheet: Sheet, case: Case) -> Rules:
    """The rulebooks of the sheet, each written down when it was issued, as they were known for the case."""
    layers = tuple(_layer(name, case) for name in case.rulebooks or sheet.rulebooks)
    judgements = tuple(
        Judgement(
            rule=one["rule"],
            who=Who(),
            first=one.get("first", case.date),
            allow=one.get("allow", True),
            value=one.get("value"),
            last=one.get("last"),
            recorded=Recorded(LONG_AGO),
        )
        for one in case.decided
    )
    return Rules(Stack(layers, judgements), case.known_at or NOW)


def _layer(name: str, case: Case) -> Layer:
    rulebook = book(name)
    issued = rulebook.head.issued
    at = datetime(issued.year, issued.month, issued.day, tzinfo=UTC) if issued else LONG_AGO
    return Layer(rulebook, Recorded(at), draft=case.try_draft)


def facts_of(sheet: Sheet, case: Case, day: date) -> Facts:
    """The facts of the case, moved to another day where the same wish is tried there."""
    card = sheet.people[case.person]
    tags = tuple(_tag(one) for one in (*card["tags"], *case.tags))
    pattern = Pattern.SIX if case.six_days else Pattern.FIVE
    return Facts(
        person=Person(
            case.person,
            tags,
            frozenset((*card.get("unknown", ()), *case.unknown)),
            case.post_since or card.get("post_since"),
            case.entered or card.get("entered"),
        ),
        day=day,
        working=_working(sheet, case, day, pattern),
        calendars=frozenset(
            name for one in ramadan() if day in one.period for name in ("ramadan", f"ramadan_{one.hijri}")
        ),
        away=Away(case.away) if case.away else None,
        mode=Mode(case.mode) if case.mode else None,
        week=_week(sheet, case, day, pattern),
        counts={Per(name): Counts(**one) for name, one in (case.counts or {}).items()},
        place=_place(case),
        asked_on=case.asked_on,
        measures=dict(case.measures or {}),
    )


def _tag(text: str | Mapping[str, Any]) -> Tag:
    return Tag(text) if isinstance(text, str) else Tag(**text)


def _place(case: Case) -> Asked | None:
    if case.place is None:
        return None
    place = dict(case.place)
    sets = {name: frozenset(place.pop(name)) for name in ("areas", "traits") if name in place}
    return Asked(Place(place.pop("kind")), **sets, **place)


def _working(sheet: Sheet, case: Case, day: date, pattern: Pattern) -> bool | None:
    if case.working is not None and day == case.date:
        return case.working
    if sheet.year_without_calendar:
        return day.weekday() in pattern.days
    try:
        return calendar().is_working(day, pattern)
    except MissingYear:
        return None


def _week(sheet: Sheet, case: Case, day: date, pattern: Pattern) -> Week:
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    return Week(
        frozenset(one for one in days if _working(sheet, case, one, pattern)),
        frozenset(one for one in case.week if one in days and one != day),
        usual=len(pattern.days),
    )
