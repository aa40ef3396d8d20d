"""What our script adds, as a reader meets it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
GALLERY = "/ui/"
GROUND = "getComputedStyle(document.body).backgroundColor"


def test_a_chosen_theme_stays_when_the_page_is_opened_again(open_page: Open) -> None:
    page = open_page(GALLERY)
    light = page.evaluate(GROUND)
    switch = page.get_by_role("button", name="Tampilan gelap")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(GROUND)
    assert dark != light
    page.reload()
    assert page.evaluate(GROUND) == dark
    switch.click()
    assert page.evaluate(GROUND) == light


def test_without_a_choice_the_system_decides(open_page: Open) -> None:
    page = open_page(GALLERY, theme="dark")
    dark = page.evaluate(GROUND)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) != dark


def test_text_is_copied_and_the_button_says_so(open_page: Open) -> None:
    page = open_page(GALLERY, permissions=["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Salin tautan")
    button.click()
    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "https://luwes.contoh.go.id/tugas/…"


def test_where_nothing_can_be_copied_the_text_is_selected(open_page: Open) -> None:
    page = open_page(GALLERY)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Salin tautan").click()
    expect(page.get_by_role("button", name="Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "https://luwes.contoh.go.id/tugas/…"


def _forms(page: Page, attributes: str) -> None:
    page.evaluate(
        """attributes => {
            document.querySelector('main').insertAdjacentHTML('afterbegin',
                `<form id="probe" action="/ui/" ${attributes}><label>Isi <input name="isi"></label>
                 <button name="putusan" value="ya">Setujui</button></form>`);
            window.sent = 0;
            document.addEventListener('submit', event => {
                if (!event.defaultPrevented) { window.sent += 1; event.preventDefault(); }
            });
        }""",
        attributes,
    )


def test_a_form_is_sent_once(open_page: Open) -> None:
    page = open_page(GALLERY)
    _forms(page, 'method="post"')
    button = page.get_by_role("button", name="Setujui")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    button.press("Enter")
    assert page.evaluate("window.sent") == 1


def test_a_form_that_may_be_sent_again_is(open_page: Open) -> None:
    page = open_page(GALLERY)
    _forms(page, 'method="post" data-repeat')
    for _ in range(2):
        page.get_by_role("button", name="Setujui").click()
    assert page.evaluate("window.sent") == 2


@pytest.mark.parametrize(("typed", "asked"), [("abc", 1), ("", 0)])
def test_leaving_asks_only_when_something_was_typed(open_page: Open, typed: str, asked: int) -> None:
    page = open_page(GALLERY)
    _forms(page, 'method="post" data-guard')
    questions: list[str] = []

    def answer(dialog: object) -> None:
        questions.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    page.on("dialog", answer)
    page.get_by_label("Isi", exact=True).click()
    if typed:
        page.keyboard.type(typed)
    page.goto(f"{GALLERY}keadaan/404/")
    assert questions == ["beforeunload"] * asked


def test_an_error_summary_takes_the_focus_and_leads_to_its_field(open_page: Open) -> None:
    page = open_page(GALLERY)
    page.evaluate(
        """() => {
            document.querySelector('.errors').setAttribute('data-error-summary', '');
            document.dispatchEvent(new Event('htmx:afterSwap'));
        }"""
    )
    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_salah-name"


def test_what_is_folded_is_printed_and_folds_again(open_page: Open) -> None:
    page = open_page(GALLERY)
    folded = page.locator("main details:not([open])")
    before = folded.count()
    assert before > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before
