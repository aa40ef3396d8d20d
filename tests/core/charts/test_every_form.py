"""What holds for all six forms: valid, self-contained, inside its frame, the same twice."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from luwes.core.charts import (
    DARK,
    LIGHT,
    PRINT,
    Bar,
    CoverageCell,
    EventPoint,
    Guide,
    IntervalRow,
    LinePoint,
    Palette,
    Tick,
    bar_chart,
    coverage_strip,
    event_study,
    interval_plot,
    line_chart,
    sparkline,
)
from tests.core.charts.drawing import SVG, Drawing

HOSTILE = "Dinas <script>\"A\" & 'B'</script>\x00\x0b\ud800 ]]> 🏛"
WORDS = {"title": HOSTILE, "description": HOSTILE}


def bars(values: list[float], palette: Palette) -> str:
    rows = [Bar(HOSTILE, value, HOSTILE, target=value / 2, note=HOSTILE) for value in values]
    return bar_chart(rows, palette=palette, target_label=HOSTILE, empty_text=HOSTILE, **WORDS)


def wide_bars(values: list[float], palette: Palette) -> str:
    rows = [Bar(HOSTILE, value, HOSTILE, target=value / 2) for value in values]
    return bar_chart(rows, palette=palette, empty_text=HOSTILE, width=720, **WORDS)


def lines(values: list[float], palette: Palette) -> str:
    points = [
        LinePoint(i, HOSTILE, value, HOSTILE, low=value, high=value, target=value) for i, value in enumerate(values)
    ]
    extras = {"ticks": [Tick(v, HOSTILE[:9]) for v in values], "guides": [Guide(v, HOSTILE) for v in values]}
    return line_chart(points, palette=palette, empty_text=HOSTILE, **extras, **WORDS)  # type: ignore[arg-type]


def events(values: list[float], palette: Palette) -> str:
    points = [EventPoint(i - 1, HOSTILE, v, v, v, reference=i == 0) for i, v in enumerate(values)]
    margins = [Guide(value, HOSTILE) for value in values]
    return event_study(points, palette=palette, margins=margins, event_text=HOSTILE, empty_text=HOSTILE, **WORDS)


def intervals(values: list[float], palette: Palette) -> str:
    rows = [IntervalRow(HOSTILE, v, HOSTILE, v, v, pooled=i % 2 == 1) for i, v in enumerate(values)]
    guides = [Guide(value, HOSTILE) for value in values]
    return interval_plot(rows, palette=palette, guides=guides, empty_text=HOSTILE, **WORDS)


def coverage(values: list[float], palette: Palette) -> str:
    cells = [CoverageCell(HOSTILE, abs(value), HOSTILE) for value in values]
    return coverage_strip(cells, palette=palette, empty_text=HOSTILE, **WORDS)


def spark(values: list[float], palette: Palette) -> str:
    target = values[0] if values else None
    return sparkline(values, palette=palette, target=target, empty_text=HOSTILE[:8], **WORDS)


Form = Callable[[list[float], Palette], str]
FORMS = [bars, wide_bars, lines, events, intervals, coverage, spark]
VALUES = {
    "empty": [],
    "single": [3.0],
    "zero": [0.0],
    "equal": [5.0] * 6,
    "negative": [-4.0, -1.0, -9.5],
    "mixed": [-4.0, 0.0, 9.5],
    "huge": [1e300, -1e300, 1.7e308, -1.7e308],
    "tiny": [1e-300, 2e-300],
    "many": [float(i % 17) for i in range(120)],
}
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
every_case = pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())


@every_form
@every_case
def test_it_is_a_named_picture_without_style_script_or_links(form: Form, values: list[float]) -> None:
    drawing = Drawing(form(values, LIGHT))
    assert drawing.root.tag == f"{SVG}svg"
    assert drawing.root.attrib["role"] == "img"
    assert [child.tag for child in drawing.root][:2] == [f"{SVG}title", f"{SVG}desc"]
    allowed = {"svg", "title", "desc", "g", "rect", "line", "path", "circle", "text"}
    for element in drawing.root.iter():
        assert element.tag.removeprefix(SVG) in allowed
        names = set(element.attrib)
        assert not names & {"style", "id", "href"}
        assert not [name for name in names if name.startswith("on")]
    assert "var(" not in drawing.source


@every_form
def test_hostile_words_arrive_as_words(form: Form) -> None:
    drawing = Drawing(form([1.0, 2.0], LIGHT))
    cleaned = "Dinas <script>\"A\" & 'B'</script>\ufffd\ufffd\ufffd ]]> 🏛"
    assert drawing.root.findtext(f"{SVG}title") == cleaned
    assert drawing.root.findtext(f"{SVG}desc") == cleaned


@every_form
@every_case
def test_everything_stays_inside_the_frame(form: Form, values: list[float]) -> None:
    drawing = Drawing(form(values, LIGHT))
    for x, y in drawing.points():
        assert -0.6 <= x <= drawing.width + 0.6
        assert -0.6 <= y <= drawing.height + 0.6


@every_form
@every_case
def test_the_same_figures_give_the_same_bytes(form: Form, values: list[float]) -> None:
    assert form(values, LIGHT) == form(list(values), LIGHT)


@every_form
@pytest.mark.parametrize("palette", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
def test_every_painted_shape_has_a_literal_colour_and_its_class(form: Form, palette: Palette) -> None:
    colours = {getattr(palette, name) for name in Palette.__slots__}
    for element in ET.fromstring(form([1.0, 2.0, -3.0], palette)).iter():
        roles = dict(re.findall(r"c-(fill|stroke)-(\w+)", element.get("class", "")))
        for paint in ("fill", "stroke"):
            colour = element.get(paint)
            if colour is not None and colour != "none":
                assert colour in colours
                assert colour == getattr(palette, roles[paint])


@every_form
def test_values_that_are_not_finite_are_refused(form: Form) -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="cannot draw"):
            form([1.0, value], LIGHT)


def test_typst_draws_every_form_with_its_words(tmp_path: Path) -> None:
    source = ["#set page(width: 420pt, height: auto)"]
    plain = {"title": "Judul", "description": "Keterangan"}
    pictures = [form([4.0, -2.0, 9.0], PRINT) for form in FORMS]
    pictures.append(bar_chart([], palette=PRINT, empty_text="Belum ada data", **plain))
    for index, picture in enumerate(pictures):
        (tmp_path / f"{index}.svg").write_text(picture, encoding="utf-8")
        source.append(f'#image("{index}.svg", width: 100%)')
    page = tmp_path / "page.typ"
    page.write_text("\n".join(source), encoding="utf-8")
    png = typst.compile(str(page), format="png", ppi=40)
    assert isinstance(png, bytes)
    assert png.startswith(b"\x89PNG")
    assert len(png) > 4_000
