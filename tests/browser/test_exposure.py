"""Exposure in a real browser: what a newcomer reads, and how the threshold is set; phone and desk, without scripts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Role
from luwes.apps.schedule.models import ExposureThreshold
from tests.apps.schedule.days import build, store
from tests.apps.staff_files import YOSE
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, give_role, plant_service

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


def planted(now: datetime) -> None:
    units = build(now)
    plant_service(now, units.section)
    # A working day of this month, whenever this runs: weekends and holidays are refused row by row.
    first = timezone.localdate(now).replace(day=1)
    rows = [(YOSE, f"{first + timedelta(days=n):%d/%m/%Y}", "Rumah", "Permohonan", "", "") for n in range(28)]
    store("flexdays", now, *rows)
    give_role(now, add_person(now, "biro@contoh.go.id"), Role.ORGANISATION)


def sign_in(open_page: OpenPage, path: str, **how: object) -> Page:
    page = open_page(f"/masuk/?lanjut={path}", **how)
    page.get_by_label("Surel atau NIP").fill("biro@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    return page


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_a_newcomer_reads_what_exposure_is_and_sets_the_threshold(open_page: OpenPage, width: int, theme: str) -> None:
    planted(timezone.now())
    page = sign_in(open_page, "/paparan/", width=width, theme=theme)
    page.get_by_role("heading", name="Paparan", exact=True, level=1).wait_for()
    # The picture has its words and its table; the month stands below it.
    assert "Verifikasi" in (page.locator("svg[role=img]").first.text_content() or "")
    page.get_by_text("Lihat angkanya").click()
    page.get_by_role("rowheader", name="Tanda tangan").wait_for()
    page.get_by_role("rowheader", name="Pengujian sampel").wait_for()
    look(page, f"paparan-{width}-{theme}")
    page.get_by_role("link", name="Tampilkan semua layanan dan unit").click()
    page.get_by_role("rowheader", name="UPT Laboratorium").wait_for()
    look(page, f"paparan-semua-{width}-{theme}")
    page.get_by_role("link", name="Lihat atau tetapkan ambang").click()
    page.get_by_role("heading", name="Ambang hari fleksibel", level=1).wait_for()
    look(page, f"ambang-{width}-{theme}")
    page.get_by_label("Ambang (%)").fill("0")
    page.get_by_label("Alasan").fill("Disepakati sebelum percobaan")
    page.get_by_role("button", name="Simpan ambang").click()
    page.locator("#id_percent_error").wait_for()
    look(page, f"ambang-salah-{width}-{theme}")
    page.get_by_label("Ambang (%)").fill("15")
    page.get_by_role("button", name="Simpan ambang").click()
    page.get_by_text("Ambang tersimpan.").wait_for()
    look(page, f"ambang-tersimpan-{width}-{theme}")
    assert ExposureThreshold.objects.get().at_least == Decimal("0.15")


def test_all_of_it_works_without_scripts(open_page: OpenPage) -> None:
    planted(timezone.now())
    page = sign_in(open_page, "/paparan/ambang/", width=390, script=False)
    page.get_by_label("Ambang (%)").fill("12,5")
    page.get_by_label("Alasan").fill("Disepakati sebelum percobaan")
    page.get_by_role("button", name="Simpan ambang").click()
    page.get_by_text("Ambang tersimpan.").wait_for()
    page.goto("/paparan/")
    page.get_by_text("Lihat angkanya").click()
    page.get_by_role("rowheader", name="Verifikasi").wait_for()
    assert ExposureThreshold.objects.count() == 1
