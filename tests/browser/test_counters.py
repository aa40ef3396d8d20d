"""Counters and spot checks in a real browser: a citizen's tap, the officer's buttons, a checker without signal."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Job
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, ServicePoint
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.counters.actions import issue_seal
from luwes.apps.results.models import ClosedReport, CounterTap, SpotCheck
from luwes.apps.results.spotchecks.actions import draw_day, freeze_procedure
from luwes.core.services.hours import Window
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import SETUP, give_link, plant_units

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
ALWAYS_OPEN = tuple(Window(day, 0, 1440) for day in range(1, 8))


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


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
