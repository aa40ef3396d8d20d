"""The gallery and the pages for what cannot be shown, through the whole stack."""

import gzip
import itertools
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from luwes.web.ui import views
from tests.web.ui.rendering import Element, parse

COMPONENTS = Path(views.__file__).parent / "templates" / "ui"
# Frames of other kinds of pages; each has its own test.
ELSEWHERE = {"base_public.html", "error.html", "nav.html", "nav_all.html", "messages.html"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallery(client: Client) -> Element:
    response = client.get(reverse("ui:gallery"))
    assert response.status_code == 200
    return parse(response.content.decode())


def test_every_component_is_shown(client: Client) -> None:
    shown = {template.name for template in client.get(reverse("ui:gallery")).templates}
    components = {f"ui/{path.name}" for path in COMPONENTS.glob("*.html") if path.name not in ELSEWHERE}
    assert components - shown == set()


def test_every_icon_stands_beside_a_word(gallery: Element) -> None:
    seen = 0
    for element in gallery.all():
        if any(child.matches({"class_": "icon"}) for child in element.children):
            seen += 1
            assert element.text or element.attrs.get("aria-label"), element
    assert seen > 80


def test_identifiers_are_unique_and_labels_lead_somewhere(gallery: Element) -> None:
    ids = [element.attrs["id"] for element in gallery.all() if "id" in element.attrs]
    assert len(ids) == len(set(ids))
    for label in gallery.all("label"):
        assert label.attrs["for"] in ids
    for link in gallery.all("a"):
        if link.attrs["href"].startswith("#") and len(link.attrs["href"]) > 1:
            assert link.attrs["href"][1:] in {*ids, "daftar", "tombol", "jejak"}, link.attrs["href"]


def test_both_themes_stand_side_by_side(gallery: Element) -> None:
    assert len(gallery.all("div", data_theme="light")) == len(gallery.all("div", data_theme="dark")) >= 3


def test_headings_do_not_skip_a_level(gallery: Element) -> None:
    levels = [int(element.tag[1]) for element in gallery.all() if element.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1


def test_six_chart_forms_are_drawn(gallery: Element) -> None:
    kinds = {svg.attrs["class"] for svg in gallery.all("svg", role="img")}
    assert len(kinds) == 6


def test_the_page_fits_its_budget(client: Client) -> None:
    assert len(gzip.compress(client.get(reverse("ui:gallery")).content)) <= 15_000


def test_the_page_is_strict_about_what_it_runs(client: Client) -> None:
    response = client.get(reverse("ui:gallery"))
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert '"allowEval":false' in response.content.decode()


@pytest.mark.parametrize("code", views.STATES)
def test_pages_for_what_cannot_be_shown_offer_a_way_on(client: Client, code: str) -> None:
    response = client.get(reverse("ui:state", args=[code]))
    tree = parse(response.content.decode())
    main = tree.one("main")
    assert response.status_code == 200
    assert main.one("h1").text
    assert main.all("a", class_="button")
    assert response.headers["X-Request-ID"] in main.text


def test_a_missing_right_says_which_and_who_holds_it(client: Client) -> None:
    main = parse(client.get(reverse("ui:state", args=["403"])).content.decode()).one("main")
    assert "melihat anggaran unit" in main.text
    assert "Pimpinan" in main.text


def test_an_unknown_state_and_an_unknown_page_are_told_calmly(client: Client) -> None:
    for address in (reverse("ui:state", args=["418"]), "/tidak-ada/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "Halaman tidak ditemukan" in response.content.decode()
