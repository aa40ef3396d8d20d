"""The pages citizens open: cacheable, without cookies, without anything internal, and the one tap."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, ServicePoint
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.counters import actions, reports
from luwes.apps.results.counters.days import State
from luwes.apps.results.models import ClosedReport, ServiceFigure
from luwes.core.services.hours import Window
from luwes.core.workdays.months import month_before
from luwes.web.sources.uploads import CappedMemoryUploadHandler
from tests.apps.results.services.world import World, plant
from tests.apps.results.spotchecks.test_photo import EXIF, PLAIN
from tests.world import SETUP, client_as

ALWAYS_OPEN = tuple(Window(day, 0, 1440) for day in range(1, 8))


@pytest.fixture
def world(db: None, present: datetime) -> World:
    return plant(present)


@pytest.fixture
def desk(world: World, present: datetime) -> tuple[str, str]:
    """A service open around the clock, so that the real present lies within its hours; and its counter."""
    standard = Standard("Gawat darurat", world.units.section, minutes=5, windows=ALWAYS_OPEN, source="SK 9/2026")
    with unit_of_work(SETUP, present):
        key = services.create_service(
            standard=standard,
            since=timezone.localdate(present) - timedelta(days=400),
            status=Counting.CONFIRMED,
            points=[Point("Meja depan", world.units.section)],
        )
    return key, ServicePoint.objects.get(service__key=key).key


def test_outside_its_hours_nobody_is_expected_to_say_anything(world: World, present: datetime) -> None:
    day = timezone.localdate(present).isoweekday()
    others = tuple(Window(other, 0, 1440) for other in range(1, 8) if other != day)
    standard = Standard("Layanan lain hari", world.units.section, minutes=5, windows=others, source="SK 9/2026")
    with unit_of_work(SETUP, present):
        key = services.create_service(
            standard=standard,
            since=timezone.localdate(present),
            status=Counting.CONFIRMED,
            points=[Point("Meja", world.units.section)],
        )
    page = Client().get(f"/l/{key}/").content.decode()
    assert "Di luar jam layanan" in page
    assert "Belum dilaporkan" not in page
    assert "Satu ketukan cukup" not in page


def test_the_page_is_the_same_for_all_kept_by_caches_and_sets_no_cookie(
    world: World, desk: tuple[str, str], present: datetime
) -> None:
    path = f"/l/{desk[0]}/"
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    assert answer.content == client_as(present, Role.ADMIN).get(path).content, "who asks cannot be seen in it"
    again = Client().get(path, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with unit_of_work(SETUP, present):
        actions.tap(point_key=desk[1], state=State.PAUSED, reason="rapat")
    changed = Client().get(path, headers={"If-None-Match": answer["ETag"]})
    assert changed.status_code == 200
    assert "rapat atau apel" in changed.content.decode()


def test_what_is_told_beforehand_promised_and_kept_is_on_the_page(
    world: World, desk: tuple[str, str], present: datetime
) -> None:
    today = timezone.localdate(present)
    month = month_before(today)
    sums = {"promised": 1000, "kept": 873, "records": 4, "shut_days": 0, "unknown": 0, "whole": 0, "tapped": 3}
    pk = ServicePoint.objects.get(key=desk[1]).service_id
    ServiceFigure.objects.create(
        service_id=pk, day=month, measure="hours_kept", kept=873, of=1000, sums=sums, computed_at=present
    )
    with unit_of_work(SETUP, present):
        actions.announce_closure(
            point_key=desk[1], closure=actions.Closure(today + timedelta(days=2), 480, 570, "Pelatihan petugas")
        )
        actions.set_note(service_key=desk[0], online="Daftar antrean", complaint="Kotak saran <b>")
    text = Client().get(f"/l/{desk[0]}/").content.decode()
    for said in (
        "87,3",
        "Pelatihan petugas",
        "Daftar antrean",
        "Kotak saran &lt;b&gt;",
        "5 menit",
        "belum ada jawaban",
    ):
        assert said in text
    assert "Dinas Kesehatan" in text
    assert "UPT Laboratorium" not in text, "units inside an agency are nobody's business"


def test_few_answers_are_not_shown(world: World, desk: tuple[str, str], present: datetime) -> None:
    month = month_before(timezone.localdate(present))
    pk = ServicePoint.objects.get(key=desk[1]).service_id
    from luwes.apps.results.measures import AnswerSums

    for count, shown in ((4, "tidak ditampilkan"), (5, "100")):
        ServiceFigure.objects.update_or_create(
            service_id=pk,
            day=month,
            measure="survey",
            defaults={"kept": count, "of": count, "sums": AnswerSums(answers=count).to_json(), "computed_at": present},
        )
        assert shown in Client().get(f"/l/{desk[0]}/").content.decode()


def bare(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.content.decode()


def test_what_is_not_public_looks_like_what_is_not_there(world: World, present: datetime) -> None:
    with unit_of_work(SETUP, present):
        proposed = services.create_service(
            standard=Standard("Masih usulan", world.units.health), since=timezone.localdate(present),
            status=Counting.PROPOSED, points=[],
        )  # fmt: skip
    nothing = bare("/l/tak-ada/")
    assert nothing[0] == 404
    for path in (
        f"/l/{proposed}/",
        "/l/199001012020121001/",
        f"/instansi/{world.units.section}/",
        f"/instansi/{world.units.government}/",
        "/instansi/tak-ada/",
    ):
        assert bare(path) == nothing, path


def test_an_agency_shows_its_services_and_those_below(world: World, desk: tuple[str, str]) -> None:
    status, text = bare(f"/instansi/{world.units.health}/")
    assert status == 200
    for said in ("Gawat darurat", "Pengujian sampel", "Izin praktik", "Meja depan: Belum dilaporkan"):
        assert said in text
    assert "UPT Laboratorium" not in text


def test_one_tap_reports_and_the_code_follows_it(desk: tuple[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/l/{desk[0]}/").content.decode()
    assert f'name="titik" value="{desk[1]}"' in page
    sent = client.post(f"/l/{desk[0]}/tutup/", {"titik": desk[1], "tanda": "a" * 32})
    assert sent.status_code == 303
    assert not client.cookies
    again = client.post(f"/l/{desk[0]}/tutup/", {"titik": desk[1], "tanda": "a" * 32})
    assert again["Location"] == sent["Location"]
    shown = client.get(sent["Location"])
    assert shown["Cache-Control"] == "no-store"
    code = ClosedReport.objects.get().code
    assert code in shown.content.decode()
    found = client.get("/l/lacak/", {"kode": f" {code.upper()} "})
    assert found["Location"] == sent["Location"]


def test_without_scripts_the_same_press_counts_once(desk: tuple[str, str]) -> None:
    for agent in ("Ponsel A", "Ponsel A", "Ponsel B"):
        Client().post(f"/l/{desk[0]}/tutup/", {"titik": desk[1], "tanda": ""}, headers={"User-Agent": agent})
    assert ClosedReport.objects.count() in (2, 3), "3 only where two minutes ended in between"


@pytest.mark.parametrize("point", ["", "tak-ada", "'; DROP TABLE x--", "<script>", "x" * 4000, "a\x00b"])
def test_a_report_about_nothing_is_the_unknown_page(desk: tuple[str, str], point: str) -> None:
    answer = Client().post(f"/l/{desk[0]}/tutup/", {"titik": point})
    assert answer.status_code == 404
    assert not ClosedReport.objects.exists()
    assert Client().get(f"/l/{desk[0]}/tutup/").status_code == 302


def test_a_flood_is_told_kindly(desk: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "DAILY", 1)
    Client().post(f"/l/{desk[0]}/tutup/", {"titik": desk[1], "tanda": "a" * 32})
    answer = Client().post(f"/l/{desk[0]}/tutup/", {"titik": desk[1], "tanda": "b" * 32})
    assert answer.status_code == 429
    assert "sudah diberi tahu" in answer.content.decode()


def test_unknown_codes_are_told_and_nothing_else(desk: tuple[str, str]) -> None:
    for code in ("zzzzzzzz", "199001012020121001"):
        answer = Client().get(f"/l/lacak/{code}/")
        assert answer.status_code == 404
        assert re.search("tidak dikenal", answer.content.decode())
    assert Client().get("/l/lacak/").status_code == 200
    assert Client().get("/l/lacak/", {"kode": "é-'"}).status_code == 200


def test_a_picture_is_added_with_the_code_without_scripts_and_seen_by_few(
    world: World, desk: tuple[str, str], present: datetime
) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = client.post(f"/l/{desk[0]}/tutup/", {"titik": desk[1], "tanda": ""})
    path = sent["Location"]
    page = client.get(path).content.decode()
    assert 'enctype="multipart/form-data"' in page
    for name, content, said in (
        ("surat.pdf", b"%PDF-1.7", "bukan foto JPEG"),
        ("besar.jpg", b"\xff\xd8" + b"x" * 5_200_000, "lebih besar dari 5 MB"),
    ):
        refused = client.post(f"{path}foto/", {"foto": SimpleUploadedFile(name, content)})
        assert refused.status_code == 422, name
        assert said in refused.content.decode()
    taken = client.post(f"{path}foto/", {"foto": SimpleUploadedFile("pintu.jpg", PLAIN[:2] + EXIF + PLAIN[2:])})
    assert (taken.status_code, taken["Location"]) == (303, path)
    assert not taken.cookies
    text = client.get(path).content.decode()
    assert "Foto pintu tersimpan" in text
    assert "multipart/form-data" not in text
    again = client.post(f"{path}foto/", {"foto": SimpleUploadedFile("pintu.jpg", PLAIN)})
    assert again.status_code == 409
    code = path.rstrip("/").rsplit("/", 1)[-1]
    inspector, leader = client_as(present, Role.INSPECTOR), client_as(present, Role.LEADER)
    shown = inspector.get(f"/loket/foto/{code}/")
    assert (shown["Content-Type"], shown.content) == ("image/jpeg", PLAIN)
    assert "no-store" in shown["Cache-Control"]
    assert leader.get(f"/loket/foto/{code}/").status_code == 403
    assert client.get(f"/loket/foto/{code}/").status_code == 302
    assert f"/loket/foto/{code}/" in inspector.get("/uji-petik/hasil/").content.decode()
    assert f"/loket/foto/{code}/" not in leader.get("/uji-petik/hasil/").content.decode()


def test_who_holds_no_code_sends_no_file(desk: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    monkeypatch.setattr(CappedMemoryUploadHandler, "file_complete", lambda self, size: held.append(size))
    for path, status in (("/l/lacak/abcdefgh/foto/", 404), (f"/l/{desk[0]}/tutup/", 303)):
        shot = SimpleUploadedFile("pintu.jpg", PLAIN)
        assert Client().post(path, {"titik": desk[1], "foto": shot}).status_code == status
    assert held == []
