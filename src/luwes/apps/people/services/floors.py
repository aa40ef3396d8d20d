"""Coverage floors: set by the head from a day on, and read for one day.

Whatever takes people away on a day takes from what lies above the floor: flexible days and leave, and ceremonies and
training just the same. Callers compare who is present at the point with `required`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.changes import announce
from luwes.apps.people.dated import make_room
from luwes.apps.people.models import Counting, CoverageFloor, ServicePoint, ServicePointVersion
from luwes.apps.people.services.actions import SourceMissing, signed
from luwes.apps.people.services.facts import Floor
from luwes.core.services.floors import Band, Need, needs, share_of
from luwes.core.services.hours import Window
from luwes.core.workdays.periods import Period


class NoSuchPoint(Refused):
    """There is no such service point on that day."""

    code = "no_such_point"


class BandsOverlap(Refused):
    """Two bands of one weekday share a minute: which of them holds?"""

    code = "bands_overlap"


class StaleFloors(Refused):
    """Somebody set other floors since the form was shown."""

    code = "stale_floors"


class ShareDiffers(Refused):
    """The minimum is not the share of the base, rounded up."""

    code = "share_differs"


@dataclass(frozen=True, slots=True)
class FloorRow:
    """A floor as it stands: `confirmed` False counts nowhere."""

    floor: Floor
    source: str
    confirmed: bool
    since: date


def set_floors(
    *,
    point_key: str,
    floors: Sequence[Floor],
    source: str,
    since: date,
    status: Counting = Counting.CONFIRMED,
    made_from: str | None = None,
) -> None:
    """From `since` on exactly these floors hold at the point; days before keep theirs. No floors: none is set.
    What only is proposed (`status`) counts nowhere. `made_from` is `floors_version` of the day as the form was made
    from it; None where nothing was shown before.

    Raises NoSuchPoint, OutsideScope, SourceMissing, BandsOverlap, ShareDiffers, StaleFloors.
    """
    version = _point(point_key, since)
    access.require_unit(current().actor, Right.MANAGE_SERVICES, version.unit.key, since)
    if not source.strip():
        raise SourceMissing
    _refuse_unclear(floors)
    locking.lock_rows({ServicePoint: [version.point_id]})
    if made_from is not None and made_from != floors_version(point_key, since):
        raise StaleFloors(point_key)
    write_floors(version, floors, source=source, since=since, status=status)


def write_floors(
    version: ServicePointVersion,
    floors: Sequence[Floor],
    *,
    source: str,
    since: date,
    status: Counting = Counting.CONFIRMED,
) -> None:
    """Set floors at a point the caller has locked. Access is the caller's matter."""
    work, point_key = current(), version.point.key
    # Each band is a thing of its own, so the days before keep every one of them.
    make_room(CoverageFloor.objects.filter(point=version.point), Period(since))
    by = signed(work.actor) if status is Counting.CONFIRMED else ""
    CoverageFloor.objects.bulk_create(_band(version, floor, source, since, status, by, work.now) for floor in floors)
    announce(kind="floor", subject=point_key, unit=version.unit.key, period=Period(since))
    record(
        action="floor.set",
        subject=point_key,
        facts={"since": since.isoformat(), "entries": len(floors), "kind": status.value},
        basis=source.strip(),
    )


def floors_version(point_key: str, day: date) -> str:
    """Names the floors that stand on the day, so that a form can say from which it was made."""
    rows = CoverageFloor.objects.filter(point__key=point_key, superseded_at=None, period__contains=day)
    first, last = rows.order_by("pk").first(), rows.order_by("pk").last()
    return f"{first.pk}-{last.pk}-{rows.count()}" if first and last else ""


def propose_floors(*, floors: Mapping[str, Sequence[Floor]], source: str, since: date) -> int:
    """Propose floors for many points at once, by point key; gives at how many. Proposed ones before give way.

    A point where a head confirmed floors keeps them and gets no proposal. Needs MANAGE_SERVICES over the whole.
    Raises NoSuchPoint, SourceMissing, BandsOverlap, ShareDiffers.
    """
    work = current()
    rights.require_whole(work.actor, Right.MANAGE_SERVICES)
    if not source.strip():
        raise SourceMissing
    points = {key: _point(key, since) for key, bands in sorted(floors.items()) if bands}
    for key in points:
        _refuse_unclear(floors[key])
    locking.lock_rows({ServicePoint: [version.point_id for version in points.values()]})
    standing = CoverageFloor.objects.filter(superseded_at=None, period__overlap=DateRange(since, None))
    confirmed = set(standing.filter(status=Counting.CONFIRMED.value).values_list("point__key", flat=True))
    chosen = {key: version for key, version in points.items() if key not in confirmed}
    make_room(CoverageFloor.objects.filter(point__in=[one.point_id for one in chosen.values()]), Period(since))
    CoverageFloor.objects.bulk_create(
        _band(version, floor, source, since, Counting.PROPOSED, "", work.now)
        for key, version in chosen.items()
        for floor in floors[key]
    )
    if chosen:
        record(
            action="floor.proposed",
            subject="",
            facts={"since": since.isoformat(), "entries": len(chosen)},
            basis=source.strip(),
        )
    return len(chosen)


def _band(
    version: ServicePointVersion,
    floor: Floor,
    source: str,
    since: date,
    status: Counting,
    confirmed_by: str,
    now: datetime,
) -> CoverageFloor:
    return CoverageFloor(
        point=version.point,
        weekday=floor.window.weekday,
        from_minute=floor.window.start,
        to_minute=floor.window.end,
        minimum=floor.minimum,
        share=floor.share,
        base=floor.base,
        source=source.strip(),
        status=status.value,
        confirmed_by=confirmed_by,
        period=(since, None),
        recorded_at=now,
    )


def floors_of(points: Sequence[str], day: date, known_at: datetime | None = None) -> Mapping[str, Sequence[FloorRow]]:
    """The floors that stand on the day by point key, weekday and hour; as known now, or at an instant."""
    rows = CoverageFloor.objects.filter(_known(known_at), point__key__in=points, period__contains=day)
    found: dict[str, list[FloorRow]] = {key: [] for key in points}
    for row in rows.select_related("point").order_by("weekday", "from_minute"):
        window = Window(row.weekday, row.from_minute, row.to_minute)
        floor = Floor(window, row.minimum, row.share, row.base)
        confirmed = row.status == Counting.CONFIRMED
        found[row.point.key].append(FloorRow(floor, row.source, confirmed, row.period.lower))
    return found


def required(point_key: str, day: date, known_at: datetime | None = None) -> tuple[Need, ...] | None:
    """How many must be at the point through the day, by confirmed floors alone.

    None: no floor is confirmed, so flexible days stay closed. (): floors are set, but none for this weekday.
    """
    return required_at([point_key], day, known_at)[point_key]


def required_at(
    points: Sequence[str], day: date, known_at: datetime | None = None
) -> Mapping[str, tuple[Need, ...] | None]:
    """`required` for many points in one query."""
    answer: dict[str, tuple[Need, ...] | None] = {}
    for key, rows in floors_of(points, day, known_at).items():
        bands = [Band(row.floor.window, row.floor.minimum) for row in rows if row.confirmed]
        answer[key] = needs(bands, day.isoweekday()) if bands else None
    return answer


def _known(at: datetime | None) -> Q:
    if at is None:
        return Q(superseded_at=None)
    return Q(recorded_at__lte=at) & (Q(superseded_at=None) | Q(superseded_at__gt=at))


def _point(key: str, day: date) -> ServicePointVersion:
    rows = ServicePointVersion.objects.filter(point__key=key, superseded_at=None, period__contains=day)
    version = rows.select_related("point", "unit").first()
    if version is None:
        raise NoSuchPoint(key)
    return version


def _refuse_unclear(floors: Sequence[Floor]) -> None:
    ordered = sorted(floors, key=lambda floor: floor.window)
    for left, right in pairwise(ordered):
        if left.window.weekday == right.window.weekday and right.window.start < left.window.end:
            raise BandsOverlap
    for floor in floors:
        if floor.share is not None and floor.base is not None and floor.minimum != share_of(floor.base, floor.share):
            raise ShareDiffers
