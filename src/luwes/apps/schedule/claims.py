"""From the rows of a file to claims on half days, held against what is stored and against each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from luwes.apps.people.models import Employee
from luwes.apps.schedule.models import Origin, PersonDay
from luwes.apps.schedule.service import Fit, Roll
from luwes.apps.sources.kinds import Stage, Staged
from luwes.apps.sources.reading.contract import Reject
from luwes.apps.sources.reading.layout import Layout
from luwes.core.exposure.states import Claim, Half, State, resolve
from luwes.core.nip import NotANip, parse_nip
from luwes.core.workdays.periods import DAY

LONGEST = 366
HALVES = {"": Half.FULL, "Penuh": Half.FULL, "Pagi": Half.AM, "Siang": Half.PM}
# Person, day, half.
Place = tuple[int, date, int]


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says: somebody is `state` on these days; `last` is included."""

    row: int
    employee: int
    first: date
    last: date
    half: Half
    state: State
    how: str = ""
    lot: str = ""

    @property
    def value(self) -> tuple[str, str, str]:
        return (self.state.value, self.how, self.lot)


@dataclass(frozen=True, slots=True)
class Stored:
    """A current claim as it is stored."""

    pk: int
    place: Place
    origin: str
    value: tuple[str, str, str]
    yields_to: str
    batch: int | None
    source: int | None
    row: int
    roster: int | None


@dataclass(frozen=True, slots=True)
class Fresh:
    """A claim to insert, from this file or carried over from an earlier one."""

    place: Place
    origin: str
    value: tuple[str, str, str]
    yields_to: str
    batch: int | None
    row: int
    roster: int | None = None


@dataclass(slots=True)
class Plan:
    """What confirming would do."""

    said: list[Said] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    gone: list[Stored] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    superseded: list[int] = field(default_factory=list)
    inserts: list[Fresh] = field(default_factory=list)
    touched: set[date] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one kind's rows are read: where it comes from, its columns, and what a row says beyond person and days."""

    origin: Origin
    layout: Layout
    first: str
    last: str
    meaning: Callable[[Mapping[str, str | int | float | None]], tuple[State, str, str]]


def make_plan(stage: Stage, reading: Reading) -> Plan:
    """Read, expand, compare and resolve; reads only."""
    plan = Plan()
    people = dict(Employee.objects.values_list("nip", "pk"))
    said = [one for row in stage.rows() if (one := _said(row, reading, people, plan)) is not None]
    if not said:
        return plan
    first, last = min(one.first for one in said), max(one.last for one in said)
    places = _expand(said, Roll.read(first, last), reading, plan)
    claims = _once(places, reading, plan)
    _compare(plan, claims, list(_stored(first, last)), stage, reading)
    return plan


def _said(row: Staged, reading: Reading, people: Mapping[str, int], plan: Plan) -> Said | None:
    values = row.values
    text = str(values["nip"])
    first, last = (date.fromisoformat(str(values[name])) for name in (reading.first, reading.last))
    half = HALVES[str(values["bagian"] or "")]
    try:
        employee = people.get(parse_nip(text).digits)
    except NotANip:
        plan.rejects.append(_reject(row.number, reading, "nip", "not_a_nip", text))
        return None
    if employee is None:
        plan.rejects.append(_reject(row.number, reading, "nip", "employee_unknown", text))
    elif last < first:
        plan.rejects.append(_reject(row.number, reading, reading.last, "ends_before_start", last.isoformat()))
    elif (last - first).days >= LONGEST:
        plan.rejects.append(_reject(row.number, reading, reading.last, "period_too_long", last.isoformat()))
    elif half is not Half.FULL and last != first:
        plan.rejects.append(_reject(row.number, reading, "bagian", "half_needs_one_day", str(values["bagian"])))
    else:
        return Said(row.number, employee, first, last, half, *reading.meaning(values))
    return None


def _expand(said: Iterable[Said], roll: Roll, reading: Reading, plan: Plan) -> dict[Place, list[Said]]:
    """The half days of each row that can be claimed; a row without any is refused with the reason."""
    places: dict[Place, list[Said]] = defaultdict(list)
    for one in said:
        days = [one.first + DAY * step for step in range((one.last - one.first).days + 1)]
        fits = {day: roll.fit(one.employee, day) for day in days}
        working = [day for day, fit in fits.items() if fit is Fit.WORKING]
        found = set(fits.values())
        if Fit.UNKNOWN in found or not working:
            worst = next(fit for fit in (Fit.UNKNOWN, Fit.OUTSIDE, Fit.NOT_WORKING) if fit in found)
            plan.rejects.append(_reject(one.row, reading, reading.first, worst.value, one.first.isoformat()))
            continue
        plan.said.append(one)
        if Fit.OUTSIDE in found:
            plan.notes["days_outside_service"].add(one.row)
        for day in working:
            for part in one.half.parts:
                places[one.employee, day, part].append(one)
    return places


def _once(places: Mapping[Place, Sequence[Said]], reading: Reading, plan: Plan) -> dict[Place, Said]:
    """One claim per half day: rows that contradict each other are refused, rows that repeat are told."""
    at_odds = {one.row for same in places.values() if len({s.value for s in same}) > 1 for one in same}
    plan.rejects.extend(_reject(row, reading, "nip", "rows_differ", "") for row in sorted(at_odds))
    claims: dict[Place, Said] = {}
    for place, same in places.items():
        for one in same:
            if one.row in at_odds:
                continue
            if place in claims:
                plan.notes["repeated_rows"].add(one.row)
            else:
                claims[place] = one
    plan.said = [one for one in plan.said if one.row not in at_odds]
    return claims


def _stored(first: date, last: date) -> Iterator[Stored]:
    rows = PersonDay.objects.filter(superseded_at=None, day__gte=first, day__lte=last).values_list(
        *("pk", "employee_id", "day", "part", "origin", "state", "how", "lot", "yields_to"),
        *("batch_id", "batch__source_id", "row_number", "roster_id"),
    )
    for pk, employee, day, part, origin, state, how, lot, yields_to, *whose in rows:
        yield Stored(pk, (employee, day, part), origin, (state, how, lot), yields_to, *whose)


def _compare(
    plan: Plan, claims: Mapping[Place, Said], stored: Sequence[Stored], stage: Stage, reading: Reading
) -> None:
    own = {one.place: one for one in stored if one.origin == reading.origin}
    fates: dict[int, set[str]] = {one.row: set() for one in plan.said}
    for place, one in claims.items():
        known = own.get(place)
        fates[one.row].add("new" if known is None else "same" if known.value == one.value else "changed")
    for row, fate in fates.items():
        target = plan.unchanged if fate <= {"same"} else plan.new if fate == {"new"} else plan.changed
        target.append(row)
    plan.gone = [one for place, one in own.items() if place not in claims and one.source == stage.source_pk]
    gone = {one.pk for one in plan.gone} if stage.withdraw_gone else set()
    _resolve(plan, claims, [one for one in stored if one.pk not in gone], stage, reading)
    plan.superseded.extend(gone)
    plan.touched |= {one.place[1] for one in plan.gone if one.pk in gone}


def _resolve(
    plan: Plan, claims: Mapping[Place, Said], stored: Sequence[Stored], stage: Stage, reading: Reading
) -> None:
    """Decide each half day that has a claim of this file, or had one, from every claim on it."""
    at: dict[Place, list[Stored]] = defaultdict(list)
    for one in stored:
        at[one.place].append(one)
    gone = {one.place for one in plan.gone}
    for place in {*claims, *gone}:
        said = claims.get(place)
        before = {one.origin: one for one in at.get(place, ())}
        values = {origin: one.value for origin, one in before.items()}
        if said is not None:
            values[reading.origin] = said.value
        losers = _losers(values)
        for origin, value in values.items():
            known, yields_to = before.get(origin), losers.get(origin, "")
            if known is not None and (known.value, known.yields_to) == (value, yields_to):
                continue
            if known is not None:
                plan.superseded.append(known.pk)
            # Whose words the claim repeats: the earlier row's, unless this file says something else.
            whose: tuple[int | None, int, int | None] = (stage.batch_pk, 0, None)
            if known is not None:
                whose = (known.batch, known.row, known.roster)
            if said is not None and (known is None or known.value != value):
                whose = (stage.batch_pk, said.row, None)
            plan.inserts.append(Fresh(place, origin, value, yields_to, *whose))
            plan.touched.add(place[1])
        if said is not None:
            _note_clashes(plan, said, losers, reading.origin)


def _losers(values: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    """Origin → the state it yields to, of the claims on one half day."""
    if len(values) < 2:
        return {}
    origins = sorted(values)
    day = resolve(Claim(ref, Half.AM, State(values[origin][0])) for ref, origin in enumerate(origins))
    return {origins[one.ref]: one.to.value for one in day.yielded}


def _note_clashes(plan: Plan, said: Said, losers: Mapping[str, str], origin: str) -> None:
    for loser, to in losers.items():
        if loser == origin:
            plan.notes[f"yields_to_{to}"].add(said.row)
        elif to == said.state.value:
            plan.notes[f"{to}_overrides_{loser}"].add(said.row)


def _reject(number: int, reading: Reading, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=reading.layout.column(column).label, code=code, value=value[:40])
