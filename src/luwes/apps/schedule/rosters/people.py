"""The rows of a roster: who serves where on which of its days, and what already stands about them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from luwes.apps.people.models import Employee
from luwes.apps.schedule.models import Origin, PersonDay
from luwes.apps.schedule.service import Roll
from luwes.core.exposure.states import ABSENT, FLEXIBLE
from luwes.core.roster.problem import FLEXIBLE as PINNED_FLEXIBLE
from luwes.core.roster.problem import FREE, Flags, Whole
from luwes.core.roster.problem import ON_SITE as PINNED_ON_SITE

STAYS = 32  # room in the stable id for the stays of one person within a month
AWAY = frozenset(state.value for state in ABSENT)
FLEXIBLE_STATES = frozenset(state.value for state in FLEXIBLE)


@dataclass(frozen=True, slots=True)
class Row:
    """One person's stay in one unit; who is transferred within the month has two. `inside` the scope or beside it."""

    employee: int
    stay: int
    unit: str
    post: int | None
    works: frozenset[date]
    inside: bool

    @property
    def id(self) -> int:
        """The stable id of the row."""
        return self.employee * STAYS + self.stay


@dataclass(frozen=True, slots=True)
class Name:
    """Who somebody is to a reader: an opaque id, never the NIP."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What is known of every row and day: present, decided elsewhere (`pins`), and flexible by the roster `old`."""

    present: Flags
    pins: NDArray[np.int8]
    old: Flags
    taken: Flags


def rows(roll: Roll, days: Sequence[date], inside: Mapping[date, frozenset[str]], wider: frozenset[str]) -> list[Row]:
    """The people of the units `inside` on each day, and of the units `wider` beside them, by stable id."""
    found = []
    for employee, stays in roll.postings.items():
        for at, stay in enumerate(sorted(stays, key=lambda one: one[0])):
            key = stay[2]
            served = [day for day in days if roll.serving(employee, day) is stay]
            if not served or not (key in wider or any(key in inside[day] for day in served)):
                continue
            works = frozenset(day for day in served if roll.tree.works(key, day))
            mine = all(key in inside[day] for day in served)
            if works and (mine or key in wider):
                found.append(Row(employee, at, key, stay[3], works, mine))
    return sorted(found, key=lambda row: row.id)


def names(people: Iterable[int]) -> dict[int, Name]:
    """Opaque id and name by primary key."""
    found = Employee.objects.filter(pk__in=set(people)).values_list("pk", "public_id", "name")
    return {pk: Name(public_id, name) for pk, public_id, name in found}


def standing(people: Sequence[Row], days: Sequence[date], old_rosters: frozenset[int]) -> Standing:
    """Leave, trips, flexible days decided elsewhere, and what the rosters `old_rosters` gave.

    Who is away for half a day, or flexible for half, is not on site all day: that day they neither count nor change.
    """
    size = (len(people), len(days))
    at = {day: number for number, day in enumerate(days)}
    present = np.zeros(size, dtype=np.bool_)
    pins = np.full(size, FREE, dtype=np.int8)
    old, taken = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    mine: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(people):
        mine[row.employee].append(number)
        present[number, [at[day] for day in row.works]] = True
    halves = _halves(mine, days[0], days[-1]) if days else {}
    for (employee, day), claims in halves.items():
        if day not in at:
            continue
        for number in mine[employee]:
            if day not in people[number].works:
                continue
            cell = number, at[day]
            states = [state for state, _, _ in claims]
            flexible = [state in FLEXIBLE_STATES for state in states]
            if any(state in AWAY for state in states) or (any(flexible) and not (all(flexible) and len(states) == 2)):
                present[cell] = False
            elif any(flexible):
                if all(roster in old_rosters for _, _, roster in claims):
                    old[cell] = True
                else:
                    pins[cell] = PINNED_FLEXIBLE
                    taken[cell] = any(origin == Origin.ROSTER for _, origin, _ in claims)
            else:
                pins[cell] = PINNED_ON_SITE
    return Standing(present, pins, old, taken)


def flexible_before(people: Iterable[int], first: date, last: date) -> dict[tuple[int, date], bool]:
    """Full days in `[first, last]` on which somebody is planned to be flexible."""
    found = _halves(dict.fromkeys(people, ()), first, last)
    return {
        key: True for key, claims in found.items() if all(state in FLEXIBLE_STATES for state, _, _ in claims)
    }  # fmt: skip


def _halves(
    people: Mapping[int, object], first: date, last: date
) -> dict[tuple[int, date], list[tuple[str, str, int | None]]]:
    """The claims that hold, by person and day: state, origin and roster of each half."""
    found: dict[tuple[int, date], list[tuple[str, str, int | None]]] = defaultdict(list)
    claims = PersonDay.objects.filter(superseded_at=None, yields_to="", day__gte=first, day__lte=last)
    columns = ("employee_id", "day", "state", "origin", "roster_id")
    for employee, day, state, origin, roster in claims.filter(employee__in=list(people)).values_list(*columns):
        found[employee, day].append((state, origin, roster))
    return found


def counted(flags: Iterable[tuple[int, date]], people: Sequence[Row]) -> Whole:
    """How many of these person-days each row's person has."""
    per: dict[int, int] = defaultdict(int)
    for employee, _ in flags:
        per[employee] += 1
    return np.array([per[row.employee] for row in people], dtype=np.int64)
