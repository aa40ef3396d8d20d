"""Invented units with the rules an Indonesian office has: counters, weeks, leave, a holiday, wishes, carried days."""

from dataclasses import replace

import numpy as np

from luwes.core.roster.problem import (
    ChosenAnchor,
    Flags,
    Mode,
    PersonCap,
    Place,
    RosterProblem,
    Whole,
    at_most_in_window,
    percent_floor,
)

MONTH_CAP = 8


def weekdays(length: int, first: int = 1) -> Whole:
    """Weekday (0 Monday) of each working day of a month that begins on `first`, one holiday taken out."""
    days = (np.arange(length + 1) + first) % 5
    return np.delete(days, length // 2).astype(np.int64)


def weeks(length: int, first: int = 1) -> Whole:
    """Number of the week of each working day."""
    every = (np.arange(length + 1) + first) // 5
    return np.delete(every, length // 2).astype(np.int64)


def unit(people: int, seed: int, *, length: int = 22, floor: int = 55, promised: bool = False) -> RosterProblem:
    """A unit whose rules nest: teams of about eight, floors by team and unit, two days a week, wishes of 1 to 10."""
    chance = np.random.default_rng([seed, people, length])
    weekday, week = weekdays(length), weeks(length)
    present = _present(chance, people, length)
    able = chance.random(people) < 0.75
    allowed = present & able[:, None]
    allowed[:, [length // 2 - 1, length // 2]] = False  # next to the holiday
    allowed[:, chance.integers(0, length)] = False  # a ceremony
    team = np.sort(chance.integers(0, max(1, people // 8), people))
    anchor = chance.integers(0, 5, people // 8 + 1)
    allowed &= anchor[team][:, None] != weekday[None, :]
    most = np.where(able, np.minimum(MONTH_CAP, chance.integers(3, MONTH_CAP + 1, people)), 0)
    points = chance.integers(1, 8, (people, length)) + 3 * ((weekday == 4) | (weekday == 0))[None, :]
    everyone = np.arange(people)
    places = [Place("unit", everyone, np.full(length, percent_floor(min(floor + 8, 100), people)))]
    for one in np.unique(team):
        places += _team(chance, np.flatnonzero(team == one), floor, length)
    problem = RosterProblem(
        employee_id=chance.permutation(10 * people + 10)[:people].astype(np.uint64),
        days=_dates(weekday, week),
        allowed=allowed,
        present=present,
        points=points.astype(np.int64),
        carry=chance.integers(-2, 3, people),
        entitlement=np.full(people, 8, dtype=np.int64),
        caps=(PersonCap("month", np.ones(length, dtype=np.bool_), most), *_weekly(week, present)),
        places=tuple(places),
    )
    if promised:
        return replace(problem, promises=np.where((allowed.sum(1) >= 8) & (most >= 4), 1, 0))
    return problem


def hard_unit(people: int, seed: int, *, length: int = 22) -> RosterProblem:
    """The same with rules that do not nest: competences across teams, spacing, anchor days to be chosen, seats."""
    problem = unit(people, seed, length=length, floor=62)
    chance = np.random.default_rng([seed, people, length, 1])
    week = weeks(length)
    across: list[Place] = []
    for at in range(max(3, people // 6)):
        members = np.sort(chance.choice(people, size=min(people, int(chance.integers(3, 9))), replace=False))
        present = problem.present[members].sum(0)
        need = np.minimum(percent_floor(55, len(members)), present)
        across.append(Place(f"competence {at}", members, need))
    signers = np.sort(chance.choice(people, size=min(people, max(2, people // 20)), replace=False))
    across.append(Place("signer", signers, np.minimum(1, problem.present[signers].sum(0))))
    spacing = list(at_most_in_window("spacing", 3, 2, people, length))
    for friday in np.flatnonzero(np.diff(week) > 0):
        flags = np.zeros(length, dtype=np.bool_)
        flags[[friday, friday + 1]] = True
        spacing.append(PersonCap("weekend", flags, np.ones(people, dtype=np.int64)))
    teams = [place for place in problem.places if place.rule == "team"]
    anchors = [
        ChosenAnchor("anchor", place.members, week == one) for place in teams for one in np.unique(week)
    ]  # fmt: skip
    extra = chance.integers(0, 6, problem.size)
    seats = Mode("hub", problem.allowed & (extra > 0), np.full(length, max(1, people // 25)), extra, 4)
    return replace(
        problem,
        caps=(*problem.caps, *spacing),
        places=(*problem.places, *across),
        anchors=tuple(anchors),
        modes=(seats,),
    )


def sick(problem: RosterProblem, today: int, chance: np.random.Generator) -> RosterProblem:
    """The same unit after one in 25 people called in sick for three days from `today` on."""
    present = problem.present.copy()
    people = len(present)
    present[chance.choice(people, max(1, people // 25), replace=False), today : today + 3] = False
    return replace(problem, present=present)


def permuted(problem: RosterProblem, order: Whole) -> RosterProblem:
    """The same problem with people listed in another order."""
    where = np.argsort(order)
    return replace(
        problem,
        employee_id=problem.employee_id[order],
        allowed=problem.allowed[order],
        present=problem.present[order],
        points=problem.points[order],
        carry=problem.carry[order],
        entitlement=problem.entitlement[order],
        caps=tuple(replace(cap, limit=cap.limit[order]) for cap in problem.caps),
        places=tuple(replace(place, members=where[place.members]) for place in problem.places),
        promises=None if problem.promises is None else problem.promises[order],
        pins=None if problem.pins is None else problem.pins[order],
        anchors=tuple(replace(anchor, members=where[anchor.members]) for anchor in problem.anchors),
        modes=tuple(replace(mode, open=mode.open[order], extra=mode.extra[order]) for mode in problem.modes),
    )


def _dates(weekday: Whole, week: Whole) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.datetime64("2026-11-30") + (7 * week + weekday).astype("timedelta64[D]")


def _present(chance: np.random.Generator, people: int, length: int) -> Flags:
    present = np.ones((people, length), dtype=np.bool_)
    for person in np.flatnonzero(chance.random(people) < 0.45):
        first = chance.integers(0, length)
        present[person, first : first + chance.integers(1, 6)] = False
    return present


def _team(chance: np.random.Generator, members: Whole, floor: int, length: int) -> list[Place]:
    """A team's floor, and a quarter of its couples as substitutes of each other."""
    found = [Place("team", members, np.full(length, percent_floor(floor, len(members))))]
    mixed = chance.permutation(members)
    for first, second in zip(mixed[::2], mixed[1::2], strict=False):
        if chance.random() < 0.25:
            found.append(Place("pair", np.sort([first, second]), np.ones(length, dtype=np.int64)))
    return found


def _weekly(week: Whole, present: Flags) -> list[PersonCap]:
    """At most two days a week, and at least three on site where the week has them."""
    found = []
    for one in np.unique(week):
        inside = week == one
        on_site = min(3, max(int(inside.sum()) - 2, 0))
        found.append(PersonCap("week", inside, np.clip(present[:, inside].sum(1) - on_site, 0, 2)))
    return found
