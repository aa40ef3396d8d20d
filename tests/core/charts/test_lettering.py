import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.charts.lettering import clean, fit, text_width


def test_clean_text_is_one_line_and_keeps_its_fixed_spaces() -> None:
    assert clean("  Dinas\n\t Sosial ") == "Dinas Sosial"
    assert clean("61,28\u00a0%") == "61,28\u00a0%"
    assert clean("a\x00b\ufffec") == "a\ufffdb\ufffdc"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_any_text_becomes_valid_xml(text: str) -> None:
    cleaned = clean(text)
    assert (ET.fromstring(f"<t>{escape(cleaned)}</t>").text or "") == cleaned


def test_width_depends_on_letters_and_size() -> None:
    assert text_width("", 13) == 0
    assert text_width("ill", 13) < text_width("enn", 13) < text_width("ENN", 13) < text_width("WMM", 13)
    assert text_width("長い", 10) == 20
    assert text_width("abc", 26) == 2 * text_width("abc", 13)


def test_text_that_fits_is_left_alone() -> None:
    assert fit("Dinas Sosial", 13, 400) == "Dinas Sosial"


def test_text_is_cut_without_a_dangling_comma_or_space() -> None:
    assert fit("Dinas Sosial, Anak", 10, text_width("Dinas Sosial, …", 10)) == "Dinas Sosial…"
    assert fit("Dinas", 10, 0) == "…"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.floats(20, 400))
def test_cut_text_fits_its_room_and_is_a_beginning(text: str, room: float) -> None:
    shown = fit(text, 13, room)
    assert text_width(shown, 13) <= room
    assert shown == text or text.startswith(shown.removesuffix("…"))
