"""Private calendars: a line a phone understands, stable ids, growing versions, and nothing about who it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Employee
from luwes.apps.schedule.models import CalendarLink
from luwes.apps.schedule.rosters import calendars, drafts
from luwes.web.calendar.ics import Event, calendar_file
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import NIPS, build, flexible, id_of, plan, publish, reckoned
from tests.world import SETUP

pytestmark = pytest.mark.django_db


def events(payload: bytes) -> dict[str, dict[str, str]]:
    """Each event by its id, after unfolding."""
    found: dict[str, dict[str, str]] = {}
    for block in payload.decode().replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]:
        lines = dict(line.split(":", 1) for line in block.split("\r\nEND:VEVENT")[0].split("\r\n"))
        found[lines["UID"]] = lines
    return found


def link(now: datetime, person: str, unit: str) -> str:
    with unit_of_work(SETUP, now):
        return calendars.link_calendar(employee_id=person, unit_key=unit)


def test_a_phone_reads_own_days_and_sees_each_change(now: datetime, client: Client) -> None:
    units = build(now)
    old = plan(now, units.section)
    publish(now, old)
    secret = link(now, id_of("Ani"), units.section)
    answer = client.get(f"/jadwal/{secret}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar")
    assert "no-store" in answer["Cache-Control"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    found = events(answer.content)
    mine = sorted(day for name, day in flexible() if name == "Ani")
    assert [f"{day:%Y%m%d}" for day in mine] == [one["DTSTART;VALUE=DATE"] for one in found.values()]
    assert {(one["SEQUENCE"], one["STATUS"], one["SUMMARY"]) for one in found.values()} == {
        ("0", "CONFIRMED", "Bekerja dari rumah")
    }
    assert NIPS[0].encode() not in answer.content
    assert b"Ani" not in answer.content
    later = now + timedelta(hours=2)
    with unit_of_work(SETUP, later):
        asked = drafts.request_replan(
            draft_id=old.public_id, from_day=date(2026, 12, 1), reason="Apel", on_site=[mine[0]]
        )  # fmt: skip
    publish(later, reckoned(later, asked))
    changed = events(client.get(f"/jadwal/{secret}.ics").content)
    assert set(found) <= set(changed)
    first = changed[f"{id_of('Ani')}-{mine[0]:%Y%m%d}@jadwal.luwes"]
    assert (first["SEQUENCE"], first["STATUS"], first["DTSTAMP"]) == ("1", "CANCELLED", f"{later:%Y%m%dT%H%M%SZ}")
    assert changed[f"{id_of('Ani')}-{mine[1]:%Y%m%d}@jadwal.luwes"]["SEQUENCE"] == "0"


def test_leave_cancels_half_days_are_named_and_both_grow_in_version(now: datetime, client: Client) -> None:
    units = build(now, counter=False)
    secret = link(now, id_of("Gita"), units.works)
    files.store("flexdays", now, (NIPS[6], "02/12/2026", "Kantor lain", "Permohonan", "Siang", ""))
    (half,) = events(client.get(f"/jadwal/{secret}.ics").content).values()
    assert half["SUMMARY"] == "Bekerja dari kantor lain (siang)"
    later = now + timedelta(days=1)
    files.store("leave", later, (NIPS[6], "02/12/2026", "02/12/2026", "Penuh"))
    (gone,) = events(client.get(f"/jadwal/{secret}.ics").content).values()
    assert (gone["STATUS"], gone["UID"]) == ("CANCELLED", half["UID"])
    assert int(gone["SEQUENCE"]) > int(half["SEQUENCE"])


def test_only_the_newest_address_opens_and_a_withdrawn_one_tells_nothing(now: datetime, client: Client) -> None:
    units = build(now)
    first = link(now, id_of("Ani"), units.section)
    second = link(now, id_of("Ani"), units.section)
    assert client.get(f"/jadwal/{first}.ics").status_code == 404
    assert client.get(f"/jadwal/{second}.ics").status_code == 200
    with unit_of_work(SETUP, now):
        calendars.unlink_calendar(employee_id=id_of("Ani"), unit_key=units.section)
    with unit_of_work(SETUP, now):
        calendars.unlink_calendar(employee_id=id_of("Ani"), unit_key=units.section)
    assert client.get(f"/jadwal/{second}.ics").status_code == 404
    assert client.get("/jadwal/salah.ics").status_code == 404
    assert not CalendarLink.objects.filter(digest__in=[first, second]).exists()
    with pytest.raises(OutsideScope):
        link(now, id_of("Ani"), units.works)
    assert Employee.objects.count() == 8


def test_long_words_are_folded_between_letters_and_signs_escaped() -> None:
    text = "Rapat; apel, dan \\ " + "é" * 60
    made = calendar_file([Event("u", date(2026, 12, 1), text, datetime(2026, 11, 1, tzinfo=UTC))], name="Saya")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert events(made)["u"]["SUMMARY"] == "Rapat\\; apel\\, dan \\\\ " + "é" * 60
