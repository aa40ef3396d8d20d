"""Filters and tags: formats follow the language, a missing value gets a word."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from luwes.core import formats
from luwes.web.ui import icons, statuses
from luwes.web.ui.templatetags import ui
from tests.web.ui.rendering import render

CASES = [
    ("number:1", Decimal("1234.5"), formats.number(Decimal("1234.5"), 1, "id")),
    ("percent", Decimal("61.28"), formats.percent(Decimal("61.28"), 2, "id")),
    ("percent:0", 90, formats.percent(90, 0, "id")),
    ("points", Decimal("-28.72"), formats.points(Decimal("-28.72"), "id")),
    ("rupiah", 5_116_880_000_000, formats.rupiah(5_116_880_000_000, "id")),
    ("rupiah_short", 5_116_880_000_000, formats.rupiah_short(5_116_880_000_000, "id")),
    ("long_date", date(2025, 10, 31), formats.long_date(date(2025, 10, 31), "id")),
    ("short_date", date(2025, 10, 31), formats.short_date(date(2025, 10, 31), "id")),
]


@pytest.mark.parametrize(("filter_", "value", "expected"), CASES, ids=[case[0] for case in CASES])
def test_filters_give_what_core_formats_gives(filter_: str, value: object, expected: str) -> None:
    with translation.override("id"):
        assert render(f"{{{{ value|{filter_} }}}}", value=value).text == expected


@pytest.mark.parametrize("filter_", [case[0] for case in CASES])
def test_a_missing_value_gets_a_word(filter_: str) -> None:
    with translation.override("id"):
        assert render(f"{{{{ value|{filter_} }}}}", value=None).text == "tidak ada data"


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "Jumat, 31 Oktober 2025"), ("en", "Friday, 31 October 2025")]
)
def test_dates_follow_the_language_of_the_page(language: str, expected: str) -> None:
    with translation.override(language):
        assert ui.long_date(date(2025, 10, 31)) == expected


def test_without_a_language_the_page_is_indonesian() -> None:
    with translation.override(None):
        assert ui.percent(Decimal("61.28")) == formats.percent(Decimal("61.28"), 2, "id")


@pytest.mark.parametrize(("name", "expected"), [("Siti Contoh Rekaan", "SC"), ("budi", "B"), ("", "")])
def test_initials(name: str, expected: str) -> None:
    assert ui.initials(name) == expected


@pytest.mark.parametrize(
    ("level", "tone"), [("error", "danger"), ("debug", "neutral"), ("success", "success"), ("warning", "warning")]
)
def test_levels_of_messages_become_tones_that_exist(level: str, tone: str) -> None:
    assert ui.message_tone(level) == tone
    assert tone in statuses.TONE_ICONS


@pytest.mark.parametrize("name", icons.ICONS)
def test_every_icon_is_one_hidden_drawing(name: str) -> None:
    svg = render("{% icon name %}", name=name).one("svg", class_="icon")
    assert svg.attrs["aria-hidden"] == "true"
    assert svg.attrs["viewbox"] == "0 0 24 24"
    assert svg.children
    assert {child.tag for child in svg.children} <= {"path", "rect", "circle"}


def test_an_unknown_icon_is_seen_at_once() -> None:
    with pytest.raises(KeyError):
        icons.svg("unicorn")


def test_there_are_nine_statuses_and_each_has_an_icon() -> None:
    assert len(statuses.STATUSES) == 9
    for look in [*statuses.STATUSES.values(), *statuses.OUTCOMES.values()]:
        assert look.icon in icons.ICONS
        assert look.tone in statuses.TONE_ICONS
    assert set(statuses.TONE_ICONS.values()) <= set(icons.ICONS)


class Form(forms.Form):
    plain = forms.CharField()
    noted = forms.CharField(help_text="hint")
    ticked = forms.BooleanField()
    one = forms.ChoiceField(choices=[("a", "A")])
    radio = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    file = forms.FileField()
    text = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("plain", "text"),
        ("ticked", "checkbox"),
        ("one", "select"),
        ("radio", "choices"),
        ("many", "choices"),
        ("file", "file"),
        ("text", "text"),
    ],
)
def test_the_control_follows_the_widget(name: str, kind: str) -> None:
    assert ui.control_kind(Form()[name]) == kind


def test_a_control_names_its_hint_and_its_error() -> None:
    untouched, wrong = Form(), Form({})
    wrong.is_valid()
    assert "aria-describedby" not in ui.control(untouched["plain"])
    assert 'aria-describedby="id_noted_helptext"' in ui.control(untouched["noted"])
    assert 'aria-describedby="id_noted_helptext id_noted_error"' in ui.control(wrong["noted"])
    assert 'aria-invalid="true"' in ui.control(wrong["plain"])
    assert "aria-invalid" not in ui.control(untouched["plain"])
