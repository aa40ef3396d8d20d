"""A small office for rosters: a laboratory with a counter, its people, and public works beside it."""

from datetime import date, datetime

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.models import Employee
from luwes.apps.people.services.facts import Floor
from luwes.apps.people.services.floors import set_floors
from luwes.apps.schedule.models import PersonDay, RosterDraft
from luwes.apps.schedule.rosters import drafts
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.solving import at_once
from luwes.core.services.hours import Window
from tests.apps.staff_files import bring, person
from tests.world import SETUP, Units, plant_service, plant_units

MONTH = date(2026, 12, 1)
NIPS = tuple(f"19900{at}152015041001" for at in range(1, 9))
NAMES = ("Ani", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi")


def build(now: datetime, *, floor: int = 3, counter: bool = True) -> Units:
    """Six people in the laboratory, two at public works; at the counter `floor` people on every working day."""
    units = plant_units(now)
    with unit_of_work(SETUP, now):
        seed_calendars()
    works = {"unor_nama": "Dinas Pekerjaan Umum", "satuan_kerja_kerja_nama": "Dinas Pekerjaan Umum"}
    people = [person(nip, name) for nip, name in zip(NIPS[:6], NAMES[:6], strict=True)]
    bring(now, *people, *(person(nip, name, **works) for nip, name in zip(NIPS[6:], NAMES[6:], strict=True)))
    if counter:
        _, point = plant_service(now, units.section)
        if floor:
            floors(now, point, floor)
    return units


def floors(now: datetime, point: str, minimum: int, since: date = date(2026, 1, 1)) -> None:
    bands = [Floor(Window(day, 480, 900), minimum) for day in range(1, 6)]
    with unit_of_work(SETUP, now):
        set_floors(point_key=point, floors=bands, source="SK 1/2026", since=since)


def plan(now: datetime, unit: str, wanted: Parameters = Parameters(), month: date = MONTH) -> RosterDraft:  # noqa: B008 - a frozen value
    """Ask and reckon, here instead of in a process of its own."""
    with unit_of_work(SETUP, now):
        asked = drafts.request(unit_key=unit, month=month, wanted=wanted)
    return reckoned(now, asked)


def reckoned(now: datetime, asked: RosterDraft) -> RosterDraft:
    outcome = drafts.reckon(drafts.draft(asked.public_id), run=at_once)
    with unit_of_work(SETUP, now):
        return drafts.store(draft_id=asked.public_id, outcome=outcome)


def publish(now: datetime, *ready: RosterDraft) -> None:
    with unit_of_work(SETUP, now):
        drafts.publish(draft_ids=[one.public_id for one in ready])


def flexible(day: date | None = None) -> set[tuple[str, date]]:
    """Who is flexible when by published rosters: name and day."""
    rows = PersonDay.objects.filter(origin="roster", superseded_at=None, yields_to="", part=0)
    if day is not None:
        rows = rows.filter(day=day)
    return set(rows.values_list("employee__name", "day"))


def id_of(name: str) -> str:
    return Employee.objects.get(name=name).public_id
