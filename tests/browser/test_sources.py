"""The import flow in a real browser: readable by everyone, at every width, in both themes, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import FilePayload, Page

from luwes.apps.accounts.roles import Role
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources.models import ImportBatch
from tests.apps.budget_files import TWO, csv_bytes, row
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.faults import importing
from tests.web.sources.conftest import signed_in

pytestmark = pytest.mark.browser

STRANGE = [*TWO, row("9.99", "Dinas Kesehatan Prov.", 5, 4), row("1.02", "Dinas Kesehatan", "banyak", 1)]
Open = Callable[..., Page]


@pytest.fixture
def state(site: str) -> dict[str, Any]:
    """The browser state of a signed-in admin of a small province."""
    importing.units()
    client: Client = signed_in(Role.ADMIN)
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


def check(page: Page, name: str) -> None:
    check_fits(page)
    check_axe(page)
    screenshot(page, name)


def send(page: Page, payload: bytes, source: str = "Biro Contoh", name: str = "rekap oktober.csv") -> None:
    """Fill and send the upload form as a person does."""
    page.goto("/sumber/unggah/")
    page.get_by_label("Sumber").fill(source)
    page.get_by_label("Berkas", exact=True).set_input_files(FilePayload(name=name, mimeType="text/csv", buffer=payload))
    page.get_by_role("button", name="Periksa berkas").click()
    page.wait_for_load_state()


@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 390), ("light", 1280)])
def test_every_page_of_the_flow(open_page: Open, state: dict[str, Any], theme: str, width: int) -> None:
    page = open_page("/sumber/", width=width, theme=theme, storage_state=state)
    check(page, f"sumber-kosong-{width}-{theme}")
    page.goto("/sumber/unggah/")
    check(page, f"unggah-{width}-{theme}")
    send(page, b"thn;tgl;kode;nm dinas;dana;keluar\n2026;2026-10-31;1;A;10;5\n")
    check(page, f"kolom-{width}-{theme}")
    send(page, csv_bytes(STRANGE))
    check(page, f"uji-coba-{width}-{theme}")
    page.get_by_label("Dinas Kesehatan Prov.").select_option("skip")
    page.get_by_role("button", name="Simpan arti kode").click()
    page.get_by_role("button", name="Simpan 2 baris").click()
    page.get_by_text("Bukti terima.").wait_for()
    check(page, f"bukti-terima-{width}-{theme}")
    page.get_by_role("link", name="Biro Contoh").click()
    page.get_by_text("Berkas yang masuk").wait_for()
    check(page, f"sumber-satu-{width}-{theme}")
    page.goto("/sumber/")
    check(page, f"sumber-{width}-{theme}")


def test_the_flow_works_without_scripts(open_page: Open, state: dict[str, Any]) -> None:
    page = open_page("/sumber/unggah/", width=390, script=False, storage_state=state)
    send(page, csv_bytes(TWO))
    page.get_by_role("button", name="Simpan 2 baris").click()
    assert page.get_by_text("Bukti terima.").is_visible()
    assert BudgetRow.objects.count() == 2
    with page.expect_download() as waiting:
        page.goto("/sumber/")
        page.get_by_role("link", name="XLSX").first.click()
    assert waiting.value.suggested_filename == "contoh-budget.xlsx"


def test_large_text_still_fits(open_page: Open, state: dict[str, Any]) -> None:
    page = open_page("/sumber/unggah/", width=390, storage_state=state)
    send(page, csv_bytes(STRANGE))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    check_fits(page)


def test_a_double_click_stores_once(open_page: Open, state: dict[str, Any]) -> None:
    page = open_page("/sumber/unggah/", storage_state=state)
    send(page, csv_bytes(TWO))
    page.get_by_role("button", name="Simpan 2 baris").dblclick()
    page.get_by_text("Bukti terima.").wait_for()
    assert BudgetRow.objects.count() == 2
    assert ImportBatch.objects.count() == 1
