"""The invented province as `luwes demo` fills it: through the real importers, whole, and only once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from luwes.apps.people.calendars.queries import blackouts
from luwes.apps.people.programmes.queries import programs
from luwes.apps.people.queries import units_on
from luwes.apps.schedule import queries
from luwes.apps.schedule.models import ExposureMonth, LotRecord, Origin, PersonDay
from luwes.apps.sources.models import ImportBatch
from luwes.config import demo
from luwes.core.exposure.shares import DayKind
from luwes.examples.invented.names import UNIT_NAMES

STAFF = 450


def month_of(day: date) -> date:
    return day.replace(day=1)


@pytest.mark.django_db
def test_a_small_province_is_filled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # One recap is enough here: the others go the same way and cost a second each.
    monkeypatch.setattr(demo, "DATES", demo.DATES[-1:])
    demo.fill(STAFF)
    today = timezone.localdate(timezone.now())
    last = month_of(month_of(today) - timedelta(days=1))
    assert queries.months() == [last, month_of(today)]
    assert {origin: PersonDay.objects.filter(origin=origin).exists() for origin in Origin} == dict.fromkeys(
        Origin, True
    )
    assert LotRecord.objects.exists()
    drawn = set(PersonDay.objects.exclude(lot="").values_list("lot", flat=True))
    assert drawn <= set(LotRecord.objects.values_list("code", flat=True))
    agencies = queries.agencies_in(last)
    assert {line.name for line in agencies} >= set(UNIT_NAMES)
    # Fridays at home in some offices, and days on which everybody is at the desk.
    assert all(sum(line.days[kind] for line in agencies) > 0 for kind in (DayKind.FLEXIBLE, DayKind.OTHER))
    assert ExposureMonth.objects.filter(service__isnull=False).exists()

    names = {unit.key: unit.name for unit in units_on(today)}
    kept = programs()
    assert len(kept) == 4
    assert all(row.facts.milestones and row.facts.team and names[row.facts.owner] in UNIT_NAMES for row in kept)
    assert len(blackouts(date(2026, 12, 1), date(2027, 1, 1))) == 1

    counts = [ImportBatch.objects.count(), PersonDay.objects.count()]
    demo.fill(STAFF)
    assert counts == [ImportBatch.objects.count(), PersonDay.objects.count()]
    assert len(programs()) == 4
    assert len(blackouts(date(2026, 12, 1), date(2027, 1, 1))) == 1
