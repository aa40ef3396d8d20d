"""The invented month: the same each time, dirty as real files are, and readable by the importers."""

import io
from datetime import date, datetime

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.calendars.queries import calendar
from luwes.apps.schedule.models import ExposureMonth, LotRecord, PersonDay
from luwes.apps.sources.models import RejectedCell
from luwes.core.workdays.calendar import Pattern
from luwes.examples.invented.days import InventedMonth, invented_month
from luwes.examples.invented.people import invented_people
from luwes.examples.invented.staff_file import write_csv
from tests.apps.schedule.days import findings
from tests.apps.staff_files import choose_rest, confirm, stage
from tests.world import SETUP, plant_units

STAFF = 500
DAYS = [date(2026, 11, day) for day in range(2, 28) if date(2026, 11, day).weekday() < 5]
NOW = datetime.fromisoformat("2026-11-25T09:30:00+07:00")


def month(*, dirty: bool = True) -> InventedMonth:
    return invented_month(invented_people(STAFF), DAYS, dirty=dirty)


def test_the_same_people_and_days_give_the_same_files() -> None:
    assert month() == month()
    assert month() != invented_month(invented_people(STAFF), DAYS, seed=7)


def test_a_month_has_working_days() -> None:
    with pytest.raises(ValueError, match="working days"):
        invented_month(invented_people(STAFF), [])


def test_dirt_is_added_to_the_clean_rows() -> None:
    clean, dirty = month(dirty=False).rows, month().rows
    assert clean["flexdays"] == dirty["flexdays"][: len(clean["flexdays"])]
    assert 3 <= len(dirty["flexdays"]) - len(clean["flexdays"]) <= 6
    assert {row[2] for row in clean["flexdays"]} == {"Rumah", "Tempat lain", "Kantor lain"}
    assert len({row[3] for row in clean["flexdays"]}) >= 3


def test_a_lot_names_as_many_as_were_drawn() -> None:
    rows = month(dirty=False).rows
    for code, _, _, candidates, winners, *_ in rows["lots"]:
        drawn = {row[0] for row in rows["flexdays"] if row[5] == code}
        assert len(drawn) == int(winners) <= int(candidates)


@pytest.mark.django_db
def test_the_importers_read_all_four_files() -> None:
    plant_units(NOW)
    with unit_of_work(SETUP, NOW):
        seed_calendars()
    file = io.BytesIO()
    write_csv(file, invented_people(STAFF), dirty=False)
    confirm(choose_rest(stage(file.getvalue(), NOW), NOW, "new:unit"), NOW)
    days = list(calendar(2026).working_days(date(2026, 11, 1), date(2026, 12, 1), Pattern.FIVE))
    made = invented_month(invented_people(STAFF), days)
    done = {
        kind: confirm(stage(made.csv(kind), NOW, kind=kind, source=kind), NOW)
        for kind in ("lots", "leave", "trips", "flexdays")
    }
    assert all(batch.counts["new"] for batch in done.values())
    assert set(RejectedCell.objects.values_list("code", flat=True)) <= {"not_working"}
    told = findings(done["flexdays"])
    assert told["repeated_rows"] >= 3
    assert told["yields_to_leave"] >= 1
    assert "lot_unknown" not in told
    assert LotRecord.objects.count() == len(made.rows["lots"])
    assert set(PersonDay.objects.values_list("origin", flat=True)) == {"leave", "trips", "flexdays"}
    kinds = set(ExposureMonth.objects.values_list("kind", flat=True))
    assert {"flexible", "other"} <= kinds
