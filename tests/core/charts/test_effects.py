from itertools import combinations

import pytest

from luwes.core.charts import (
    LIGHT,
    EventPoint,
    Guide,
    IntervalRow,
    Tick,
    Tone,
    event_study,
    interval_plot,
)
from tests.core.charts.drawing import Drawing, number, path_points

WORDS = {"title": "Waktu tunggu", "description": "Menit terhadap pembanding", "palette": LIGHT}
LONG = "Layanan perizinan terpadu satu pintu untuk usaha mikro, kecil dan menengah di kabupaten"


def study(points: list[EventPoint], **changes: object) -> Drawing:
    return Drawing(event_study(points, **(WORDS | changes)))  # type: ignore[arg-type]


def plot(rows: list[IntervalRow], **changes: object) -> Drawing:
    return Drawing(interval_plot(rows, **(WORDS | changes)))  # type: ignore[arg-type]


def seventeen() -> list[EventPoint]:
    return [
        EventPoint(k, str(k), k / 10, None if k == -1 else k / 10 - 1, None if k == -1 else k / 10 + 1, k == -1)
        for k in range(-8, 9)
    ]


def test_periods_run_to_the_right_and_estimates_upwards() -> None:
    dots = study(seventeen()).shapes("dot")
    across, up = [number(dot, "cx") for dot in dots], [number(dot, "cy") for dot in dots]
    assert across == sorted(across)
    assert up == sorted(up, reverse=True)


def test_each_interval_encloses_its_estimate() -> None:
    drawing = study(seventeen())
    assert len(drawing.shapes("interval")) == 16
    for group in drawing.shapes("estimate"):
        lines = [e for e in group if "c-interval" in e.get("class", "")]
        dots = [e for e in group if "c-dot" in e.get("class", "")]
        for line in lines:
            assert number(line, "y1") > number(dots[0], "cy") > number(line, "y2")
            assert number(line, "x1") == number(dots[0], "cx")


def test_the_reference_period_is_hollow_and_earlier_periods_are_muted() -> None:
    dots = study(seventeen()).shapes("dot")
    assert [dot.get("stroke") for dot in dots] == [None] * 7 + [LIGHT.muted] + [None] * 9
    assert dots[7].attrib["fill"] == LIGHT.surface
    assert {dot.attrib["fill"] for dot in dots[:7]} == {LIGHT.muted}
    assert {dot.attrib["fill"] for dot in dots[8:]} == {LIGHT.accent}


def test_zero_and_margins_are_drawn_to_scale_even_when_far_away() -> None:
    drawing = study([EventPoint(0, "0", 40, 39, 41)], margins=[Guide(20, "batas 20 menit")], ticks=[Tick(40, "40")])
    zero = number(drawing.shapes("zero")[0], "y1")
    margin = number(drawing.shapes("guide")[0], "y1")
    dot = number(drawing.shapes("dot")[0], "cy")
    assert zero - margin == pytest.approx(margin - dot, abs=0.2)
    assert dot == number(drawing.shapes("grid")[0], "y1")
    assert drawing.texts("guide-label") == ["batas 20 menit"]


def test_the_event_stands_between_the_last_period_before_and_the_first_after() -> None:
    drawing = study(seventeen(), event_text="WFA mulai")
    (event,) = drawing.shapes("event")
    dots = drawing.shapes("dot")
    assert number(dots[7], "cx") < number(event, "x1") < number(dots[8], "cx")
    assert drawing.texts("event-label") == ["WFA mulai"]


@pytest.mark.parametrize("periods", [[-3, -2], [0, 1], [2, 3]])
def test_without_both_sides_there_is_no_event_line(periods: list[int]) -> None:
    drawing = study([EventPoint(k, str(k), 1.0) for k in periods], event_text="WFA mulai")
    assert drawing.shapes("event") == []
    assert drawing.shapes("event-label") == []


@pytest.mark.parametrize(("low", "high"), [(2.0, 1.0), (None, 1.0), (1.0, None)])
def test_impossible_intervals_are_refused(low: float | None, high: float | None) -> None:
    with pytest.raises(ValueError, match="interval"):
        study([EventPoint(0, "0", 1.0, low, high)])
    with pytest.raises(ValueError, match="interval"):
        plot([IntervalRow("A", 1.0, "1", low, high)])


def test_nothing_to_show_says_so() -> None:
    assert study([], empty_text="Belum cukup data").texts() == ["Belum cukup data"]
    assert plot([], empty_text="Belum cukup data", guides=[Guide(1, "batas")]).texts() == ["Belum cukup data"]


def rows() -> list[IntervalRow]:
    return [
        IntervalRow(LONG, 0.4, "0,4 [−0,6; 1,4]", -0.6, 1.4),
        IntervalRow("Samsat", 2.6, "2,6 [1,2; 4,0]", 1.2, 4.0, Tone.BAD),
        IntervalRow("Perpustakaan", None, "belum cukup data", tone=Tone.QUIET),
        IntervalRow("Semua layanan", 0.5, "0,5 [0,1; 0,9]", 0.1, 0.9, pooled=True),
    ]


def test_intervals_lie_to_scale_from_left_to_right() -> None:
    drawing = plot(rows(), guides=[Guide(1.2, "batas")])
    first, second, pooled = drawing.shapes("interval")
    guide = drawing.shapes("guide")[0]
    assert number(first, "x1") < number(pooled, "x1") < number(pooled, "x2") < number(first, "x2")
    assert number(second, "x1") == number(guide, "x1")
    assert number(second, "x2") == drawing.width - 6
    assert second.attrib["stroke"] == LIGHT.bad


def test_a_row_without_an_estimate_keeps_its_words_and_draws_no_mark() -> None:
    drawing = plot(rows())
    assert drawing.texts("value")[2] == "belum cukup data"
    assert len(drawing.shapes("dot")) == 3
    assert drawing.tooltips("row")[0] == f"{LONG} · 0,4 [−0,6; 1,4]"


def test_the_pooled_estimate_is_a_diamond_around_its_value() -> None:
    drawing = plot(rows())
    diamond = drawing.shapes("dot")[-1]
    corners = path_points(diamond)
    interval = drawing.shapes("interval")[-1]
    assert len(corners) == 4
    centre = (corners[0][0] + corners[2][0]) / 2
    assert centre == pytest.approx((number(interval, "x1") + number(interval, "x2")) / 2, abs=0.2)


@pytest.mark.parametrize("width", [320, 400, 640])
def test_words_never_touch_each_other_or_a_line(width: int) -> None:
    drawing = plot(rows(), guides=[Guide(2, "batas 2 menit"), Guide(2.1, "lain")], width=width)
    boxes = drawing.text_boxes()
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    for line in [*drawing.shapes("guide"), *drawing.shapes("zero"), *drawing.shapes("interval")]:
        ys = number(line, "y1"), number(line, "y2")
        for box in boxes:
            crosses = box.left < number(line, "x1") < box.right and min(ys) < box.bottom and max(ys) > box.top
            assert not crosses
