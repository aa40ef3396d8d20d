from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.charts import LIGHT, Guide, LinePoint, Tick, Tone, line_chart, nice_ticks, sparkline
from tests.core.charts.drawing import Drawing, number, path_points

TIMES = ((0, "awal"), (50, "tengah"), (97, "menjelang akhir"), (100, "akhir"))


def draw(points: list[LinePoint], **changes: object) -> Drawing:
    words = {"title": "Realisasi", "description": "Dari waktu ke waktu", "palette": LIGHT}
    return Drawing(line_chart(points, **(words | changes)))  # type: ignore[arg-type]


def spark(values: list[float | None], **changes: object) -> Drawing:
    words = {"title": "Realisasi", "description": "Dua belas bulan", "palette": LIGHT}
    return Drawing(sparkline(values, **(words | changes)))  # type: ignore[arg-type]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=12))
def test_higher_is_more_and_later_is_further_right(values: list[float]) -> None:
    drawing = draw([LinePoint(i * i, "", value) for i, value in enumerate(values)])
    dots = [(number(dot, "cx"), number(dot, "cy")) for dot in drawing.shapes("dot")]
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
    heights = [y for _, (_, y) in sorted(zip(values, dots, strict=True), key=lambda pair: pair[0])]
    assert all(higher <= lower + 0.1 for lower, higher in pairwise(heights))


def test_time_is_drawn_to_scale() -> None:
    drawing = draw([LinePoint(at, "", 1) for at in (0, 10, 40)])
    first, second, third = (number(dot, "cx") for dot in drawing.shapes("dot"))
    assert third - first == pytest.approx(4 * (second - first), abs=0.5)


def test_a_changed_denominator_or_a_missing_value_breaks_the_line() -> None:
    broken = draw(
        [
            LinePoint(1, "", 10),
            LinePoint(2, "", 20),
            LinePoint(3, "", 40, joined=False),
            LinePoint(4, "", 50),
            LinePoint(5, "", None),
            LinePoint(6, "", 60),
        ]
    )
    assert [len(path_points(line)) for line in broken.shapes("line")] == [2, 2]
    assert len(broken.shapes("dot")) == 5


def test_the_band_encloses_its_line_and_breaks_with_it() -> None:
    drawing = draw(
        [
            LinePoint(1, "", 10, low=8, high=13),
            LinePoint(2, "", 20, low=17, high=22),
            LinePoint(3, "", 30, joined=False, low=25, high=35),
            LinePoint(4, "", 31),
        ]
    )
    area, single = drawing.shapes("band")
    corners = path_points(area)
    (line, _) = drawing.shapes("line")
    for (x, y), (_, high), (_, low) in zip(path_points(line), corners[:2], reversed(corners[2:]), strict=True):
        assert high < y < low
        assert (x, high) in corners
    assert number(single, "y1") > number(single, "y2")


@pytest.mark.parametrize(("low", "high"), [(2, 1), (None, 1), (1, None)])
def test_impossible_intervals_are_refused(low: float | None, high: float | None) -> None:
    with pytest.raises(ValueError, match="interval"):
        draw([LinePoint(1, "", 1, low=low, high=high)])


def test_the_last_known_value_is_written_at_its_point() -> None:
    drawing = draw([LinePoint(1, "Juni", 20, "20 %"), LinePoint(2, "Oktober", 61, "61 %"), LinePoint(3, "", None)])
    assert drawing.texts("value") == ["61 %"]
    assert drawing.tooltips("point") == ["Juni · 20 %", "Oktober · 61 %", ""]
    (box,) = drawing.text_boxes("value")
    assert box.bottom < number(drawing.shapes("dot")[-1], "cy")
    assert draw([LinePoint(1, "Juni", None, "belum ada")]).texts("value") == []


def test_targets_ticks_and_guides_share_the_scale() -> None:
    drawing = draw(
        [LinePoint(1, "", 50, target=50), LinePoint(2, "", 60, target=85)],
        ticks=[Tick(50, "50 %"), Tick(85, "85 %")],
        guides=[Guide(60, "batas")],
    )
    at50, at85 = (number(line, "y1") for line in drawing.shapes("grid"))
    assert [number(mark, "y1") for mark in drawing.shapes("target")] == [at50, at85]
    assert number(drawing.shapes("guide")[0], "y1") == number(drawing.shapes("dot")[1], "cy")
    assert drawing.texts("guide-label") == ["batas"]


def test_labels_below_are_regular_and_apart() -> None:
    drawing = draw([LinePoint(i, f"{i + 1} Jan 2026", i) for i in range(31)])
    shown = [int(text.split()[0]) for text in drawing.texts("tick")]
    steps = {b - a for a, b in pairwise(sorted(shown))}
    assert shown[0] == 31
    assert len(steps) <= 2
    for one, other in combinations(drawing.text_boxes("tick"), 2):
        assert not one.overlaps(other)


def test_the_first_label_joins_where_it_fits() -> None:
    drawing = draw([LinePoint(at, text, 1) for at, text in TIMES])
    assert drawing.texts("tick") == ["akhir", "tengah", "awal"]


def test_crowded_ticks_and_guides_keep_their_line_but_lose_their_words() -> None:
    values = [Tick(i / 10, f"{i}") for i in range(100)]
    guides = [Guide(5, "lima"), Guide(5.01, "lima lebih")]
    drawing = draw([LinePoint(1, "", 1)], ticks=values, guides=guides)
    assert len(drawing.shapes("grid")) == 100
    assert len(drawing.texts("tick")) < 20
    assert drawing.texts("guide-label") == ["lima"]
    assert len(drawing.shapes("guide")) == 2


def test_nice_ticks_label_a_percentage_scale() -> None:
    ticks = [Tick(value, f"{value} %") for value in nice_ticks(0, 100)]
    drawing = draw([LinePoint(1, "", 61.28)], ticks=ticks)
    assert [text for text in drawing.texts("tick") if text] == ["0 %", "25 %", "50 %", "75 %", "100 %"]


def test_no_points_say_so() -> None:
    assert draw([], empty_text="Belum ada data").texts() == ["Belum ada data"]


def test_a_sparkline_ends_in_a_dot_and_breaks_at_gaps() -> None:
    drawing = spark([1, 2, None, 4, None, 3, 5], tone=Tone.BAD)
    assert [len(path_points(line)) for line in drawing.shapes("line")] == [2, 2]
    lone, last = drawing.shapes("dot")
    assert (number(lone, "r"), number(last, "r")) == (1, 2.5)
    assert last.attrib["fill"] == LIGHT.bad
    assert path_points(drawing.shapes("line")[-1])[-1] == (number(last, "cx"), number(last, "cy"))


def test_a_sparkline_of_one_value_is_one_dot() -> None:
    assert len(spark([5]).shapes("dot")) == 1
    assert len(spark([5, None]).shapes("dot")) == 2


def test_a_sparkline_without_values_says_so() -> None:
    assert spark([None, None], empty_text="tidak ada").texts() == ["tidak ada"]
    assert spark([]).texts() == ["–"]


def test_a_sparkline_target_is_a_dashed_line_on_the_scale() -> None:
    (guide,) = spark([1, 3], target=3).shapes("guide")
    drawing = spark([1, 3], target=3)
    assert number(guide, "y1") == number(drawing.shapes("dot")[-1], "cy")
    assert spark([1, 3]).shapes("guide") == []
