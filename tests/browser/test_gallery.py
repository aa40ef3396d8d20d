"""The gallery in a real browser: rules of accessibility, small screens, large text, both themes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import check_axe, check_fits, screenshot

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
GALLERY = "/ui/"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_gallery_keeps_the_rules(open_page: Open, width: int, theme: str) -> None:
    page = open_page(GALLERY, width=width, theme=theme)
    screenshot(page, f"galeri-{width}-{theme}")
    check_fits(page)
    check_axe(page)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_text_twice_as_large_still_fits(open_page: Open, width: int) -> None:
    page = open_page(GALLERY, width=width, text="200%")
    screenshot(page, f"galeri-{width}-besar")
    check_fits(page)
    check_axe(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", ["400", "403", "404", "500", "pemeliharaan"])
def test_pages_for_what_cannot_be_shown_keep_the_rules(open_page: Open, code: str, theme: str) -> None:
    page = open_page(f"{GALLERY}keadaan/{code}/", width=390, theme=theme)
    screenshot(page, f"keadaan-{code}-{theme}")
    check_fits(page)
    check_axe(page)


def test_what_is_touched_is_large_enough(open_page: Open) -> None:
    page = open_page(GALLERY, width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a.button, button, summary, input:not([type=hidden]), select, nav a')]
            .filter(element => element.checkVisibility())
            // Boxes to tick are enlarged by their label's row.
            .map(element => [element, element.matches('.choice input') ? element.closest('.choice') : element])
            .map(([element, target]) => [element.outerHTML.slice(0, 80), target.getBoundingClientRect().height])
            .filter(([, height]) => height < 44)"""
    )
    assert small == []


def test_the_first_tab_stop_leads_to_the_content(open_page: Open) -> None:
    page = open_page(GALLERY)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_paper_is_always_light(open_page: Open) -> None:
    page = open_page(GALLERY, theme="dark")
    dark = page.evaluate("getComputedStyle(document.body).color")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--surface').trim()") == "#ffffff"
    assert page.evaluate("getComputedStyle(document.body).color") != dark
    assert page.locator("form:visible").count() == 0


def test_everything_is_readable_without_scripts(open_page: Open) -> None:
    page = open_page(GALLERY, script=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Galeri komponen")
    # What cannot work without a script is not offered.
    assert page.locator("[data-copy]:visible, [data-print]:visible, [data-theme-switch]:visible").count() == 0
