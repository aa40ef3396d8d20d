"""C1 and C2 without an account, a cookie or a script; small, once, and kind when nothing can be taken."""

import gzip
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.intake import receiving, rounds
from luwes.apps.results.intake.posters import retire_poster
from luwes.apps.results.models import QrAnswer, RoundKind, SurveyComment, SurveyRound
from tests.apps.results.intake.world import World, begin
from tests.world import SETUP

LARGEST = 20_000
JSON = {"Accept": "application/json"}


@pytest.fixture
def citizen() -> Client:
    return Client(enforce_csrf_checks=True)


def form_of(citizen: Client, code: str) -> str:
    """The number of a fresh form."""
    page = citizen.get(f"/s/{code}/").content.decode()
    found = re.search(r'name="nomor" value="([^"]+)"', page)
    assert found
    return found[1]


def send(citizen: Client, code: str, **form: str) -> HttpResponse:
    return citizen.post(f"/s/{code}/", {"puas": "4", **form})


def test_a_citizen_reads_the_agency_and_not_the_unit_within(citizen: Client, world: World) -> None:
    page = citizen.get(f"/s/{world.code}/").content.decode()
    assert "Dinas Kesehatan" in page
    assert "UPT Laboratorium" not in page


def test_an_answer_without_script_cookie_or_session(citizen: Client, world: World) -> None:
    number = form_of(citizen, world.code)
    answer = send(citizen, world.code, nomor=number, pesan="Cepat")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/s/{world.code}/terima-kasih/")
    thanks = citizen.get(answer.headers["Location"])
    assert "sudah tersimpan" in thanks.content.decode()
    assert "lapor.go.id" in thanks.content.decode()
    assert QrAnswer.objects.get().satisfied == 4
    assert not citizen.cookies
    for page in (citizen.get(f"/s/{world.code}/"), answer, thanks):
        assert "Set-Cookie" not in page.headers
    assert citizen.get(f"/s/{world.code}/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", RoundKind)
def test_the_first_load_is_small_and_from_one_host(
    citizen: Client, world: World, now: datetime, kind: RoundKind
) -> None:
    if kind is RoundKind.OFFICIAL:
        begin(now, kind)
    answer = citizen.get(f"/s/{world.code}/", headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(answer.content).decode()
    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert len(files) == 4
    assert "//" not in page
    sizes = {name: Path(str(finders.find(name))).stat().st_size for name in files}
    # Files uncompressed: what the server makes of them is smaller.
    # With what is put aside for a phone without signal.
    aside = citizen.get("/s/luring/", headers={"Accept-Encoding": "gzip"}), citizen.get("/luring.js")
    sizes |= {one.request["PATH_INFO"]: len(one.content) for one in aside}
    assert len(answer.content) + sum(sizes.values()) < LARGEST, sizes
    assert page.count("<fieldset") == (9 if kind is RoundKind.OFFICIAL else 3)


def test_the_same_form_twice_is_told_kindly_and_counts_once(citizen: Client, world: World) -> None:
    number = form_of(citizen, world.code)
    send(citizen, world.code, nomor=number)
    again = send(citizen, world.code, nomor=number)
    assert "tetap dihitung satu kali" in citizen.get(again.headers["Location"]).content.decode()
    assert QrAnswer.objects.count() == 1


def test_a_script_is_answered_in_its_own_words(citizen: Client, world: World) -> None:
    number = form_of(citizen, world.code)
    sent = citizen.post(f"/s/{world.code}/", {"puas": "2", "nomor": number, "umur": "120"}, headers=JSON)
    assert sent.json() == {"to": f"/s/{world.code}/terima-kasih/"}
    told = citizen.post("/s/tidakada/", {"puas": "2", "nomor": number}, headers=JSON)
    assert (told.status_code, "tidak kami kenal" in told.json()["told"]) == (404, True)


def test_a_code_typed_in_capitals_is_the_same_code(citizen: Client, world: World) -> None:
    assert citizen.get(f"/s/{world.code.upper()}/").status_code == 200


def test_unknown_retired_and_closed_are_said_and_nothing_else_is_told(
    citizen: Client, world: World, now: datetime
) -> None:
    unknown = citizen.get("/s/tidakada/")
    assert (unknown.status_code, "tidak kami kenal" in unknown.content.decode()) == (404, True)
    with unit_of_work(SETUP, now - timedelta(minutes=1)):
        retire_poster(code=world.code)
    retired = citizen.get(f"/s/{world.code}/")
    assert (retired.status_code, "tidak dipakai" in retired.content.decode()) == (200, True)
    assert "Pengujian" not in retired.content.decode()
    assert send(citizen, world.code, nomor="00000000-0000-4000-8000-000000000000").status_code == 410
    with unit_of_work(SETUP, now - timedelta(days=1)):
        rounds.close_round(key=world.round)
    SurveyRound.objects.update(
        since=timezone.localdate(now) - timedelta(days=9), until=timezone.localdate(now) - timedelta(days=8)
    )
    closed = citizen.get(f"/s/{world.other}/")
    assert (closed.status_code, "sedang tidak dibuka" in closed.content.decode()) == (200, True)
    assert send(citizen, world.other, nomor="00000000-0000-4000-8000-000000000000").status_code == 410
    assert QrAnswer.objects.count() == 0


@pytest.mark.parametrize(
    "form",
    [
        {"nomor": "1; DROP TABLE results_qranswer"},
        {"puas": "<script>alert(1)</script>"},
        {"puas": "4" * 4_000},
        {"puas": "\x00"},
        {"nomor": ""},
    ],
)
def test_forged_forms_are_refused_and_store_nothing(citizen: Client, world: World, form: dict[str, str]) -> None:
    number = form_of(citizen, world.code)
    answer = send(citizen, world.code, **{"nomor": number, **form})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert QrAnswer.objects.count() == 0


def test_a_line_of_four_thousand_letters_and_script_is_kept_as_short_text(citizen: Client, world: World) -> None:
    number = form_of(citizen, world.code)
    send(citizen, world.code, nomor=number, pesan="<script>alert(1)</script>\x00" + "a" * 4_000)
    text = SurveyComment.objects.get().text
    assert (len(text), text.startswith("<script>")) == (500, True)


def test_a_flood_is_asked_to_wait(citizen: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "PER_POSTER", 1)
    monkeypatch.setattr("luwes.core.intake.limits.PER_POSTER", 1)
    assert send(citizen, world.code, nomor=form_of(citizen, world.code)).status_code == 303
    answer = send(citizen, world.code, nomor=form_of(citizen, world.code))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "belum tersimpan" in answer.content.decode()


def test_what_a_phone_shows_without_signal_is_public_and_says_what_happens(citizen: Client) -> None:
    answer = citizen.get("/s/luring/")
    assert "terbuka lagi sendiri" in answer.content.decode()
    assert answer.cookies.keys() == set()
