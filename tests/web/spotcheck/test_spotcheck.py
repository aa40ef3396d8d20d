"""The checker's list, the caller's link, the results and the form that freezes a procedure."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Job, Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, ServicePoint
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.models import SpotCheck, SpotProcedure
from luwes.apps.results.spotchecks.actions import draw_day, freeze_procedure
from luwes.core.formats import long_date
from luwes.core.sampling.estimate import Difference
from luwes.core.services.hours import Window
from luwes.web.frame import once
from luwes.web.spotcheck import results
from tests.apps.results.services.world import World, plant
from tests.apps.results.spotchecks.test_photo import EXIF, PLAIN
from tests.world import SETUP, client_as, give_link

ALWAYS_OPEN = tuple(Window(day, 0, 1440) for day in range(1, 8))
PHOTO = b"\xff\xd8" + EXIF + PLAIN[2:]


@pytest.fixture
def world(db: None, present: datetime) -> World:
    return plant(present)


@pytest.fixture
def checks(world: World, present: datetime) -> list[SpotCheck]:
    """Three checks of today at a counter that never closes, drawn by a procedure frozen yesterday."""
    today = timezone.localdate(present)
    standard = Standard("Gawat darurat", world.units.section, windows=ALWAYS_OPEN, source="SK 9/2026")
    with unit_of_work(SETUP, present - timedelta(days=2)):
        services.create_service(
            standard=standard, since=today, status=Counting.CONFIRMED, points=[Point("Meja", world.units.section)]
        )
        freeze_procedure(since=today - timedelta(days=1), per_day=3, flexible_rate=2, base_share=Decimal("0.03"))
    with unit_of_work(SETUP, present):
        draw_day(day=today)
    assert ServicePoint.objects.exists()
    return list(SpotCheck.objects.order_by("minute"))


def owner(client: Client, path: str) -> str:
    (found,) = re.findall('data-later-of="([0-9a-f]+)"', client.get(path).content.decode())
    return str(found)


def send(client: Client, path: str, check: SpotCheck, found: str, photo: bytes = b"", **more: str) -> int:
    fields: dict[str, object] = {
        once.FIELD: once.new_token(),
        "periksa": check.public_id,
        "pemilik": owner(client, path),
    }
    fields |= {f"{check.public_id}-{name}": value for name, value in {"found": found, **more}.items()}
    if photo:
        fields[f"{check.public_id}-photo"] = SimpleUploadedFile("pintu.jpg", photo, "image/jpeg")
    return client.post(path, fields).status_code


def test_an_inspector_files_what_was_found(checks: list[SpotCheck], present: datetime) -> None:
    client = client_as(present, Role.INSPECTOR)
    page = client.get("/uji-petik/").content.decode()
    assert len(re.findall('data-later="', page)) == 3, "every form is on one page, for where there is no signal"
    assert send(client, "/uji-petik/", checks[0], "") == 422
    assert send(client, "/uji-petik/", checks[0], "dilayani", waited="600") == 422
    assert send(client, "/uji-petik/", checks[0], "dilayani", waited="12", said="10:05") == 302
    assert send(client, "/uji-petik/", checks[1], "tutup", photo=b"GIF89a") == 422
    assert send(client, "/uji-petik/", checks[1], "tutup", photo=PHOTO) == 302
    rows = list(SpotCheck.objects.order_by("minute").values_list("reached", "served", "waited", "said_minute"))
    assert rows == [(True, True, 12, 605), (False, False, None, None), (None, None, None, None)]
    assert "2 pemeriksaan hari ini sudah diisi" in client.get("/uji-petik/").content.decode()
    picture = client.get(f"/uji-petik/foto/{checks[1].public_id}/")
    assert (picture["Content-Type"], picture.content) == ("image/jpeg", PLAIN)
    assert client.get(f"/uji-petik/foto/{checks[0].public_id}/").status_code == 404


def test_checks_are_told_apart_by_service_and_those_of_another_day_stand_by_themselves(
    checks: list[SpotCheck], present: datetime
) -> None:
    today = timezone.localdate(present)
    moved = checks[0].draw
    moved.day = today - timedelta(days=1)
    moved.save(update_fields=["day"])
    with unit_of_work(SETUP, present):
        draw_day(day=today)
    page = client_as(present, Role.INSPECTOR).get("/uji-petik/").content.decode()
    headings = re.findall(r"<h2>([^<]+)</h2>", page)
    assert headings == [f"Belum diisi dari {long_date(moved.day, 'id')}", long_date(today, "id")]
    assert page.count('data-later="') == 6
    assert "· Gawat darurat, Meja" in page


def test_a_caller_files_through_a_link_within_its_unit(
    world: World, checks: list[SpotCheck], present: datetime
) -> None:
    give_link(present, world.units.government, "penelepon", job=Job.SPOT_CHECKS)
    give_link(present, world.units.works, "lain", job=Job.SPOT_CHECKS)
    assert send(Client(), "/tugas/penelepon/", checks[2], "tidak") == 302
    assert (SpotCheck.objects.get(pk=checks[2].pk).reached, SpotCheck.objects.get(pk=checks[2].pk).served) == (
        True,
        False,
    )
    assert "Hasil tersimpan" in Client().get("/tugas/penelepon/?selesai=1").content.decode()
    assert "Tidak ada pemeriksaan" in Client().get("/tugas/lain/").content.decode()
    assert send(Client(), "/tugas/lain/", checks[0], "dilayani") == 422
    assert SpotCheck.objects.get(pk=checks[0].pk).filed_at is None


def test_what_one_person_kept_on_a_phone_is_never_filed_under_another(
    world: World, checks: list[SpotCheck], present: datetime
) -> None:
    path = "/uji-petik/"
    first = client_as(present, Role.INSPECTOR)
    second = client_as(present, Role.INSPECTOR, email="lain@contoh.go.id")
    kept = {once.FIELD: once.new_token(), "periksa": checks[0].public_id, f"{checks[0].public_id}-found": "dilayani"}
    for whose in (owner(first, path), "", "x"):
        answer = second.post(path, kept | {"pemilik": whose})
        assert answer.status_code == 409
        assert "tidak disimpan atas nama Anda" in answer.content.decode()
    assert second.post(path, kept).status_code == 409, "a form that names nobody is nobody's"
    assert not SpotCheck.objects.exclude(filed_at=None).exists()
    again = Client()
    again.force_login(User.objects.get(email=f"{Role.INSPECTOR.value}.semua@contoh.go.id"))
    assert owner(again, path) == owner(first, path), "a later sign-in is the same person"
    assert again.post(path, kept | {"pemilik": owner(again, path)}).status_code == 302
    give_link(present, world.units.government, "satu", job=Job.SPOT_CHECKS)
    give_link(present, world.units.government, "dua", job=Job.SPOT_CHECKS)
    by_link = kept | {"periksa": checks[1].public_id, f"{checks[1].public_id}-found": "tutup"}
    by_link |= {"pemilik": owner(Client(), "/tugas/satu/")}
    assert Client().post("/tugas/dua/", by_link).status_code == 409
    assert Client().post("/tugas/satu/", by_link).status_code == 302


def test_nobody_at_the_counter_sees_whom_it_will_be(world: World, checks: list[SpotCheck], present: datetime) -> None:
    for role, scope in ((Role.HEAD, world.units.health), (Role.ADMIN, ""), (Role.LEADER, "")):
        assert client_as(present, role, scope).get("/uji-petik/").status_code in (403, 404)


def test_results_say_the_share_its_interval_and_what_is_missing(checks: list[SpotCheck], present: datetime) -> None:
    client = client_as(present, Role.INSPECTOR)
    send(client, "/uji-petik/", checks[0], "dilayani")
    send(client, "/uji-petik/", checks[1], "tutup")
    page = client_as(present, Role.LEADER).get("/uji-petik/hasil/").content.decode()
    assert "2 dari 3 pemeriksaan yang terundi sudah diisi" in page
    assert "50,0" in page
    assert "hasilnya sama" in page
    assert "Setelah 22 hari kerja" in page
    SpotCheck.objects.filter(pk=checks[2].pk).update(minute=7)
    assert "telah diubah" in client_as(present, Role.ORGANISATION).get("/uji-petik/hasil/").content.decode()


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(0.5, 6.0, "lebih sering"), (-6.0, -0.5, "lebih jarang"), (-2.0, 6.0, "belum dapat disebut")],
)
def test_a_difference_is_called_worse_or_better_only_where_its_interval_says_so(
    low: float, high: float, told: str
) -> None:
    found = results._apart(Difference((low + high) / 200, low / 100, high / 100))
    assert told in found["told"]
    assert found["low"] == pytest.approx(low)


def test_an_empty_finding_asks_for_one(checks: list[SpotCheck], present: datetime) -> None:
    client = client_as(present, Role.INSPECTOR)
    path, check = "/uji-petik/", checks[0].public_id
    fields = {once.FIELD: once.new_token(), "periksa": check, "pemilik": owner(client, path)}
    page = client.post(path, fields).content.decode()
    assert "Apa yang Anda temukan? Pilih satu jawaban." in page


def test_the_procedure_is_frozen_before_it_begins(world: World, present: datetime) -> None:
    client = client_as(present, Role.ORGANISATION)
    tomorrow = (timezone.localdate(present) + timedelta(days=1)).isoformat()
    today = timezone.localdate(present).isoformat()
    fields = {"per_day": "12", "flexible_rate": "2", "base_percent": "3,5"}

    def freeze(who: Client, **more: str) -> int:
        return who.post("/uji-petik/hasil/", {once.FIELD: once.new_token(), **fields, **more}).status_code

    assert freeze(client, since=today) == 422
    assert freeze(client, since=tomorrow, per_day="0") == 422
    assert freeze(client, since=tomorrow) == 302
    assert SpotProcedure.objects.get().base_share == Decimal("0.0350")
    assert freeze(client_as(present, Role.INSPECTOR), since=tomorrow) == 403
    assert "Bekukan" in client.get("/uji-petik/hasil/").content.decode()
