import itertools

import pytest

from luwes.core.charts import DARK, LIGHT, PRINT, Palette, Tone


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_words_and_marks_stand_out(palette: Palette) -> None:
    for role in ("ink", "muted"):
        assert contrast(getattr(palette, role), palette.surface) >= 4.5
    for tone in Tone:
        assert contrast(getattr(palette, tone), palette.surface) >= 3
        assert contrast(getattr(palette, tone), palette.track) >= 3
    # The target tick crosses the bar and must be seen on it, too.
    assert contrast(palette.ink, palette.track) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_tones_differ_from_each_other(palette: Palette) -> None:
    colours = [getattr(palette, tone) for tone in Tone]
    assert all(one != other for one, other in itertools.combinations(colours, 2))


def test_every_colour_is_a_plain_hex_literal() -> None:
    for palette in (LIGHT, DARK, PRINT):
        for role in Palette.__slots__:
            colour = getattr(palette, role)
            assert len(colour) == 7
            assert int(colour.removeprefix("#"), 16) >= 0
