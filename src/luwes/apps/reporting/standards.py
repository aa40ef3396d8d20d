"""Does each service meet its published standard, on flexible and on other days? Read for a month, judged by core.

Needs no comparison and no control group, so it is always answered; what is not recorded never counts as kept, and
what citizens and spot checks say against the officers' own record is heard, not added (decision 0013).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from django.db.models.fields.json import KT

from luwes.apps.attendance.models import ServicePresenceDay
from luwes.apps.people.models import Unit
from luwes.apps.reporting.witnesses import Seen
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import ServiceFigure
from luwes.apps.results.services.catalogue import Catalogue, Days, Spot, Standing
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.standard import Kept, Promise, StandardAnswer, judge_standard, pool, withhold
from luwes.core.indicators.witnesses import Weighed, Witnesses, weigh
from luwes.core.services.opentime import minutes_in
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY

# Kept, of, and what else counts: cases without a due date, or records that speak for all points.
_Figure = tuple[int, int, int]
_ELSE = {Measure.WITHIN_TIME.value: "no_due", Measure.HOURS_KEPT.value: "whole"}
ORDER = {promise: place for place, promise in enumerate(Promise)}
# Kept, of and unrecorded by promise and the share required of it.
_Sums = dict[tuple[Promise, int], list[int]]
# The days on which the service's chain was planned flexible, the other days, and all of them together.
FLEXIBLE, OTHER, ALL = DayKind.FLEXIBLE.value, DayKind.OTHER.value, "all"
KINDS = (ALL, FLEXIBLE, OTHER)


@dataclass(frozen=True, slots=True)
class ServiceStandard:
    """One service in one month: the answer over all its days, over flexible ones and over others.

    `own` is what the officers' record alone would answer, `witnesses` what citizens and spot checks say, `weighed`
    the answer after all three. `days` counts its working days of each kind. `required_pct` is the share in force on
    the last day it stood.
    """

    key: str
    name: str
    owner_key: str
    required_pct: int
    own: Mapping[str, StandardAnswer]
    witnesses: Mapping[str, Witnesses]
    weighed: Mapping[str, Weighed]
    days: Mapping[str, int]

    @property
    def answers(self) -> Mapping[str, StandardAnswer]:
        """The answer of each kind of day, after citizens and spot checks were heard."""
        return {kind: found.answer for kind, found in self.weighed.items()}

    @property
    def whole(self) -> StandardAnswer:
        """The answer over all days."""
        return self.weighed[ALL].answer

    @property
    def overruled(self) -> bool:
        """Whether over all days the own record alone would have answered otherwise."""
        return self.own[ALL].verdict is not self.whole.verdict


def standards(
    month: date, *, until: date | None = None, owners: Collection[str] | None = None, service: str = ""
) -> Sequence[ServiceStandard]:
    """Every confirmed service that stood in the month, by name; a constant number of queries.

    Days from `until` on are left out: what has not happened is not unrecorded. `owners` are unit keys, `service` one
    key. A case counts on the day it was due.
    """
    first = month.replace(day=1)
    end = min(next_month(first), until or date.max)
    if end <= first:
        return []
    catalogue, calendar = Catalogue.read(), Days.read(first, end - DAY)
    asked = {one.pk for one in catalogue.services if one.confirmed and (not service or one.key == service)}
    kinds, figures, there = _kinds(asked, first, end), _figures(asked, first, end), _there(asked, first, end)
    seen = Seen.read(asked, first, end, until or date.max)
    keys = _owner_keys(catalogue, asked)
    found = []
    for pk in asked:
        last: Standing | None = None
        sums: dict[str, _Sums] = {kind: defaultdict(lambda: [0, 0, 0]) for kind in KINDS}
        counted: dict[str, int] = dict.fromkeys(KINDS, 0)
        watched: dict[str, list[date]] = {kind: [] for kind in KINDS}
        for day in (first + n * DAY for n in range((end - first).days)):
            standing = catalogue.on(pk, day)
            if (
                standing is None
                or not standing.confirmed
                or (owners is not None and keys[standing.owner] not in owners)
            ):
                continue
            last = standing
            day_of = _Day(calendar, standing, catalogue.spots(pk, day), day)
            kept = _kept(day_of, figures[pk].get(day, {}), there[pk].get(day))
            kind = kinds[pk].get(day)
            for name in (ALL, kind) if kind in (FLEXIBLE, OTHER) else (ALL,):
                _add(sums[str(name)], standing.required_pct, kept)
                counted[str(name)] += day_of.works
                watched[str(name)].append(day)
        if last is not None:
            own = _told({kind: _judged(sums[kind], last) for kind in KINDS})
            witnesses = {kind: seen.over(pk, days) for kind, days in watched.items()}
            found.append(_weighed(last, keys[last.owner], own, witnesses, counted))
    return sorted(found, key=lambda one: (one.name.casefold(), one.key))


def _weighed(
    last: Standing,
    owner: str,
    own: Mapping[str, StandardAnswer],
    witnesses: Mapping[str, Witnesses],
    days: Mapping[str, int],
) -> ServiceStandard:
    return ServiceStandard(
        key=last.key,
        name=last.name,
        owner_key=owner,
        required_pct=last.required_pct,
        own=own,
        witnesses=witnesses,
        weighed={kind: weigh(own[kind], witnesses[kind], _share(last.required_pct)) for kind in KINDS},
        days=days,
    )


class _Day:
    """One day of one service: whether it works, and the minutes its points promise."""

    def __init__(self, calendar: Days, standing: Standing, spots: Sequence[Spot], day: date) -> None:
        self.standing, self.day = standing, day
        self._calendar, self._spots = calendar, spots
        try:
            self.works = calendar.works(standing.owner, day)
        except MissingYear:
            # Without a calendar nobody knows the holidays; a promise is not dropped for that.
            self.works = day.isoweekday() <= 5

    def owed(self, *, whole: bool) -> int:
        """Minutes promised: by every point, or (`whole`) by the service where one record speaks for all points."""
        places: Sequence[Spot | None] = [None] if whole or not self._spots else self._spots
        return sum(self._minutes(spot) for spot in places)

    def _minutes(self, spot: Spot | None) -> int:
        try:
            return minutes_in(self._calendar.promised(self.standing, spot, self.day))
        except MissingYear:
            windows = (spot.windows if spot is not None else ()) or self.standing.windows
            return sum(one.end - one.start for one in windows if one.weekday == self.day.isoweekday())


def _add(sums: _Sums, required_pct: int, day: Mapping[Promise, tuple[int, int, int]]) -> None:
    for promise, amounts in day.items():
        total = sums[promise, required_pct]
        for place, amount in enumerate(amounts):
            total[place] += amount


def _told(answers: Mapping[str, StandardAnswer]) -> Mapping[str, StandardAnswer]:
    """Three cases on flexible days are not shown, nor found by taking those of other days from all."""
    return {ALL: answers[ALL], **withhold(answers[ALL], {kind: answers[kind] for kind in (FLEXIBLE, OTHER)})}


def _judged(sums: _Sums, last: Standing) -> StandardAnswer:
    """Where no day counts, the promises in force last stand, without data."""
    required = sums or {(promise, last.required_pct): [0, 0, 0] for promise in _promises(last)}
    found = [Kept(promise, kept, of, missing, _share(pct)) for (promise, pct), (kept, of, missing) in required.items()]
    if len({one.promise for one in found}) < len(found):
        found = list(pool([one] for one in found))
    return judge_standard(sorted(found, key=lambda one: ORDER[one.promise]))


@cache
def _share(percent: int) -> Fraction:
    return Fraction(percent, 100)


def _promises(standing: Standing) -> list[Promise]:
    on_file = {
        Promise.WITHIN_TIME: standing.minutes is not None or standing.days is not None,
        Promise.HOURS_KEPT: bool(standing.windows),
        Promise.IMPLEMENTERS_PRESENT: standing.implementers is not None,
    }
    return [promise for promise, stands in on_file.items() if stands]


def _kept(day: _Day, figures: Mapping[str, _Figure], at_office: int | None) -> dict[Promise, tuple[int, int, int]]:
    """What one day adds to each promise on file: kept, of, and what was promised and not recorded."""
    found: dict[Promise, tuple[int, int, int]] = {}
    for promise in _promises(day.standing):
        if promise is Promise.WITHIN_TIME:
            # A case without a due date, though a time is promised: nobody knows whether it was kept.
            found[promise] = figures.get(Measure.WITHIN_TIME, (0, 0, 0))
        elif promise is Promise.HOURS_KEPT:
            kept, of, whole = figures.get(Measure.HOURS_KEPT, (0, 0, 0))
            found[promise] = (kept, of, max(0, day.owed(whole=bool(whole)) - of))
        else:
            promised = day.standing.implementers or 0
            told = at_office is not None
            there = min(at_office or 0, promised)
            found[promise] = (there, promised if told else 0, 0 if told or not day.works else promised)
    return found


def _owner_keys(catalogue: Catalogue, asked: Collection[int]) -> dict[int, str]:
    pks = {one.owner for one in catalogue.services if one.pk in asked}
    return dict(Unit.objects.filter(pk__in=pks).values_list("pk", "key"))


def _kinds(pks: Collection[int], first: date, end: date) -> dict[int, dict[date, str]]:
    found: dict[int, dict[date, str]] = defaultdict(dict)
    rows = ExposureDay.objects.filter(service__in=pks, day__gte=first, day__lt=end)
    for pk, day, kind in rows.values_list("service_id", "day", "kind"):
        found[pk][day] = kind
    return found


def _figures(pks: Collection[int], first: date, end: date) -> dict[int, dict[date, dict[str, _Figure]]]:
    found: dict[int, dict[date, dict[str, _Figure]]] = defaultdict(lambda: defaultdict(dict))
    rows = ServiceFigure.objects.filter(service__in=pks, day__gte=first, day__lt=end, measure__in=_ELSE)
    # Of the sums one number each is wanted: reading all of them takes longer than everything else.
    wanted = [KT(f"sums__{name}") for name in _ELSE.values()]
    for pk, day, measure, kept, of, *others in rows.values_list("service_id", "day", "measure", "kept", "of", *wanted):
        found[pk][day][measure] = (kept, of, sum(int(other) for other in others if other))
    return found


def _there(pks: Collection[int], first: date, end: date) -> dict[int, dict[date, int]]:
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = ServicePresenceDay.objects.filter(service__in=pks, day__gte=first, day__lt=end)
    for pk, day, there in rows.values_list("service_id", "day", "at_office"):
        found[pk][day] = there
    return found
