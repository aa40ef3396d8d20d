"""The leader's pages in a real browser: readable by everyone, at every width, in both themes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from playwright.sync_api import Page

from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.people.actions import ALWAYS
from tests.apps.reporting.figures import JUNE, OCTOBER, kalteng, key_of, province
from tests.browser.conftest import check_axe, check_fits, screenshot

pytestmark = pytest.mark.browser

DATES = [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 31)]


def leader(site: str, now: datetime) -> dict[str, Any]:
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
        "url": site,
    }
    return {"cookies": [cookie | {"domain": "127.0.0.1", "path": "/"}], "origins": []}


def without_url(state: dict[str, Any]) -> dict[str, Any]:
    return {
        "cookies": [
            {key: value for key, value in cookie.items() if key != "url"}
            | {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
            for cookie in state["cookies"]
        ],
        "origins": [],
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_an_invented_province(
    site: str, now: datetime, open_page: Callable[..., Page], theme: str
) -> None:
    province(now, DATES)
    state = without_url(leader(site, now))
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
    state = without_url(leader(site, now))
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
    page = open_page("/pimpinan/", width=390, storage_state=without_url(leader(site, now)))
    check_axe(page)
    screenshot(page, "kosong-390")
    assert page.get_by_text("Belum ada data realisasi anggaran.").is_visible()
