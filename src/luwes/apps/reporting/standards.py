"""Does each service meet its published standard, on flexible and on other days? Read for a month, judged by core.

Needs no comparison and no control group, so it is always answered; what is not recorded never counts as kept.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.attendance.models import ServicePresenceDay
from luwes.apps.people.models import Counting, ServiceVersion
from luwes.apps.results.models import ServiceFigure
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.standard import Kept, Promise, StandardAnswer, judge_standard, pool
from luwes.core.workdays.periods import DAY

# The measures of `ServiceFigure` that a promise is held against.
WITHIN_TIME, HOURS_KEPT = "within_time", "hours_kept"
# The days on which the service's chain was planned flexible, the other days, and all of them together.
FLEXIBLE, OTHER, ALL = DayKind.FLEXIBLE.value, DayKind.OTHER.value, "all"
KINDS = (ALL, FLEXIBLE, OTHER)


@dataclass(frozen=True, slots=True)
class ServiceStandard:
    """One service in one month: the answer over all its days, over flexible ones and over others.

    `days` counts its working days of each kind. `required_pct` is the share in force on the last day it stood.
    """

    key: str
    name: str
    owner_key: str
    required_pct: int
    answers: Mapping[str, StandardAnswer]
    days: Mapping[str, int]

    @property
    def whole(self) -> StandardAnswer:
        """The answer over all days."""
        return self.answers[ALL]


def standards(
    month: date, *, until: date | None = None, owners: Collection[str] | None = None, service: str = ""
) -> Sequence[ServiceStandard]:
    """Every confirmed service that stood in the month, by name; four queries for the whole government.

    Days from `until` on are left out: what has not happened is not unrecorded. `owners` are unit keys, `service` one
    key. A case counts on the day it was due.
    """
    first = month.replace(day=1)
    end = min((first + 31 * DAY).replace(day=1), until or date.max)
    if end <= first:
        return []
    versions = _versions(first, end, owners, service)
    pks = list(versions)
    kinds = _kinds(pks, first, end)
    figures = _figures(pks, first, end)
    there = _there(pks, first, end)
    found = []
    for pk, rows in versions.items():
        parts: dict[str, list[Sequence[Kept]]] = {kind: [] for kind in KINDS}
        counted: dict[str, int] = dict.fromkeys(KINDS, 0)
        for day in (first + n * DAY for n in range((end - first).days)):
            version = next((row for row in rows if day in _span(row)), None)
            if version is None:
                continue
            kind = kinds[pk].get(day)
            kept = _kept(version, day, figures[pk].get(day, {}), there[pk].get(day), works=kind is not None)
            for name in (ALL, kind) if kind in (FLEXIBLE, OTHER) else (ALL,):
                parts[str(name)].append(kept)
                counted[str(name)] += kind is not None
        last = rows[-1]
        found.append(
            ServiceStandard(
                key=last.service.key,
                name=last.name,
                owner_key=last.owner.key,
                required_pct=last.required_share_pct,
                answers={kind: judge_standard(pool(parts[kind]) or _silent(last)) for kind in KINDS},
                days=counted,
            )
        )
    return sorted(found, key=lambda one: (one.name.casefold(), one.key))


def _silent(version: ServiceVersion) -> Sequence[Kept]:
    """The promises of a service on no day at all: they stand, without data."""
    required = Fraction(version.required_share_pct, 100)
    return [Kept(promise, 0, 0, 0, required) for promise in _promises(version)]


def _promises(version: ServiceVersion) -> list[Promise]:
    on_file = {
        Promise.WITHIN_TIME: version.minutes_promised is not None or version.days_promised is not None,
        Promise.HOURS_KEPT: bool(version.windows),
        Promise.IMPLEMENTERS_PRESENT: version.implementers is not None,
    }
    return [promise for promise, stands in on_file.items() if stands]


def _kept(
    version: ServiceVersion,
    day: date,
    figures: Mapping[str, tuple[int, int]],
    at_office: int | None,
    *,
    works: bool,
) -> list[Kept]:
    """What one day adds to each promise on file; where the service does not work, neither hours nor people are owed."""
    required = Fraction(version.required_share_pct, 100)
    found = []
    for promise in _promises(version):
        if promise is Promise.WITHIN_TIME:
            kept, of = figures.get(WITHIN_TIME, (0, 0))
            found.append(Kept(promise, kept, of, 0, required))
        elif promise is Promise.HOURS_KEPT:
            owed = sum(end - start for weekday, start, end in version.windows if weekday == day.isoweekday())
            kept, of = figures.get(HOURS_KEPT, (0, 0))
            missing = owed if works and HOURS_KEPT not in figures else 0
            found.append(Kept(promise, kept, of, missing, required))
        else:
            promised = version.implementers or 0
            if at_office is not None:
                found.append(Kept(promise, min(at_office, promised), promised, 0, required))
            else:
                found.append(Kept(promise, 0, 0, promised if works else 0, required))
    return found


def _span(version: ServiceVersion) -> "_Days":
    return _Days(version.period.lower, version.period.upper)


@dataclass(frozen=True, slots=True)
class _Days:
    lower: date
    upper: date | None

    def __contains__(self, day: date) -> bool:
        return self.lower <= day and (self.upper is None or day < self.upper)


def _versions(first: date, end: date, owners: Collection[str] | None, service: str) -> dict[int, list[ServiceVersion]]:
    rows = ServiceVersion.objects.filter(
        superseded_at=None, status=Counting.CONFIRMED, period__overlap=DateRange(first, end)
    ).select_related("service", "owner")
    if owners is not None:
        rows = rows.filter(owner__key__in=owners)
    if service:
        rows = rows.filter(service__key=service)
    found: dict[int, list[ServiceVersion]] = defaultdict(list)
    for row in rows.order_by("service", "period"):
        found[row.service_id].append(row)
    return found


def _kinds(pks: Collection[int], first: date, end: date) -> dict[int, dict[date, str]]:
    found: dict[int, dict[date, str]] = defaultdict(dict)
    rows = ExposureDay.objects.filter(service__in=pks, day__gte=first, day__lt=end)
    for pk, day, kind in rows.values_list("service_id", "day", "kind"):
        found[pk][day] = kind
    return found


def _figures(pks: Collection[int], first: date, end: date) -> dict[int, dict[date, dict[str, tuple[int, int]]]]:
    found: dict[int, dict[date, dict[str, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
    rows = ServiceFigure.objects.filter(
        service__in=pks, day__gte=first, day__lt=end, measure__in=(WITHIN_TIME, HOURS_KEPT)
    )
    for pk, day, measure, kept, of in rows.values_list("service_id", "day", "measure", "kept", "of"):
        found[pk][day][measure] = (kept, of)
    return found


def _there(pks: Collection[int], first: date, end: date) -> dict[int, dict[date, int]]:
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = ServicePresenceDay.objects.filter(service__in=pks, day__gte=first, day__lt=end)
    for pk, day, there in rows.values_list("service_id", "day", "at_office"):
        found[pk][day] = there
    return found
