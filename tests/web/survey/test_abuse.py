"""The public doors under abuse: an office behind one address, clocks off by a day, forged codes, a database away."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connections
from django.test import Client
from django.utils import timezone

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.counters import actions as counters
from luwes.apps.results.counters import reports
from luwes.apps.results.intake.posters import retire_poster
from luwes.apps.results.models import ClosedReport, CounterTap, QrAnswer
from tests.apps.results.intake.world import World, answer, plant, sum_up
from tests.web.survey.test_public import JSON, send
from tests.world import SETUP

OFFICE = {"REMOTE_ADDR": "203.0.113.7"}


def test_sixty_honest_people_behind_one_address_are_all_taken(world: World) -> None:
    office = Client(enforce_csrf_checks=True, **OFFICE)  # type: ignore[arg-type] # goes into every request's environment
    codes = [send(office, world.code, nomor=str(uuid4())).status_code for _ in range(60)]
    assert codes == [303] * 60
    assert QrAnswer.objects.count() == 60
    # The same office before a closed counter: each is taken and has a code, the later ones counted apart.
    for person in range(60):
        told = office.post(f"/l/{world.service_key}/tutup/", {"titik": world.point_key, "tanda": f"{person:020}"})
        assert told.status_code == 303
    assert ClosedReport.objects.values("code").distinct().count() == 60


def test_only_how_long_an_answer_waited_says_when_so_a_clock_off_by_a_day_does_no_harm(
    world: World, now: datetime
) -> None:
    """The phone sends the difference of two of its own readings, and no time of day that could be wrong."""
    page = Client().get(f"/s/{world.code}/").content.decode()
    assert re.findall(r'name="(umur|waktu|jam|tanggal)"', page) == []
    assert send(Client(), world.code, nomor=str(uuid4()), umur="7200", jam="2031-01-01T00:00").status_code == 303
    row = QrAnswer.objects.get()
    assert abs(row.said_at - (now - timedelta(hours=2))) < timedelta(minutes=1)
    assert "jam_ponsel" not in row.flags


def test_a_clock_set_right_while_the_answer_waited_is_flagged_and_kept(world: World) -> None:
    for wait in ("-86400", str(8 * 86400), "besok"):
        assert send(Client(), world.code, nomor=str(uuid4()), umur=wait).status_code == 303
    rows = QrAnswer.objects.all()
    assert [row.flags for row in rows] == [["jam_ponsel"]] * 3
    assert {row.day for row in rows} == {timezone.localdate()}


def test_forged_and_retired_codes_tell_nothing_and_store_nothing(world: World, now: datetime) -> None:
    with unit_of_work(SETUP, now):
        old = counters.issue_seal(point_key=world.point_key)
    with unit_of_work(SETUP, now):
        counters.issue_seal(point_key=world.point_key)
    citizen = Client()
    broken = {
        citizen.post(f"/loket/dalam/{key}/{seal}/", {"keadaan": "buka"}).content
        for key, seal in ((world.point_key, old), (world.point_key, "a" * 22), ("tak-ada", old))
    }
    assert len(broken) == 1, "an older print, a guess and a counter that does not exist look the same"
    assert not CounterTap.objects.exists()
    nothing = citizen.get("/l/lacak/tidakada/")
    for code in ("1' OR '1'='1", "<script>", "0" * 200, "199001012020121001"):
        asked = citizen.get("/l/lacak/", {"kode": code}, follow=True)
        assert asked.status_code in (200, 404)
        assert b"<script>" not in asked.content.replace(b"<script type", b"").replace(b"<script src", b"")
    assert nothing.status_code == 404
    for key in ("'; DROP TABLE results_closedreport; --", "\x00", world.units.section, "199001012020121001"):
        told = citizen.post(f"/l/{world.service_key}/tutup/", {"titik": key})
        assert told.status_code == 404
    assert not ClosedReport.objects.exists()
    with unit_of_work(SETUP, now):
        retire_poster(code=world.code)
    late = send(citizen, world.code, nomor=str(uuid4()))
    assert b"sudah tidak dipakai" in late.content
    assert not QrAnswer.objects.exists()


def test_a_report_pressed_again_and_again_is_one(world: World, now: datetime) -> None:
    codes = set()
    for minute in range(3):
        with unit_of_work(SETUP, now + timedelta(minutes=minute)):
            codes.add(reports.report_closed(point_key=world.point_key, form="sama", address="203.0.113.7"))
    assert len(codes) == ClosedReport.objects.count() == 1


def test_answers_said_while_the_database_is_away_come_in_afterwards_once(fresh_database: str) -> None:
    """Away for real: no connection is let in. The phone is told to keep the answer, and sends the same form again."""
    now = timezone.now()
    world = plant(now)
    phone = Client(raise_request_exception=False)
    numbers = [str(uuid4()) for _ in range(3)]
    assert send(phone, world.code, nomor=numbers[0]).status_code == 303
    _let_in(fresh_database, allowed=False)
    try:
        away = [phone.post(f"/s/{world.code}/", {"puas": "4", "nomor": one}, headers=JSON) for one in numbers]
        assert {one.status_code for one in away} == {503}
        assert all(b"Traceback" not in one.content for one in away)
    finally:
        _let_in(fresh_database, allowed=True)
    again = [send(phone, world.code, nomor=one, umur="60").status_code for one in numbers * 2]
    assert again == [303] * 6
    assert QrAnswer.objects.count() == 3
    answer(now, world.code, nomor=numbers[0], puas="1")
    sum_up(now)
    assert not QrAnswer.objects.filter(satisfied=1).exists(), "a replay keeps the first words"


def _let_in(name: str, *, allowed: bool) -> None:
    """Open or shut a database to everybody, and throw out who is in."""
    connections.close_all()
    with connections.create_connection("default")._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {"true" if allowed else "false"}')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
