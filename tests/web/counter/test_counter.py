"""The officer's three buttons with and without an account, and what the head does beside them."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.notices.models import NoticeCopy
from luwes.apps.people.models import ServicePoint
from luwes.apps.results.counters import actions, reports
from luwes.apps.results.models import ClosedReport, CounterTap, PlannedClosure, ServiceNote
from luwes.web.counter.sheet import picture
from luwes.web.frame import once
from tests.apps.results.services.world import World, plant
from tests.world import SETUP, client_as


@pytest.fixture
def world(db: None, present: datetime) -> World:
    return plant(present)


@pytest.fixture
def counter(world: World) -> str:
    return ServicePoint.objects.get(pk=world.counter).key


@pytest.fixture
def head(world: World, present: datetime) -> Client:
    return client_as(present, Role.HEAD, world.units.health)


@pytest.fixture
def seal(counter: str, present: datetime) -> str:
    with unit_of_work(SETUP, present):
        return actions.issue_seal(point_key=counter)


def send(client: Client, path: str, **fields: str) -> int:
    return client.post(path, {once.FIELD: once.new_token(), **fields}).status_code


def test_the_code_inside_taps_without_an_account(counter: str, seal: str) -> None:
    path, client = f"/loket/dalam/{counter}/{seal}/", Client()
    page = client.get(path)
    assert page["Cache-Control"] == "no-store"
    assert "Buka loket" in page.content.decode()
    assert not CounterTap.objects.exists(), "looking changes nothing"
    assert send(client, path, keadaan="buka") == 302
    assert send(client, path, keadaan="jeda", reason="") == 422
    assert send(client, path, keadaan="jeda", reason="gangguan") == 302
    assert send(client, path, keadaan="terbang") == 422
    assert [tap.state for tap in CounterTap.objects.order_by("pk")] == ["buka", "jeda"]
    assert "gangguan listrik" in client.get(path).content.decode()


def test_a_wrong_or_older_code_opens_nothing(counter: str, seal: str, present: datetime) -> None:
    for path in (f"/loket/dalam/{counter}/salah/", f"/loket/dalam/tak-ada/{seal}/"):
        answer = Client().post(path, {once.FIELD: once.new_token(), "keadaan": "buka"})
        assert answer.status_code == 404
        assert "tidak berlaku" in answer.content.decode()
    with unit_of_work(SETUP, present):
        actions.issue_seal(point_key=counter)
    assert Client().get(f"/loket/dalam/{counter}/{seal}/").status_code == 404
    assert not CounterTap.objects.exists()


def test_yesterday_is_closed_the_next_day(counter: str, seal: str, present: datetime) -> None:
    day = timezone.localdate(present) - timedelta(days=1)
    at = present - timedelta(days=1)
    pk = ServicePoint.objects.get(key=counter).pk
    CounterTap.objects.create(point_id=pk, day=day, minute=480, state="buka", via="kode", at=at)
    path, client = f"/loket/dalam/{counter}/{seal}/", Client()
    assert "loket tidak dilaporkan tutup" in client.get(path).content.decode()
    assert send(client, path, kemarin=day.isoformat(), closed="07:00") == 422
    assert send(client, path, kemarin=day.isoformat(), closed="siang") == 422
    assert send(client, path, kemarin="1", closed="15:00") == 422
    assert send(client, path, kemarin=day.isoformat(), closed="15:00") == 302
    assert CounterTap.objects.get(late=True).minute == 900
    assert "tidak dilaporkan tutup" not in client.get(path).content.decode()


def test_the_head_taps_answers_tells_and_prints(world: World, counter: str, head: Client, present: datetime) -> None:
    path = f"/loket/{counter}/"
    with unit_of_work(system("warga"), present):
        code = reports.report_closed(point_key=counter, form="f", address="203.0.113.1")
    assert send(head, path, keadaan="buka") == 302
    assert send(head, path, jawab=code, jawaban=" ") == 422
    assert send(head, path, jawab=code, jawaban="Petugas sudah kembali.") == 302
    assert ClosedReport.objects.get().answer == "Petugas sudah kembali."
    later = (timezone.localdate(present) + timedelta(days=3)).isoformat()
    told = {"penutupan": "1", "day": later, "start": "08:00", "end": "09:30"}
    assert send(head, path, **told, reason="") == 422
    assert send(head, path, **{**told, "end": "07:00"}, reason="Upacara") == 422
    assert send(head, path, **told, reason="Upacara") == 302
    assert send(head, path, cabut=PlannedClosure.objects.get().public_id) == 302
    assert send(head, path, cabut="tak-ada") == 422
    assert send(head, path, kemarin=timezone.localdate(present).isoformat(), closed="15:00") == 422
    assert "Buat kode baru" in head.get(path).content.decode()
    assert "Belum ada kode" in head.get(f"{path}cetak/").content.decode()
    assert send(head, path, kode="1") == 302
    sheet = head.get(f"{path}cetak/")
    assert actions.seal_of(counter) in sheet.content.decode()
    assert "<svg" in sheet.content.decode()
    assert sheet["Cache-Control"] == "no-store"


def test_another_agency_sees_nothing_of_it(world: World, counter: str, present: datetime) -> None:
    other = client_as(present, Role.HEAD, world.units.works)
    for path in (f"/loket/{counter}/", f"/loket/{counter}/cetak/", f"/loket/unit/{world.units.health}/"):
        assert other.get(path).status_code == 404
    assert send(other, f"/loket/{counter}/", keadaan="buka") == 404
    assert not CounterTap.objects.exists()


def test_a_units_counters_and_the_note_for_citizens(world: World, counter: str, head: Client) -> None:
    send(head, f"/loket/{counter}/", keadaan="buka")
    page = head.get(f"/loket/unit/{world.units.health}/").content.decode()
    assert "Pengujian sampel · Loket 1" in page
    assert "Buka" in page
    path = f"/loket/layanan/{world.test_key}/keterangan/"
    assert head.get(path).status_code == 200
    assert send(head, path, online="x" * 301) == 422
    assert send(head, path, online="Unduh formulir", complaint="") == 302
    assert ServiceNote.objects.get().online == "Unduh formulir"
    assert head.get("/loket/layanan/tak-ada/keterangan/").status_code == 404


def test_the_inbox_shows_what_was_told_once_and_lets_it_be_read(
    world: World, counter: str, head: Client, present: datetime
) -> None:
    pk = ServicePoint.objects.get(key=counter)
    assert "Tidak ada pemberitahuan" in head.get("/pemberitahuan/").content.decode()
    from luwes.apps.notices.actions import tell

    with unit_of_work(SETUP, present):
        tell(
            kind="uji", subject=pk.key, title="Loket tutup", text="Periksa <loket>", path=f"/loket/{counter}/",
            line=[world.units.section, world.units.health], roles=[],
        )  # fmt: skip
    page = head.get("/pemberitahuan/").content.decode()
    assert "Periksa &lt;loket&gt;" in page
    assert send(head, "/pemberitahuan/", dibaca="tak-ada") == 404
    assert send(head, "/pemberitahuan/", dibaca=NoticeCopy.objects.get().notice.public_id) == 302
    assert "sudah dibaca" in head.get("/pemberitahuan/").content.decode()
    assert User.objects.count() == 1


def test_the_picture_is_a_code_of_the_address() -> None:
    assert picture("https://contoh.go.id/loket/dalam/a/b/").startswith("<svg")
    assert picture("a") != picture("b")
