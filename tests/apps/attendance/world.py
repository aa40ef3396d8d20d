"""Punches as machines leave them."""

from datetime import date, datetime, time

from django.utils import timezone

from luwes.apps.attendance.models import Punch, PunchPlace
from luwes.apps.people.models import Employee
from luwes.apps.sources.models import ImportBatch

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 7)
OFFICE, ELSEWHERE, UNKNOWN = PunchPlace.OFFICE, PunchPlace.ELSEWHERE, PunchPlace.UNKNOWN


def press(nip: str, day: date, *times: str, place: PunchPlace = OFFICE) -> None:
    """Punches at local times ("7:28 in", "16:02"), stored as an import stores them."""
    employee, batch = Employee.objects.get(nip=nip), ImportBatch.objects.first()
    assert batch is not None
    rows = []
    for number, text in enumerate(times, 1):
        clock, _, direction = text.partition(" ")
        hour, minute = map(int, clock.split(":"))
        at = timezone.make_aware(datetime.combine(day, time(hour, minute)))
        rows.append(
            Punch(
                employee=employee,
                at=at,
                day=day,
                minute=hour * 60 + minute,
                direction=direction,
                place=place,
                grade="A",
                batch=batch,
                row_number=number,
                recorded_at=at,
            )
        )
    Punch.objects.bulk_create(rows)


def full_day(nip: str, day: date, place: PunchPlace = OFFICE) -> None:
    """In time, until the end."""
    press(nip, day, "7:12 in", "16:31 out", place=place)
