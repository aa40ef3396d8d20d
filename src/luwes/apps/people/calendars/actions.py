"""Writes of calendars: loading what is shipped, late decrees, Ramadan, blackouts, working hours."""

from collections.abc import Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.calendars import rulebooks
from luwes.apps.people.changes import announce
from luwes.apps.people.models import CalendarDay, CalendarVersion, RamadanPeriod
from luwes.core.workdays.calendar import Holiday, HolidayKind, year_of
from luwes.core.workdays.files import Decree, RamadanWindow
from luwes.core.workdays.periods import DAY, Period
from luwes.core.workdays.status import Status

# Names the lock on calendars, which may not have a row yet.
LOCK = "people.calendar"


class NoSuchYear(Refused):
    """No calendar of this year is known yet: load or record it first."""

    code = "no_such_calendar"


class StaleCalendar(Refused):
    """Somebody made a newer version since the form was shown."""

    code = "stale_calendar"


class DayAlreadyOff(Refused):
    """The day is a holiday already."""

    code = "day_already_off"


class NoSuchHoliday(Refused):
    """The day is no holiday."""

    code = "no_such_holiday"


class ReasonMissing(Refused):
    """A change needs its basis in words."""

    code = "basis_missing"


def seed_calendars() -> dict[str, int]:
    """Load the shipped calendars and Ramadan windows that are not here yet; gives how many of each.

    A year that is known is left alone: what people edited is never replaced, and a second call changes nothing.
    """
    access.require_whole(current().actor, Right.MANAGE_CALENDAR)
    locking.lock_rows({}, names=[LOCK])
    loaded = {"calendars": 0, "ramadan": 0}
    known = set(CalendarVersion.objects.values_list("year", flat=True))
    for decree in rulebooks.decrees():
        if decree.year not in known:
            _store(decree)
            loaded["calendars"] += 1
    fasting = set(RamadanPeriod.objects.values_list("hijri", flat=True))
    for window in rulebooks.ramadan_windows():
        if window.hijri not in fasting:
            _store_ramadan(window)
            loaded["ramadan"] += 1
    if any(loaded.values()):
        record(action="calendar.seeded", subject="", facts=loaded)
    return loaded


def add_holiday(
    *, version: str, day: date, kind: HolidayKind, name: str, decree: str, number: str, issued: date | None
) -> str:
    """Add a day by a later decree: a new version of its year. `version` is the public id the form was made from.

    Gives the new version's public id. Raises NoSuchYear, StaleCalendar, DayAlreadyOff, ReasonMissing.
    """
    old = _open_version(day.year, version)
    if not (name.strip() and decree.strip()):
        raise ReasonMissing
    days = _days(old)
    if any(holiday.day == day for holiday in days):
        raise DayAlreadyOff(day.isoformat())
    added = Holiday(day, kind, name.strip(), Status.REPORTED)
    new = _replace(old, [*days, added], decree=decree.strip(), number=number.strip(), issued=issued, reason="")
    _settle(new, day, kind, added=True)
    return new.public_id


def remove_holiday(*, version: str, day: date, reason: str) -> str:
    """Take a day out: a new version of its year with the reason. Gives the new version's public id.

    Raises NoSuchYear, StaleCalendar, NoSuchHoliday, ReasonMissing.
    """
    old = _open_version(day.year, version)
    if not reason.strip():
        raise ReasonMissing
    days = _days(old)
    gone = next((holiday for holiday in days if holiday.day == day), None)
    if gone is None:
        raise NoSuchHoliday(day.isoformat())
    days.remove(gone)
    new = _replace(old, days, decree=old.decree, number=old.number, issued=old.issued, reason=reason.strip())
    _settle(new, day, gone.kind, added=False)
    return new.public_id


def decree_calendar(
    *, year: int, version: str, decree: str, number: str, issued: date | None, holidays: Sequence[Holiday]
) -> str:
    """Record a year's decree whole: the first version of an unknown year (`version` ""), or its next one.

    Gives the new version's public id. Raises StaleCalendar, ReasonMissing, DayTwice.
    """
    access.require_whole(current().actor, Right.MANAGE_CALENDAR)
    if not decree.strip():
        raise ReasonMissing
    year_of(year, tuple(holidays))
    locking.lock_rows({}, names=[LOCK])
    old = CalendarVersion.objects.filter(year=year, superseded_at=None).first()
    if (old.public_id if old else "") != version:
        raise StaleCalendar(version)
    new = _store(
        Decree(
            year=year,
            version=old.version + 1 if old else 1,
            decree=decree.strip(),
            number=number.strip(),
            issued=issued,
            source="",
            status=Status.SEEN,
            note="",
            holidays=tuple(holidays),
        )
    )
    facts = {"year": year, "version": new.version, "entries": len(holidays)}
    record(action="calendar.decreed", subject=new.public_id, facts=facts, basis=new.decree)
    return new.public_id


def set_ramadan(*, hijri: int, first: date, last: date, basis: str) -> None:
    """Record or move the Ramadan of a hijri year, both days inside. Raises ReasonMissing, EmptyPeriod."""
    work = current()
    access.require_whole(work.actor, Right.MANAGE_CALENDAR)
    if not basis.strip():
        raise ReasonMissing
    locking.lock_rows({}, names=[LOCK])
    window = RamadanWindow(hijri, Period(first, last + DAY), Status.REPORTED, basis.strip())
    before = RamadanPeriod.objects.filter(hijri=hijri, superseded_at=None)
    for row in before:
        # The days it leaves change as much as those it comes to.
        announce(kind="ramadan", subject=str(hijri), period=Period(row.period.lower, row.period.upper))
    before.update(superseded_at=work.now)
    _store_ramadan(window)
    record(
        action="ramadan.set",
        subject=str(hijri),
        facts={"since": first.isoformat(), "last": last.isoformat()},
        basis=basis,
    )


def _open_version(year: int, version: str) -> CalendarVersion:
    access.require_whole(current().actor, Right.MANAGE_CALENDAR)
    locking.lock_rows({}, names=[LOCK])
    found = CalendarVersion.objects.filter(year=year, superseded_at=None).first()
    if found is None:
        raise NoSuchYear(str(year))
    if found.public_id != version:
        raise StaleCalendar(version)
    return found


def _days(version: CalendarVersion) -> list[Holiday]:
    return [
        Holiday(row.day, HolidayKind(row.kind), row.name, Status(row.status)) for row in version.days.order_by("day")
    ]


def _store(decree: Decree) -> CalendarVersion:
    old = CalendarVersion.objects.filter(year=decree.year, superseded_at=None).first()
    if old is not None:
        _close(old)
    new = CalendarVersion.objects.create(
        year=decree.year,
        version=decree.version,
        decree=decree.decree,
        number=decree.number,
        issued=decree.issued,
        source=decree.source,
        status=decree.status.value,
        note=decree.note,
        recorded_at=current().now,
    )
    _fill(new, decree.holidays)
    announce(kind="calendar", subject=new.public_id, period=_year(decree.year))
    return new


def _replace(
    old: CalendarVersion, days: list[Holiday], *, decree: str, number: str, issued: date | None, reason: str
) -> CalendarVersion:
    _close(old)
    new = CalendarVersion.objects.create(
        year=old.year,
        version=old.version + 1,
        decree=decree,
        number=number,
        issued=issued,
        source=old.source,
        status=old.status,
        reason=reason,
        recorded_at=current().now,
    )
    _fill(new, days)
    return new


def _close(version: CalendarVersion) -> None:
    version.superseded_at = current().now
    version.save(update_fields=["superseded_at"])


def _fill(version: CalendarVersion, days: list[Holiday] | tuple[Holiday, ...]) -> None:
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, day=one.day, kind=one.kind.value, name=one.name, status=one.status.value)
        for one in days
    )


def _settle(version: CalendarVersion, day: date, kind: HolidayKind, *, added: bool) -> None:
    announce(kind="calendar", subject=version.public_id, period=Period(day, day + DAY))
    record(
        action="calendar.day_added" if added else "calendar.day_removed",
        subject=version.public_id,
        facts={"day": day.isoformat(), "kind": kind.value, "version": version.version},
        basis=version.reason or version.decree,
    )


def _store_ramadan(window: RamadanWindow) -> None:
    period = window.period
    RamadanPeriod.objects.create(
        hijri=window.hijri,
        period=DateRange(period.start, period.end, "[)"),
        status=window.status.value,
        basis=window.basis,
        recorded_at=current().now,
    )
    announce(kind="ramadan", subject=str(window.hijri), period=period)


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))
