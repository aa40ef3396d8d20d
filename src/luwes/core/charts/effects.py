"""Estimates with their intervals: an event study over periods, and a list of intervals (forest)."""

from collections.abc import Sequence
from dataclasses import dataclass

from luwes.core.charts.axes import (
    Guide,
    Tick,
    draw_guides,
    draw_labels_below,
    draw_ticks,
    require_ordered,
    tick_room,
)
from luwes.core.charts.canvas import FONT_SIZE, SMALL, Canvas
from luwes.core.charts.lettering import clean, fit, text_width
from luwes.core.charts.palette import Palette, Tone
from luwes.core.charts.scale import Scale, Value, spanning


@dataclass(frozen=True, slots=True)
class EventPoint:
    """An estimate at `period` (0 is the first treated one). `reference` is the period held at zero."""

    period: int
    label: str
    value: Value
    low: Value | None = None
    high: Value | None = None
    reference: bool = False


def event_study(
    points: Sequence[EventPoint],
    *,
    title: str,
    description: str,
    palette: Palette,
    margins: Sequence[Guide] = (),
    event_text: str = "",
    ticks: Sequence[Tick] = (),
    empty_text: str = "–",
    width: int = 400,
    height: int = 240,
) -> str:
    """Draw estimates by period with intervals, a zero line, margin lines and a mark before period 0.

    Periods before 0 are muted: they test the comparison, they are not effects. Raises ValueError for
    values that are not finite and for intervals upside down or with one end.
    """
    canvas = Canvas(palette, kind="event", width=width, height=height)
    if not points:
        canvas.text("empty", "muted", empty_text, x=0, y=FONT_SIZE + 4)
        return canvas.finish(title, description)
    values: list[Value] = [0.0, *(tick.value for tick in ticks), *(guide.value for guide in margins)]
    for point in points:
        require_ordered(point.low, point.high)
        values += [v for v in (point.value, point.low, point.high) if v is not None]
    left, right = tick_room(ticks) + 6, width - 8.0
    up = spanning(values, height - 26, 24)
    across = spanning([point.period for point in points], left, right, pad=0.04)
    draw_ticks(canvas, ticks, up, left=left, right=right)
    zero = up.at(0)
    canvas.line("zero", "ink", x1=left, y1=zero, x2=right, y2=zero)
    _draw_event(canvas, points, across, event_text, top=14, bottom=height - 26)
    for point in points:
        _draw_estimate(canvas, point, across, up)
    draw_guides(canvas, margins, up, left=left, right=right)
    labels = [(across.at(point.period), point.label) for point in points]
    draw_labels_below(canvas, labels, y=height - 6, left=left, right=right)
    return canvas.finish(title, description)


def _draw_event(
    canvas: Canvas,
    points: Sequence[EventPoint],
    across: Scale,
    event_text: str,
    *,
    top: float,
    bottom: float,
) -> None:
    periods = [point.period for point in points]
    if not min(periods) < 0 <= max(periods):
        return
    x = across.at(-0.5)
    canvas.line("event", "muted", x1=x, y1=top, x2=x, y2=bottom, dashed=True)
    shown = fit(clean(event_text), SMALL, across.end - across.start)
    half = text_width(shown, SMALL) / 2
    centre = min(max(x, across.start + half), across.end - half)
    canvas.text("event-label", "muted", shown, x=centre, y=top - 4, size=SMALL, anchor="middle")


def _draw_estimate(canvas: Canvas, point: EventPoint, across: Scale, up: Scale) -> None:
    role = "muted" if point.period < 0 else "accent"
    x = across.at(point.period)
    canvas.open("estimate", point.label)
    if point.low is not None and point.high is not None:
        canvas.line("interval", role, x1=x, y1=up.at(point.low), x2=x, y2=up.at(point.high), thick=2)
    canvas.dot("dot", role, x=x, y=up.at(point.value), r=3.5, hollow=point.reference)
    canvas.close()


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One estimate with its interval; `value` None draws nothing and lets `value_text` say why."""

    label: str
    value: Value | None
    value_text: str
    low: Value | None = None
    high: Value | None = None
    tone: Tone = Tone.PLAIN
    pooled: bool = False


def interval_plot(
    rows: Sequence[IntervalRow],
    *,
    title: str,
    description: str,
    palette: Palette,
    guides: Sequence[Guide] = (),
    empty_text: str = "–",
    width: int = 400,
) -> str:
    """Draw one row per estimate: its name, its words, its interval against zero and the guides.

    `pooled` rows (the overall estimate) carry a diamond. Raises ValueError for values that are not
    finite and for intervals upside down or with one end.
    """
    pitch, top = 38.0, 18.0 if guides and rows else 2.0
    height = top + max(len(rows), 1) * pitch
    canvas = Canvas(palette, kind="interval", width=width, height=height)
    if not rows:
        canvas.text("empty", "muted", empty_text, x=0, y=FONT_SIZE + 4)
        return canvas.finish(title, description)
    values: list[Value] = [0.0, *(guide.value for guide in guides)]
    for row in rows:
        require_ordered(row.low, row.high)
        values += [v for v in (row.value, row.low, row.high) if v is not None]
    across = spanning(values, 6, width - 6)
    labels = [(across.at(guide.value), guide.text) for guide in guides]
    draw_labels_below(canvas, labels, y=11, left=0, right=width)
    for index, row in enumerate(rows):
        y = top + index * pitch
        _draw_verticals(canvas, guides, across, top=y + 18, bottom=y + 34)
        _draw_interval_row(canvas, row, across, width, y)
    return canvas.finish(title, description)


def _draw_verticals(canvas: Canvas, guides: Sequence[Guide], across: Scale, *, top: float, bottom: float) -> None:
    # Per row, so that no line runs through the words between the rows.
    zero = across.at(0)
    canvas.line("zero", "muted", x1=zero, y1=top, x2=zero, y2=bottom)
    for guide in guides:
        x = across.at(guide.value)
        canvas.line("guide", "ink", x1=x, y1=top, x2=x, y2=bottom, dashed=True)


def _draw_interval_row(canvas: Canvas, row: IntervalRow, across: Scale, width: float, y: float) -> None:
    label, value_text = clean(row.label), clean(row.value_text)
    room = min(text_width(value_text, FONT_SIZE), width * 0.5)
    middle = y + 26
    canvas.open("row", " · ".join(part for part in (label, value_text) if part))
    canvas.text("label", "ink", fit(label, FONT_SIZE, width - room - 10), x=0, y=y + 14, bold=row.pooled)
    canvas.text("value", "ink", fit(value_text, FONT_SIZE, room), x=width, y=y + 14, anchor="end")
    if row.low is not None and row.high is not None:
        canvas.line("interval", row.tone, x1=across.at(row.low), y1=middle, x2=across.at(row.high), y2=middle, thick=2)
    if row.value is not None and row.pooled:
        x = across.at(row.value)
        diamond = [(x - 5, middle), (x, middle - 5), (x + 5, middle), (x, middle + 5)]
        canvas.path("dot", row.tone, diamond, filled=True)
    elif row.value is not None:
        canvas.dot("dot", row.tone, x=across.at(row.value), y=middle, r=4)
    canvas.close()
