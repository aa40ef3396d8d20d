from itertools import combinations, pairwise

import pytest

from luwes.core.charts import LIGHT, CoverageCell, Tone, coverage_strip
from tests.core.charts.drawing import Drawing, number


def draw(cells: list[CoverageCell], **changes: object) -> Drawing:
    words = {"title": "Loket", "description": "Kebutuhan terpenuhi", "palette": LIGHT}
    return Drawing(coverage_strip(cells, **(words | changes)))  # type: ignore[arg-type]


def month(days: int = 31) -> list[CoverageCell]:
    return [CoverageCell(str(day), day / days, f"{day} orang") for day in range(1, days + 1)]


def test_cells_fill_from_below_as_far_as_the_need_is_met() -> None:
    drawing = draw([CoverageCell("1", share, "") for share in (0, 0.5, 1, 1.7)])
    heights = [number(bar, "height") for bar in drawing.shapes("bar")]
    full = number(drawing.shapes("track")[0], "height")
    assert heights == [0, full / 2, full, full]
    bottoms = {number(bar, "y") + number(bar, "height") for bar in drawing.shapes("bar")}
    assert len(bottoms) == 1


def test_an_unknown_day_is_neither_full_nor_empty() -> None:
    drawing = draw([CoverageCell("1", None, "libur"), CoverageCell("2", 0, "0 dari 3", Tone.BAD)])
    assert (len(drawing.shapes("unknown")), len(drawing.shapes("bar"))) == (1, 1)
    assert drawing.tooltips("cell") == ["1 · libur", "2 · 0 dari 3"]
    assert drawing.shapes("bar")[0].attrib["fill"] == LIGHT.bad


@pytest.mark.parametrize("count", [1, 31, 32, 62, 90])
def test_cells_stand_side_by_side_and_wrap(count: int) -> None:
    drawing = draw(month(count))
    tracks = drawing.shapes("track")
    assert len(tracks) == count
    assert len({number(track, "y") for track in tracks}) == -(-count // 31)
    for one, other in combinations(tracks, 2):
        if number(one, "y") == number(other, "y"):
            assert number(one, "x") + number(one, "width") <= number(other, "x") + 0.1


def test_day_numbers_are_regular_and_apart() -> None:
    drawing = draw(month())
    days = sorted(int(text) for text in drawing.texts("tick"))
    assert days[0] == 1
    assert days[-1] == 31
    assert len({b - a for a, b in pairwise(days)}) == 1
    for one, other in combinations(drawing.text_boxes("tick"), 2):
        assert not one.overlaps(other)


def test_a_short_row_is_as_wide_as_the_cells_it_has() -> None:
    (first, *_, last) = draw(month(5)).shapes("track")
    assert number(first, "x") == 0
    assert number(last, "x") + number(last, "width") == pytest.approx(398, abs=0.1)


def test_nothing_to_show_says_so() -> None:
    assert draw([], empty_text="Belum ada jadwal").texts() == ["Belum ada jadwal"]


def test_senseless_input_is_refused() -> None:
    with pytest.raises(ValueError, match="met by"):
        draw([CoverageCell("1", -0.1, "")])
    with pytest.raises(ValueError, match="at least one cell"):
        draw(month(), per_row=0)
