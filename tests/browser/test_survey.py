"""The citizens' survey in a real browser: phones light and dark, without scripts, without signal; and its desk."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from luwes.apps.accounts.roles import Role
from luwes.apps.results.models import QrAnswer, RoundKind
from tests.apps.results.intake.world import World, answer, begin, plant, sum_up
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, give_role

pytestmark = pytest.mark.browser


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


def seen(page: Page, name: str) -> None:
    """As the phone's window shows it: a picture of the whole page would stretch every question to its height."""
    check_axe(page)
    check_fits(page)
    if folder := os.environ.get("LUWES_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def fill(page: Page) -> None:
    page.get_by_role("group", name="dilayani pada kunjungan").get_by_text("Ya", exact=True).click()
    page.get_by_role("group", name="dijanjikan").get_by_text("Tidak", exact=True).click()
    page.get_by_text("Sangat puas", exact=True).click()
    page.get_by_label("Ada yang ingin").fill("Antre lama")


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (390, "dark")])
def test_a_citizen_answers_one_question_a_view(open_page: Callable[..., Page], width: int, theme: str) -> None:
    world = plant(timezone.now())
    page = open_page(f"/s/{world.code}/", width=width, theme=theme)
    seen(page, f"survei-{width}-{theme}")
    page.get_by_role("link", name="Mulai").click()
    fill(page)
    # The page itself still rolls to the next question: shown once that has come to rest.
    for _ in range(5):
        page.locator("#puas").evaluate("place => place.scrollIntoView({ behavior: 'instant' })")
        page.wait_for_timeout(300)
    expect(page.get_by_role("group", name="Seberapa puas")).to_be_in_viewport(ratio=0.9)
    seen(page, f"survei-pertanyaan-{width}-{theme}")
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("heading", name="Terima kasih").wait_for()
    look(page, f"survei-terima-kasih-{width}-{theme}")
    row = QrAnswer.objects.get()
    assert (row.was_served, row.as_promised, row.satisfied, row.comment.text) == (True, False, 4, "Antre lama")
    assert page.context.cookies() == []
    page.goto(f"/s/{world.code}/")
    page.get_by_text("sudah ada jawaban hari ini").wait_for()


def test_without_scripts_the_form_is_simply_sent(open_page: Callable[..., Page]) -> None:
    world = plant(timezone.now())
    begin(timezone.now(), RoundKind.OFFICIAL)
    page = open_page(f"/s/{world.code}/", width=360, script=False)
    page.get_by_text("Sangat mudah").click()
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("heading", name="Terima kasih").wait_for()
    assert QrAnswer.objects.get().elements == [None, 4, *[None] * 7]
    assert page.context.cookies() == []


def test_without_signal_the_answer_waits_on_the_phone_and_is_sent_once(open_page: Callable[..., Page]) -> None:
    world = plant(timezone.now())
    page = open_page(f"/s/{world.code}/", width=390)
    fill(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda tersimpan di ponsel ini")).to_be_visible()
    expect(page.get_by_text("Jawaban Anda tersimpan di ponsel ini")).to_be_in_viewport()
    seen(page, "survei-menunggu-390")
    assert QrAnswer.objects.count() == 0
    page.context.set_offline(False)
    page.get_by_role("heading", name="Terima kasih").wait_for()
    assert QrAnswer.objects.count() == 1
    assert page.evaluate("localStorage.getItem('luwes-survei')") == "[]"


def test_a_server_that_is_away_and_a_phone_that_is_closed_lose_nothing(open_page: Callable[..., Page]) -> None:
    world = plant(timezone.now())
    page = open_page(f"/s/{world.code}/", width=390)
    fill(page)
    page.route(f"**/s/{world.code}/", lambda route: route.fulfill(status=503, body="basis data tidak terjangkau"))
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda tersimpan di ponsel ini")).to_be_visible()
    page.unroute_all()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.goto(f"/s/{world.other}/")
    assert QrAnswer.objects.get().poster.code == world.code


def busy(now: datetime) -> World:
    world = plant(now)
    begin(now, RoundKind.OFFICIAL, last=timezone.localdate(now) + timedelta(days=13))
    nine = {f"u{place}": "3" for place in range(1, 10)}
    for place in range(8):
        address = f"198.51.100.{place}"
        answer(now, world.code, address=address, puas=str(1 + place % 4), pesan="Petugas ramah, antrean lama")
        answer(now, world.code, address=address, **nine)
    for _ in range(6):
        answer(now, world.code, puas="4")
    sum_up(now)
    return world


@pytest.mark.parametrize("width", [390, 1280])
def test_a_head_reads_the_survey(open_page: Callable[..., Page], width: int) -> None:
    now = timezone.now()
    world = busy(now)
    give_role(now, add_person(now, "kepala@contoh.go.id"), Role.HEAD, world.units.section)
    page = open_page("/masuk/?lanjut=/survei/", width=width)
    page.get_by_label("Surel atau NIP").fill("kepala@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Survei layanan", level=1).wait_for()
    look(page, f"survei-daftar-{width}")
    page.get_by_role("link", name="Pengujian sampel").click()
    page.get_by_text("Petugas ramah").first.wait_for()
    look(page, f"survei-layanan-{width}")
    page.get_by_role("link", name="Buat poster untuk Loket 1").click()
    look(page, f"survei-poster-{width}")
    page.goto("/survei/putaran/baru/")
    look(page, f"survei-putaran-{width}")
