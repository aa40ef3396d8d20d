"""Without signal and with the page closed in between: the checker's list opens, is filled in, and is sent once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.models import QrAnswer, SpotCheck
from luwes.apps.results.spotchecks.actions import draw_day, freeze_procedure
from luwes.core.services.hours import Window
from tests.apps.results.intake.world import plant
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, SETUP, add_person, give_role, plant_units

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
Signal = Callable[[Page, bool], None]
ALWAYS_OPEN = tuple(Window(day, 0, 1440) for day in range(1, 8))
STORES = "caches.keys().then(names => names.join())"


def plant_checks(now: datetime) -> None:
    today = timezone.localdate(now)
    units = plant_units(now)
    standard = Standard("Gawat darurat", units.section, minutes=5, windows=ALWAYS_OPEN, source="SK 9/2026")
    with unit_of_work(SETUP, now - timedelta(days=2)):
        services.create_service(
            standard=standard, since=today, status=Counting.CONFIRMED, points=[Point("Meja depan", units.section)]
        )
        freeze_procedure(since=today - timedelta(days=1), per_day=2, flexible_rate=2, base_share=Decimal("0.03"))
    with unit_of_work(SETUP, now):
        draw_day(day=today)
    give_role(now, add_person(now, "inspektur@contoh.go.id"), Role.INSPECTOR)


def signed_in(open_page: OpenPage) -> Page:
    page = open_page("/masuk/?lanjut=/uji-petik/", width=390)
    page.get_by_label("Surel atau NIP").fill("inspektur@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Uji petik hari ini").wait_for()
    page.locator("html[data-kept]").wait_for()
    return page


def until(page: Page, question: str, answer: object) -> None:
    for _ in range(50):
        if page.evaluate(question) == answer:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(question) == answer


def reopen(page: Page, path: str) -> None:
    """Leave the page, so that nothing of it runs on, and come back."""
    page.goto("about:blank")
    page.goto(path)


def test_a_check_is_filed_from_a_page_closed_and_opened_without_signal(open_page: OpenPage, signal: Signal) -> None:
    plant_checks(timezone.now())
    page = signed_in(open_page)
    signal(page, False)
    reopen(page, "/uji-petik/")
    page.locator("summary", has_text="Meja depan").first.click()
    page.get_by_label("Dilayani", exact=True).first.check()
    page.get_by_role("button", name="Simpan hasil").first.click()
    page.get_by_text("Tersimpan di HP, menunggu sinyal.").wait_for()
    reopen(page, "/uji-petik/")
    page.get_by_text("Tersimpan di HP, menunggu sinyal.").wait_for()
    check_axe(page)
    check_fits(page)
    screenshot(page, "uji-petik-luring-390")
    assert not SpotCheck.objects.exclude(filed_at=None).exists()
    signal(page, True)
    page.locator("form[data-later]").nth(1).wait_for(state="detached")
    assert SpotCheck.objects.exclude(filed_at=None).get().served is True


def test_signing_out_leaves_nothing_of_the_list_on_the_phone(open_page: OpenPage, signal: Signal) -> None:
    plant_checks(timezone.now())
    page = signed_in(open_page)
    assert page.evaluate(STORES) == "luwes-luring"
    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("heading", name="Masuk").wait_for()
    until(page, STORES, "")
    signal(page, False)
    with pytest.raises(Error, match="net::ERR"):
        page.goto("/uji-petik/")


def test_a_session_that_ended_takes_the_list_with_it(open_page: OpenPage) -> None:
    plant_checks(timezone.now())
    page = signed_in(open_page)
    page.context.clear_cookies()
    page.goto("/uji-petik/")
    page.get_by_role("heading", name="Masuk").wait_for()
    until(page, STORES, "")


def test_an_answer_survives_a_survey_closed_and_opened_without_signal(open_page: OpenPage, signal: Signal) -> None:
    world = plant(timezone.now())
    page = open_page(f"/s/{world.code}/", width=360)
    until(page, "caches.match('/s/luring/').then(Boolean)", True)
    page.get_by_text("Sangat puas", exact=True).click()
    signal(page, False)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda tersimpan di ponsel ini")).to_be_visible()
    reopen(page, f"/s/{world.code}/")
    expect(page).to_have_title("Belum ada sinyal")
    expect(page.get_by_text("Jawaban Anda tersimpan di ponsel ini")).to_be_visible()
    check_axe(page)
    check_fits(page)
    screenshot(page, "survei-luring-360")
    signal(page, True)
    page.get_by_role("heading", name="Terima kasih").wait_for()
    assert QrAnswer.objects.get().satisfied == 4
    # With nothing waiting, the questions come back by themselves.
    signal(page, False)
    page.goto(f"/s/{world.code}/")
    expect(page.get_by_role("heading", name="Belum ada sinyal")).to_be_visible()
    signal(page, True)
    page.get_by_role("link", name="Mulai").wait_for()
    assert page.context.cookies() == []
