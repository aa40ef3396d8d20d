"""Counters and spot checks in a real browser: a citizen's tap, the officer's buttons, a checker without signal."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Job, Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, ServicePoint
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.counters.actions import issue_seal
from luwes.apps.results.models import ClosedReport, CounterTap, SpotCheck
from luwes.apps.results.spotchecks.actions import draw_day, freeze_procedure
from luwes.core.services.hours import Window
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, SETUP, Units, add_person, give_link, give_role, plant_units

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
ALWAYS_OPEN = tuple(Window(day, 0, 1440) for day in range(1, 8))


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


def plant_checks() -> Units:
    """Two checks of today at a counter that never closes."""
    now = timezone.now()
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
    return units


def sign_in(page: Page, name: str) -> None:
    """As this person on the same phone, whoever was signed in before."""
    page.context.clear_cookies()
    page.goto("/masuk/")
    page.get_by_label("Surel atau NIP").fill(f"{name}@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)


def filed() -> list[str]:
    """Under whose name each check that was filed stands."""
    return list(AuditEntry.objects.filter(action="spot_check.filed").values_list("actor", flat=True))


def test_a_check_kept_on_a_shared_phone_waits_for_its_owner(open_page: OpenPage) -> None:
    now = timezone.now()
    plant_checks()
    people = {}
    for name in ("rusmini", "suparno"):
        people[name] = add_person(now, f"{name}@contoh.go.id", name=name.title())
        give_role(now, people[name], Role.INSPECTOR)
    page = open_page("/masuk/", width=390)
    sign_in(page, "rusmini")
    page.goto("/uji-petik/")
    page.locator("summary", has_text="Meja depan").first.click()
    page.context.set_offline(True)
    page.get_by_label("Dilayani").first.check()
    page.get_by_role("button", name="Simpan hasil").first.click()
    page.get_by_text("Tersimpan di HP, menunggu sinyal.").wait_for()
    # Signed out while the page stays open: nothing is taken, nothing is lost.
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.get_by_text("belum diterima: Anda sudah keluar").wait_for()
    look(page, "uji-petik-keluar-390-light")
    sign_in(page, "suparno")
    page.goto("/uji-petik/")
    page.get_by_text("Di HP ini ada hasil milik orang lain").wait_for()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_load_state("networkidle")
    look(page, "uji-petik-milik-lain-390-light")
    assert filed() == []
    sign_in(page, "rusmini")
    page.goto("/uji-petik/")
    page.get_by_text("Hasil tersimpan.").wait_for()
    assert filed() == [people["rusmini"].public_id]
    assert page.evaluate("localStorage.getItem('luwes-nanti')") == "[]"
    # What is refused stays until it is thrown away: here a check that somebody else filed meanwhile.
    page.reload()
    page.locator("summary", has_text="Meja depan").first.click()
    page.context.set_offline(True)
    page.get_by_label("Dilayani").first.check()
    page.get_by_role("button", name="Simpan hasil").first.click()
    page.get_by_text("Tersimpan di HP, menunggu sinyal.").wait_for()
    SpotCheck.objects.filter(filed_at=None).update(filed_at=timezone.now(), reached=True, served=True)
    page.context.set_offline(False)
    page.get_by_text("Hasil yang tersimpan di HP ditolak.").wait_for()
    look(page, "uji-petik-ditolak-390-light")
    page.get_by_role("button", name="Buang simpanan yang ditolak").click()
    page.get_by_text("Hasil yang tersimpan di HP ditolak.").wait_for(state="hidden")
    assert page.evaluate("localStorage.getItem('luwes-nanti')") == "[]"


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_a_counter_that_is_shut_opens_and_a_check_waits_for_signal(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    units = plant_units(now)
    standard = Standard("Gawat darurat", units.section, minutes=5, windows=ALWAYS_OPEN, source="SK 9/2026")
    with unit_of_work(SETUP, now - timedelta(days=2)):
        key = services.create_service(
            standard=standard, since=today, status=Counting.CONFIRMED, points=[Point("Meja depan", units.section)]
        )
        freeze_procedure(since=today - timedelta(days=1), per_day=2, flexible_rate=2, base_share=Decimal("0.03"))
    point = ServicePoint.objects.get().key
    with unit_of_work(SETUP, now):
        seal = issue_seal(point_key=point)
    with unit_of_work(SETUP, now):
        draw_day(day=today)
    page = open_page(f"/l/{key}/", width=width, theme=theme)
    look(page, f"layanan-warga-{width}-{theme}")
    page.get_by_role("button", name="Tutup padahal jam layanan").click()
    page.get_by_role("heading", name="Laporan Anda diterima").wait_for()
    look(page, f"laporan-warga-{width}-{theme}")
    assert ClosedReport.objects.get().flags == []
    page = open_page(f"/loket/dalam/{point}/{seal}/", width=width, theme=theme)
    look(page, f"loket-dalam-{width}-{theme}")
    page.get_by_role("button", name="Buka loket").click()
    page.get_by_text("sejak pukul").wait_for()
    assert CounterTap.objects.get().state == "buka"
    give_link(now, units.government, "penelepon", job=Job.SPOT_CHECKS)
    page = open_page("/tugas/penelepon/", width=width, theme=theme)
    page.locator("summary", has_text="Meja depan").first.click()
    look(page, f"uji-petik-{width}-{theme}")
    page.context.set_offline(True)
    page.get_by_label("Dilayani").first.check()
    page.get_by_role("button", name="Simpan hasil").first.click()
    page.get_by_text("Tersimpan di HP, menunggu sinyal.").wait_for()
    assert not SpotCheck.objects.exclude(filed_at=None).exists()
    page.context.set_offline(False)
    page.locator("form[data-later]").nth(1).wait_for(state="detached")
    assert SpotCheck.objects.exclude(filed_at=None).get().served is True
