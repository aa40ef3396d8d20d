"""The leader's pages in a real browser: readable by everyone, at every width, in both themes."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from playwright.sync_api import Page
from pypdf import PdfReader

from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.people.actions import ALWAYS
from tests.apps.reporting.figures import JUNE, OCTOBER, kalteng, key_of, province
from tests.browser.conftest import check_axe, check_fits, screenshot

pytestmark = pytest.mark.browser

DATES = [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 31)]


def leader(now: datetime) -> dict[str, Any]:
    """The browser state of a signed-in leader."""
    user = User.objects.create(name="Pimpinan Contoh", email="pimpinan@contoh.go.id", created_at=now)
    RoleAssignment.objects.create(
        user=user, role=Role.LEADER.value, period=DateRange(ALWAYS, None, "[)"), recorded_at=now
    )
    client = Client()
    client.force_login(user)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "domain": "127.0.0.1",
        "path": "/",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Lax",
    }
    return {"cookies": [cookie], "origins": []}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_an_invented_province(site: str, now: datetime, open_page: Callable[..., Page], theme: str) -> None:
    province(now, DATES)
    state = leader(now)
    for width in (320, 390, 1280):
        for path, name in (("/pimpinan/", "ringkasan"), (f"/pimpinan/pd/{key_of('PC-03')}/", "unit")):
            page = open_page(path, width=width, theme=theme, storage_state=state)
            check_fits(page)
            check_axe(page)
            screenshot(page, f"{name}-{width}-{theme}")
    page = open_page("/pimpinan/", width=390, theme=theme, storage_state=state, text="200%")
    check_fits(page)


def test_pages_of_kalteng(site: str, now: datetime, open_page: Callable[..., Page]) -> None:
    kalteng(now, JUNE, OCTOBER)
    state = leader(now)
    for width in (390, 1280):
        for path, name in (
            ("/pimpinan/", "kalteng"),
            ("/pimpinan/?per=2025-06-30", "kalteng-juni"),
            (f"/pimpinan/pd/{key_of('62')}/", "kalteng-riwayat"),
            ("/pimpinan/cetak/?per=2025-06-30", "kalteng-cetak"),
        ):
            page = open_page(path, width=width, storage_state=state)
            check_fits(page)
            check_axe(page)
            screenshot(page, f"{name}-{width}")


def test_an_empty_database_says_what_to_do(site: str, now: datetime, open_page: Callable[..., Page]) -> None:
    page = open_page("/pimpinan/", width=390, storage_state=leader(now))
    check_axe(page)
    screenshot(page, "kosong-390")
    assert page.get_by_text("Belum ada data realisasi anggaran.").is_visible()


@pytest.mark.parametrize("days", [DATES[-1:], DATES, [date(2026, 5, 31)]])
def test_the_briefing_is_one_printed_page(
    site: str, now: datetime, open_page: Callable[..., Page], days: list[date]
) -> None:
    province(now, days)
    page = open_page("/pimpinan/cetak/", storage_state=leader(now))
    page.emulate_media(media="print")
    screenshot(page, "cetak-kertas")
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == 1, pdf.pages[1].extract_text()
    text = " ".join(pdf.pages[0].extract_text().split())
    assert "Memerlukan keputusan" in text
    assert "Salin teks" not in text
    box = pdf.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) in {(595, 842), (594, 841), (596, 843)}


def test_everything_works_without_scripts(site: str, now: datetime, open_page: Callable[..., Page]) -> None:
    province(now, DATES, n_units=3)
    page = open_page("/pimpinan/", storage_state=leader(now), script=False)
    page.get_by_label("Data per tanggal").select_option("2026-06-30")
    page.get_by_role("button", name="Tampilkan").click()
    assert "per=2026-06-30" in page.url
    assert page.get_by_text("Anda melihat data tanggal lampau.").is_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh PDF").click()
    assert waiting.value.suggested_filename == "realisasi-anggaran-2026-06-30.pdf"
