"""Colour arithmetic against known values, and the promise that any hue keeps its contrasts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.web.ui.colour import STEPS, contrast, declarations, luminance, ramp, resolved

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_of_a_colour_with_itself_is_one() -> None:
    assert contrast("#25468a", "#25468a") == 1


@pytest.mark.parametrize(
    ("grey", "expected"),
    # The grey that passes AA on white by a hair, and its neighbour that does not.
    [("#767676", 4.54), ("#777777", 4.48)],
)
def test_contrast_of_the_greys_at_the_limit(grey: str, expected: float) -> None:
    assert contrast(grey, "#ffffff") == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(("primary", "expected"), [("#ff0000", 0.2126), ("#00ff00", 0.7152), ("#0000ff", 0.0722)])
def test_luminance_of_the_primaries(primary: str, expected: float) -> None:
    assert luminance(primary) == pytest.approx(expected)


@given(colours, colours)
def test_contrast_has_no_direction_and_stays_in_its_range(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.parametrize("text", ["", "25468a", "#25468", "#25468a0", "#25468g", "blue"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        ramp(text)


@given(colours)
def test_a_ramp_of_any_hue_gets_darker_step_by_step(base: str) -> None:
    light = [luminance(value) for value in ramp(base).values()]
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == len(STEPS)


@given(colours)
def test_a_ramp_of_any_hue_is_readable_where_we_use_it(base: str) -> None:
    steps = ramp(base)
    assert contrast(steps[700], "#ffffff") >= 4.5, "action button"
    assert contrast(steps[800], "#ffffff") >= 4.5, "masthead"
    assert contrast(steps[700], steps[50]) >= 4.5, "link on a hovered row"
    assert contrast(steps[300], steps[900]) >= 4.5, "action button in the dark"


def test_a_grey_stays_grey() -> None:
    for value in ramp("#808080").values():
        assert (
            max(int(value[i : i + 2], 16) for i in (1, 3, 5)) - min(int(value[i : i + 2], 16) for i in (1, 3, 5)) <= 1
        )


def test_declarations_are_read_with_their_values() -> None:
    block = "--a: #ffffff; color: red; --b-2:var(--a) ;"
    assert dict(declarations(block)) == {"--a": "#ffffff", "--b-2": "var(--a)"}


def test_a_property_is_followed_to_its_colour() -> None:
    assert resolved({"--a": "#FFFFFF", "--b": "var(--a)", "--c": "var(--b)"}, "--c") == "#ffffff"


def test_a_property_that_leads_nowhere_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        resolved({"--b": "var(--a)"}, "--b")


def test_a_property_that_is_no_colour_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="--b is not a colour"):
        resolved({"--b": "1rem"}, "--b")
