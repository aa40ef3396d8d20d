"""Everybody who serves in a span, their stays in posts, and what is recorded of each person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from numpy.typing import NDArray

from luwes.apps.people.models import (
    DisciplineRecord,
    Employee,
    EmployeeVersion,
    Employment,
    Posting,
    Standing,
    UnitHead,
)
from luwes.apps.schedule.facts.known import Span, covers, dated, known
from luwes.apps.schedule.service import ON_DUTY
from luwes.apps.sources.models import BatchState, ImportBatch
from luwes.core.exposure.states import FLEXIBLE, State
from luwes.core.nip import NotANip, parse_nip
from luwes.core.policy.crew import AWAY
from luwes.core.policy.facts import Tag
from luwes.core.policy.terms import Away
from luwes.core.workdays.periods import DAY

# Half days as they were known at a moment: one row per person and day, morning and afternoon.
DAYS = """
SELECT employee_id, day, min(state) FILTER (WHERE part = 0), min(state) FILTER (WHERE part = 1)
FROM schedule_personday
WHERE day >= %(first)s AND day <= %(last)s AND yields_to = '' AND recorded_at <= %(at)s
    AND (superseded_at IS NULL OR superseded_at > %(at)s) AND (%(all)s OR employee_id = ANY(%(who)s))
GROUP BY 1, 2
"""
CODE_OF = {
    State.LEAVE.value: Away.LEAVE,
    State.TRIP.value: Away.TRIP,
    # Ordered to learn: away from the desk like somebody on study leave.
    State.TRAINING.value: Away.STUDY,
}
BY_POSITION = {Standing.STUDY.value: Away.STUDY, Standing.UNPAID_LEAVE.value: Away.LEAVE}
SERVING = frozenset({*ON_DUTY, *BY_POSITION})
FULL_WEEK = "hours:penuh"
SHORT_WEEK = "hours:kurang"


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody in a unit and a post for a while; `since` is when the same work began, also under another roof."""

    employee: int
    unit: int
    post: int | None
    period: DateRange
    since: date


@dataclass(frozen=True, slots=True)
class Version:
    """How somebody served."""

    employment: str
    standing: str
    weekly_minutes: int | None
    domicile: bool | None
    period: DateRange


@dataclass(frozen=True, slots=True)
class Record:
    """One person: public id, day of entry by the number, versions, headships, and measures of discipline."""

    public_id: str
    entered: date | None
    versions: Sequence[Version]
    heads: Sequence[tuple[int, str, DateRange]]
    discipline: Sequence[Tag]

    def serving(self, span: Span) -> NDArray[np.bool_]:
        """On which days of the span the person counts among the staff."""
        found = np.zeros(len(span.days), np.bool_)
        for one in self.versions:
            if one.standing in SERVING:
                found[span.columns(one.period)] = True
        return found

    def away(self, span: Span) -> NDArray[np.int8]:
        """Study leave or unpaid leave by legal position, in the codes of a crew."""
        found = np.zeros(len(span.days), np.int8)
        for one in self.versions:
            if one.standing in BY_POSITION:
                found[span.columns(one.period)] = 1 + AWAY.index(BY_POSITION[one.standing])
        return found

    def domicile(self, day: date) -> bool | None:
        """Whether the home is on record on the day; None where the file did not say."""
        return next((one.domicile for one in self.versions if covers(one.period, day)), None)


@dataclass(frozen=True, slots=True)
class Staff:
    """Stays by person in order, and the person's record. `measures_known`: a list of discipline has ever come."""

    stays: Sequence[Stay]
    records: Mapping[int, Record]
    measures_known: bool
    days: Mapping[tuple[int, date], tuple[str, str]]

    @classmethod
    def read(cls, span: Span, at: datetime, only: Collection[int] | None = None) -> "Staff":
        """Seven queries; `only` these people, or everybody."""
        chosen = Q() if only is None else Q(employee__in=list(only))
        stays = _stays(span, at, chosen)
        records = _records(span, at, chosen, {one.employee for one in stays})
        came = ImportBatch.objects.filter(source__kind="discipline", state=BatchState.CONFIRMED, settled_at__lte=at)
        return cls(stays, records, came.exists(), _days(span, at, only))


def in_units(units: Collection[int], span: Span, at: datetime) -> frozenset[int]:
    """Everybody posted in one of the units on some day of the span."""
    found = Posting.objects.filter(known(at), span.touching, unit__in=list(units))
    return frozenset(found.values_list("employee_id", flat=True))


def _stays(span: Span, at: datetime, chosen: Q) -> list[Stay]:
    # Earlier postings too: waiting times run from when the work began, however the unit was renamed since.
    rows = Posting.objects.filter(known(at), chosen, period__startswith__lte=span.last)
    found: list[Stay] = []
    columns = ("employee_id", "unit_id", "post_id", "period", "post__name_key")
    last: tuple[int, str | None, date | None, date] | None = None
    for employee, unit, post, period, title in rows.order_by("employee", "period").values_list(*columns):
        goes_on = last is not None and last[:3] == (employee, title, period.lower) and title is not None
        since = last[3] if goes_on and last is not None else period.lower
        last = (employee, title, period.upper, since)
        if period.upper is None or period.upper > span.first:
            found.append(Stay(employee, unit, post, period, since))
    return found


def _records(span: Span, at: datetime, chosen: Q, people: Iterable[int]) -> dict[int, Record]:
    versions: dict[int, list[Version]] = defaultdict(list)
    columns = ("employee_id", "employment", "standing", "weekly_minutes", "domicile_on_record", "period")
    for row in (
        EmployeeVersion.objects.filter(known(at), span.touching, chosen).order_by("period").values_list(*columns)
    ):
        versions[row[0]].append(Version(*row[1:]))
    heads: dict[int, list[tuple[int, str, DateRange]]] = defaultdict(list)
    led = UnitHead.objects.filter(known(at), span.touching, chosen).order_by("period", "pk")
    for employee, unit, capacity, period in led.values_list("employee_id", "unit_id", "capacity", "period"):
        heads[employee].append((unit, capacity, period))
    measures: dict[int, list[Tag]] = defaultdict(list)
    listed = DisciplineRecord.objects.filter(known(at), chosen, starts__lte=span.last).order_by("starts", "pk")
    for employee, starts, ends, open_ in listed.values_list("employee_id", "starts", "ends", "in_process"):
        # The last day of a measure is still a day of it.
        measures[employee].append(Tag("discipline:in_process" if open_ else "discipline:active", starts, ends))
    wanted = set(people)
    named = Employee.objects.filter(pk__in=wanted) if len(wanted) < 5_000 else Employee.objects.all()
    return {
        pk: Record(public_id, _entered(nip), versions[pk], heads[pk], measures[pk])
        for pk, public_id, nip in named.values_list("pk", "public_id", "nip")
        if pk in wanted
    }


def _entered(nip: str) -> date | None:
    """The first of the month the number says somebody entered; the number of a PPPK tells only the year."""
    try:
        read = parse_nip(nip)
    except NotANip:
        return None
    return None if read.appointed_month is None else date(read.appointed_year, read.appointed_month, 1)


def _days(span: Span, at: datetime, only: Collection[int] | None) -> dict[tuple[int, date], tuple[str, str]]:
    values: dict[str, Any] = {
        "first": span.first,
        "last": span.last,
        "at": at,
        "all": only is None,
        "who": list(only or ()),
    }
    with connection.cursor() as cursor:
        cursor.execute(DAYS, values)
        return {(employee, day): (am or "", pm or "") for employee, day, am, pm in cursor.fetchall()}


def away_code(states: tuple[str, str]) -> int:
    """0 here, else 1 + the place in `AWAY`: away is who is away all day; who has half a day left works that half."""
    away = [CODE_OF.get(state) for state in states]
    return 0 if None in away or away[0] is None else 1 + AWAY.index(away[0])


def is_flexible(states: tuple[str, str]) -> bool:
    """Whether any half of the day is planned outside the office: half a day counts as a day."""
    return any(state in FLEXIBLE for state in states)


def own_tags(record: Record, span: Span, reasons: Iterable[str] = ()) -> tuple[list[Tag], list[Tag]]:
    """What is recorded of the person, and what is not known on some days: tags and gaps."""
    tags, gaps = [Tag(f"reason:{one}") for one in reasons], []
    for version in record.versions:
        tags.append(dated(f"type:{version.employment}", version.period, span))
        if version.employment == Employment.CPNS.value:
            # Whether a letter that says PNS means those not yet sworn in, the letter has to say.
            gaps += [dated("type:pns", version.period, span), dated("type:non_pns", version.period, span)]
        elif version.employment != Employment.PNS.value:
            tags.append(dated("type:non_pns", version.period, span))
        short = version.employment == Employment.PART_TIME.value and version.weekly_minutes is None
        if short:
            gaps += [dated(FULL_WEEK, version.period, span), dated(SHORT_WEEK, version.period, span)]
        else:
            name = FULL_WEEK if version.weekly_minutes is None else SHORT_WEEK
            tags.append(dated(name, version.period, span))
        if version.standing == Standing.DISCIPLINE.value:
            tags.append(dated("discipline:active", version.period, span))
    tags += [one for one in record.discipline if one.last is None or one.last >= span.first]
    for _, capacity, period in record.heads:
        tags += [_until(f"post:{word}", period) for word in ("pimpinan", capacity)]
    return tags, gaps


def _until(name: str, period: DateRange) -> Tag:
    """A tag with the real end of its period, so that who asks is told from when it is over."""
    return Tag(name, period.lower, None if period.upper is None else period.upper - DAY)
