import gzip
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.charts import LIGHT, Bar, Tone, bar_chart
from luwes.core.formats import percent
from luwes.examples.invented.names import UNIT_NAMES
from tests.core.charts.drawing import Drawing, number

LONG = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana"


def draw(bars: list[Bar], *, width: int = 400, **changes: object) -> Drawing:
    words = {"title": "Realisasi", "description": "Persen dari pagu", "palette": LIGHT}
    return Drawing(bar_chart(bars, width=width, **(words | changes)))  # type: ignore[arg-type]


def forty() -> list[Bar]:
    return [
        Bar(name, i * 2.3, percent(i * 2.3, 2, "id"), target=85, tone=Tone.BAD) for i, name in enumerate(UNIT_NAMES)
    ]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.decimals(0, 150, places=2), min_size=2, max_size=12))
def test_longer_bars_mean_larger_values(values: list[Decimal]) -> None:
    drawing = draw([Bar(f"PD {i}", value, str(value)) for i, value in enumerate(values)], maximum=100)
    lengths = iter(number(bar, "width") for bar in drawing.shapes("bar"))
    drawn = [(value, next(lengths) if value else 0.0) for value in values]
    ordered = [length for _, length in sorted(drawn)]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize("width", [320, 400, 559, 560, 720])
def test_labels_values_and_targets_keep_clear_of_each_other(width: int) -> None:
    drawing = draw([*forty(), Bar(LONG, None, "belum ada pagu " * 9)], width=width, target_label="Target 85 %")
    boxes = drawing.text_boxes()
    assert len(boxes) == 2 * 41 + 1
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)


@pytest.mark.parametrize("width", [400, 720])
def test_bars_do_not_run_through_words(width: int) -> None:
    drawing = draw(forty(), width=width)
    tracks = [(number(t, "y"), number(t, "y") + number(t, "height")) for t in drawing.shapes("track")]
    if width == 400:
        for box, (top, _) in zip(drawing.text_boxes("label"), tracks, strict=True):
            assert box.bottom <= top
    else:
        start = min(number(track, "x") for track in drawing.shapes("track"))
        end = max(number(t, "x") + number(t, "width") for t in drawing.shapes("track"))
        assert all(box.right <= start for box in drawing.text_boxes("label"))
        assert all(box.left >= end for box in drawing.text_boxes("value"))


def test_a_full_bar_is_a_full_track_and_the_target_stands_in_place() -> None:
    drawing = draw([Bar("A", 100, "100"), Bar("B", 25, "25", target=50)], maximum=100)
    track, (full, quarter) = drawing.shapes("track")[0], drawing.shapes("bar")
    assert number(full, "width") == number(track, "width")
    assert number(quarter, "width") == pytest.approx(number(track, "width") / 4, abs=0.1)
    (tick,) = drawing.shapes("target")
    middle = number(track, "x") + number(track, "width") / 2
    assert number(tick, "x1") == number(tick, "x2") == pytest.approx(middle, abs=0.1)


def test_a_value_over_the_maximum_widens_the_scale() -> None:
    drawing = draw([Bar("A", 200, "200"), Bar("B", 100, "100")], maximum=100)
    over, at = (number(bar, "width") for bar in drawing.shapes("bar"))
    assert at == pytest.approx(over / 2, abs=0.1)


def test_a_sliver_stays_visible_and_nothing_draws_nothing() -> None:
    drawing = draw([Bar("A", 0.001, "0,00 %"), Bar("B", 0, "0 %"), Bar("C", None, "–")], maximum=100)
    (sliver,) = drawing.shapes("bar")
    assert number(sliver, "width") == 1
    assert len(drawing.shapes("track")) == 3


def test_a_negative_sliver_at_the_right_end_stays_inside() -> None:
    drawing = draw([Bar("A", -1e-9, "−0"), Bar("B", -100, "−100")])
    for bar in drawing.shapes("bar"):
        assert number(bar, "x") + number(bar, "width") <= drawing.width - 0.9


def test_negative_values_hang_to_the_left_of_zero() -> None:
    drawing = draw([Bar("A", -5, "−5"), Bar("B", 5, "5")])
    minus, plus = drawing.shapes("bar")
    assert number(minus, "x") + number(minus, "width") == pytest.approx(number(plus, "x"), abs=0.1)


@pytest.mark.parametrize("width", [400, 720])
def test_long_names_are_cut_and_whole_in_the_tooltip(width: int) -> None:
    drawing = draw([Bar(LONG, 12.5, "12,50 %", note="di bawah target")], width=width)
    (shown,) = drawing.texts("label")
    assert shown.endswith("…")
    assert LONG.startswith(shown.removesuffix("…"))
    assert drawing.tooltips("row") == [f"{LONG} · 12,50 % · di bawah target"]


@pytest.mark.parametrize("width", [400, 720])
def test_a_long_value_leaves_room_for_its_name(width: int) -> None:
    drawing = draw([Bar("Dinas Pendidikan", None, "belum ada pagu pada tanggal ini " * 5)], width=width)
    assert drawing.texts("label") == ["Dinas Pendidikan"]
    (value,) = drawing.texts("value")
    assert value.endswith("…")


def test_tones_paint_the_bars_and_a_missing_value_is_quiet() -> None:
    drawing = draw([Bar("A", 1, "1", tone=tone) for tone in Tone] + [Bar("B", None, "belum ada pagu")])
    assert [bar.attrib["fill"] for bar in drawing.shapes("bar")] == [getattr(LIGHT, tone) for tone in Tone]
    assert drawing.shapes("value")[-1].attrib["fill"] == LIGHT.muted
    assert "font-weight" not in drawing.shapes("value")[-1].attrib


def test_the_target_is_explained_only_where_there_are_bars() -> None:
    assert draw([Bar("A", 1, "1", target=2)], target_label="Target 50 %").texts("legend") == ["Target 50 %"]
    empty = draw([], target_label="Target 50 %", empty_text="Belum ada data")
    assert empty.texts() == ["Belum ada data"]


def test_rows_keep_the_order_given() -> None:
    drawing = draw(forty())
    places = [box.top for box in drawing.text_boxes("value")]
    assert places == sorted(places)
    assert drawing.texts("value") == [bar.value_text for bar in forty()]


@pytest.mark.parametrize("width", [400, 720])
def test_forty_bars_weigh_little(width: int) -> None:
    source = draw(forty(), width=width, target_label="Target 85 %", maximum=100).source
    assert len(gzip.compress(source.encode(), 9)) <= 3_000
