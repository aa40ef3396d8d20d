"""The quality of sources in a real browser, phone and desk, light and dark."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Role
from tests.apps.staff_files import confirm, stage
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, bring_figures, give_role, plant_units, staff_of

pytestmark = pytest.mark.browser
BILLS = "Unit;Jenis;ID Pelanggan;Bulan;Pemakaian;Tagihan (Rp)\n"
OTHER = "Unit;Jenis;ID Pelanggan;Bulan;Pemakaian;Rupiah\n"


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (390, "dark"), (1280, "light")])
def test_an_admin_reads_the_board_and_declares_a_change(open_page: Callable[..., Page], width: int, theme: str) -> None:
    now = timezone.now()
    staff_of(now, plant_units(now))
    today = timezone.localdate(now)
    bring_figures(now, as_of=(today - timedelta(days=60)).isoformat(), year=(today - timedelta(days=60)).year)
    last = (today.replace(day=1) - timedelta(days=1)).strftime("%m/%Y")
    for header, meter in ((BILLS, "A1"), (OTHER, "A2")):
        row = f"Dinas Kesehatan;Listrik;{meter};{last};12450,5;17990000\n"
        confirm(stage((header + row).encode(), now, kind="bills", source="Biro Umum"), now)
    give_role(now, add_person(now, "admin@contoh.go.id"), Role.ADMIN)
    page = open_page("/masuk/?lanjut=/sumber/mutu/", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill("admin@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Mutu data", level=1).wait_for()
    look(page, f"mutu-{width}-{theme}")
    page.get_by_role("link", name="Tetapkan penanggung jawab Biro Umum").click()
    page.get_by_role("textbox", name="Penanggung jawab").fill("Kasubbag Rumah Tangga")
    look(page, f"penanggung-jawab-{width}-{theme}")
    page.get_by_role("button", name="Simpan penanggung jawab").click()
    page.get_by_text("Penanggung jawab tersimpan.").wait_for()
    page.get_by_role("link", name="Periksa dan putuskan").click()
    page.get_by_role("link", name="Isi formulir").first.click()
    page.get_by_label("Keterangan").fill("Rekap listrik kini ditarik dari aplikasi baru")
    look(page, f"perubahan-{width}-{theme}")
    page.get_by_role("button", name="Catat perubahan").click()
    page.get_by_text("Perubahan pencatatan tercatat.").wait_for()
    look(page, f"perubahan-tercatat-{width}-{theme}")
