"""Reads of spot checks: the list of a day, what they say about all counters, and whether a draw can be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.apps.people import access as people
from luwes.apps.people import queries as units
from luwes.apps.people.models import Counting, ServicePointVersion, ServiceVersion
from luwes.apps.results.models import SpotCheck, SpotDraw, SpotPhoto, SpotProcedure
from luwes.apps.results.spotchecks.actions import FILE_WITHIN
from luwes.apps.results.spotchecks.frame import from_json
from luwes.core.exposure.shares import DayKind
from luwes.core.sampling.draw import draw, fingerprint, seed_of
from luwes.core.sampling.estimate import Checked, Difference, Estimate, difference, estimate
from luwes.core.workdays.months import next_month


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A frozen procedure; `reach` is what was said beforehand."""

    id: str
    since: date
    per_day: int
    flexible_rate: int
    base_share: float
    reach: Sequence[dict[str, Any]]
    digest: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A drawn counter and hour as the checker sees it; `filed` says that somebody has been there."""

    id: str
    day: date
    minute: int
    service: str
    point: str
    unit: str
    filed: bool
    served: bool | None
    photo: bool


@dataclass(frozen=True, slots=True)
class MonthResult:
    """Not served, as a share of all counters and hours of a month, by kind of day. None: no check filed."""

    drawn: int
    filed: int
    every: Estimate | None
    flexible: Estimate | None
    other: Estimate | None
    apart: Difference | None


def procedures() -> Sequence[ProcedureRow]:
    """Every procedure, the one that begins last first."""
    return [
        ProcedureRow(
            row.public_id,
            row.since,
            row.per_day,
            row.flexible_rate,
            float(row.base_share),
            row.reach,
            row.digest,
        )
        for row in SpotProcedure.objects.order_by("-since")
    ]


def checks(today: date, *, unit_keys: set[str] | None = None) -> Sequence[CheckRow]:
    """The checks that can be filed today, by hour; those of days before only while nobody filed them."""
    rows = SpotCheck.objects.filter(draw__day__range=(today - FILE_WITHIN, today)).select_related("draw", "point")
    found = [row for row in rows.order_by("draw__day", "minute", "pk") if row.draw.day == today or not row.filed_at]
    points = ServicePointVersion.objects.filter(
        superseded_at=None, period__contains=today, point__in=[row.point_id for row in found]
    ).select_related("unit")
    spots = {row.point_id: row for row in points}
    named = ServiceVersion.objects.filter(
        superseded_at=None, period__contains=today, status=Counting.CONFIRMED, service__in=[r.service_id for r in found]
    )
    names = dict(named.values_list("service_id", "name"))
    known = {row.key: row.name for row in units.units_on(today)}
    pictures = set(SpotPhoto.objects.filter(check_row__in=found).values_list("check_row_id", flat=True))
    return [
        CheckRow(
            row.public_id,
            row.draw.day,
            row.minute,
            names.get(row.service_id, ""),
            spots[row.point_id].name,
            known.get(spots[row.point_id].unit.key, ""),
            row.filed_at is not None,
            row.served,
            row.pk in pictures,
        )
        for row in found
        if row.point_id in spots and (unit_keys is None or spots[row.point_id].unit.key in unit_keys)
    ]


def month_result(month: date, today: date) -> MonthResult:
    """What the checks of a month say about all its counters and hours: how often somebody was not served.

    Checks that can still be filed are left out; those that no longer can count as missing.
    """
    rows = SpotCheck.objects.filter(draw__day__gte=month, draw__day__lt=next_month(month)).select_related("draw")
    over = [row for row in rows if row.filed_at is not None or row.draw.day < today - FILE_WITHIN]
    found = [
        Checked(
            row.draw.day,
            row.kind,
            Fraction(row.chance_of, row.chance_in),
            None if row.served is None else not row.served,
        )
        for row in over
    ]
    flexible, other = estimate(found, kind=DayKind.FLEXIBLE), estimate(found, kind=DayKind.OTHER)
    return MonthResult(
        drawn=len(rows),
        filed=sum(row.filed_at is not None for row in rows),
        every=estimate(found),
        flexible=flexible,
        other=other,
        apart=difference(flexible, other) if flexible and other else None,
    )


def repeats(day: date) -> bool | None:
    """Whether the draw of a day, made again from its seed and frame, gives the stored checks; None without a draw."""
    row = SpotDraw.objects.filter(day=day).select_related("procedure").first()
    if row is None:
        return None
    cells = from_json(row.frame)
    seed = seed_of(row.audit_head, row.day.isoformat(), row.procedure.digest)
    again = draw(cells, size=row.procedure.per_day, seed=seed)
    stored = row.checks.select_related("point")
    said = {(f"{c.point.key}@{c.minute}", Fraction(c.chance_of, c.chance_in)) for c in stored}
    return (
        seed == row.seed
        and fingerprint(cells) == row.frame_digest
        and said == {(one.cell.key, one.probability) for one in again}
    )


def drawn(day: date) -> bool:
    """Whether the day has been drawn."""
    return SpotDraw.objects.filter(day=day).exists()


def photo(check_id: str, actor: Actor, today: date) -> bytes:
    """The picture of a check, for the head of the counter's unit, BKD and the inspectorate.

    Raises OutsideScope, also where there is none; Forbidden.
    """
    row = SpotPhoto.objects.filter(check_row__public_id=check_id).select_related("check_row__draw").first()
    if row is None:
        raise OutsideScope(check_id)
    versions = ServicePointVersion.objects.filter(
        superseded_at=None, point=row.check_row.point_id, period__contains=row.check_row.draw.day
    )
    unit = versions.values_list("unit__key", flat=True).first()
    people.require_unit(actor, Right.SEE_DOOR_PHOTO, unit or "", today)
    return bytes(row.image)
