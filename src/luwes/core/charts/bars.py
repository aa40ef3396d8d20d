"""Horizontal bars with a target mark: how far, and how far it should be."""

from collections.abc import Sequence
from dataclasses import dataclass

from luwes.core.charts.canvas import FONT_SIZE, SMALL, Canvas
from luwes.core.charts.lettering import clean, fit, text_width
from luwes.core.charts.palette import Palette, Tone
from luwes.core.charts.scale import Scale, Value, finite

# From this width on names stand beside the bars; below it (phones) they stand above them.
BESIDE_FROM = 560
_GAP = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. `value` None draws no bar and lets `value_text` say why; `note` is the tooltip's end."""

    label: str
    value: Value | None
    value_text: str
    target: Value | None = None
    tone: Tone = Tone.PLAIN
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    label_x: float
    label_room: float
    text_y: float
    value_x: float
    bar_y: float
    bar_h: float


@dataclass(frozen=True, slots=True)
class _Layout:
    width: float
    pitch: float
    top: float
    bar_h: float
    start: float
    end: float
    beside: bool
    value_room: float


def bar_chart(
    bars: Sequence[Bar],
    *,
    title: str,
    description: str,
    palette: Palette,
    maximum: Value | None = None,
    target_label: str = "",
    empty_text: str = "–",
    width: int = 400,
) -> str:
    """Draw rows in the order given, each a bar from zero with its value and a tick at its target.

    `maximum` is what a full track means (100 for percentages); larger values widen the scale.
    `target_label` explains the tick above the rows. Raises ValueError for values that are not finite.
    """
    layout = _layout(bars, width, has_legend=bool(target_label and bars))
    height = layout.top + max(len(bars), 1) * layout.pitch
    canvas = Canvas(palette, kind="bar", width=width, height=height)
    if not bars:
        canvas.text("empty", "muted", empty_text, x=0, y=FONT_SIZE + 4)
        return canvas.finish(title, description)
    if target_label:
        _legend(canvas, target_label, width)
    scale = _scale(bars, maximum, layout)
    for index, bar in enumerate(bars):
        _draw_row(canvas, bar, scale, layout, layout.top + index * layout.pitch)
    return canvas.finish(title, description)


def _layout(bars: Sequence[Bar], width: int, *, has_legend: bool) -> _Layout:
    top = 20.0 if has_legend else 2.0
    widest = max((text_width(clean(bar.value_text), FONT_SIZE) for bar in bars), default=0.0)
    if width < BESIDE_FROM:
        room = min(widest, width * 0.5)
        return _Layout(width, 36, top, 8, 1, width - 1, beside=False, value_room=room)
    room = min(widest, width * 0.3)
    start = width * 0.46
    return _Layout(width, 21, top, 11, start, width - room - _GAP, beside=True, value_room=room)


def _row(layout: _Layout, y: float) -> _Row:
    label_room = (layout.start if layout.beside else layout.width - layout.value_room) - _GAP
    bar_y = y + 4 if layout.beside else y + 19
    return _Row(0, label_room, y + 13.5, layout.width, bar_y, layout.bar_h)


def _scale(bars: Sequence[Bar], maximum: Value | None, layout: _Layout) -> Scale:
    numbers = [0.0]
    for bar in bars:
        numbers += [finite(value) for value in (bar.value, bar.target) if value is not None]
    if maximum is not None:
        numbers.append(finite(maximum))
    low, high = min(numbers), max(numbers)
    return Scale(low, high if high > low else low + 1.0, layout.start, layout.end)


def _legend(canvas: Canvas, target_label: str, width: float) -> None:
    x = width - 2.0
    canvas.line("target", "ink", x1=x, y1=1, x2=x, y2=13, thick=2)
    shown = fit(clean(target_label), SMALL, width - 10)
    canvas.text("legend", "muted", shown, x=x - 6, y=11, size=SMALL, anchor="end")


def _draw_row(canvas: Canvas, bar: Bar, scale: Scale, layout: _Layout, y: float) -> None:
    row = _row(layout, y)
    label, value_text = clean(bar.label), clean(bar.value_text)
    canvas.open("row", " · ".join(part for part in (label, value_text, clean(bar.note)) if part))
    canvas.text("label", "ink", fit(label, FONT_SIZE, row.label_room), x=row.label_x, y=row.text_y)
    value_shown = fit(value_text, FONT_SIZE, layout.value_room)
    known = bar.value is not None
    role = "ink" if known else "muted"
    canvas.text("value", role, value_shown, x=row.value_x, y=row.text_y, anchor="end", bold=known)
    canvas.rect("track", "track", x=scale.start, y=row.bar_y, w=scale.end - scale.start, h=row.bar_h, round_=2)
    if bar.value is not None and bar.value != 0:
        zero, tip = scale.at(0), scale.at(bar.value)
        # A sliver stays visible: nothing spent and little spent are different things.
        span = max(abs(tip - zero), 1.0)
        left = zero if bar.value > 0 else zero - span
        canvas.rect("bar", bar.tone, x=min(left, scale.end - span), y=row.bar_y, w=span, h=row.bar_h, round_=2)
    if bar.target is not None:
        x = scale.at(bar.target)
        canvas.line("target", "ink", x1=x, y1=row.bar_y - 3, x2=x, y2=row.bar_y + row.bar_h + 3, thick=2)
    canvas.close()
