"""A line over time with an interval band, and its little sister, the sparkline."""

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
class LinePoint:
    """One moment. `at` is its place in time (a day number); `value` None leaves a gap.

    `joined` False breaks the line before this point: use it where the denominator changed.
    `target` draws a short mark at what was due at that moment.
    """

    at: Value
    label: str
    value: Value | None
    value_text: str = ""
    low: Value | None = None
    high: Value | None = None
    target: Value | None = None
    joined: bool = True


def line_chart(
    points: Sequence[LinePoint],
    *,
    title: str,
    description: str,
    palette: Palette,
    ticks: Sequence[Tick] = (),
    guides: Sequence[Guide] = (),
    empty_text: str = "–",
    width: int = 400,
    height: int = 220,
) -> str:
    """Draw values over time, their interval as a band, and the last value in words at its point.

    The scale spans values, intervals, targets, ticks and guides. Raises ValueError for values that are
    not finite and for intervals upside down or with one end.
    """
    canvas = Canvas(palette, kind="line", width=width, height=height)
    if not points:
        canvas.text("empty", "muted", empty_text, x=0, y=FONT_SIZE + 4)
        return canvas.finish(title, description)
    for point in points:
        require_ordered(point.low, point.high)
    left, right = tick_room(ticks) + 6, width - 8.0
    across = spanning([point.at for point in points], left, right, pad=0.02)
    up = _vertical(points, ticks, guides, height)
    draw_ticks(canvas, ticks, up, left=left, right=right)
    _draw_bands(canvas, points, across, up)
    draw_guides(canvas, guides, up, left=left, right=right)
    _draw_line(canvas, points, across, up)
    _draw_marks(canvas, points, across, up)
    _draw_last_value(canvas, points, across, up)
    labels = [(across.at(point.at), point.label) for point in points]
    draw_labels_below(canvas, labels, y=height - 6, left=left, right=right)
    return canvas.finish(title, description)


def _vertical(points: Sequence[LinePoint], ticks: Sequence[Tick], guides: Sequence[Guide], height: float) -> Scale:
    values: list[Value] = [tick.value for tick in ticks]
    values += [guide.value for guide in guides]
    for point in points:
        values += [v for v in (point.value, point.low, point.high, point.target) if v is not None]
    return spanning(values, height - 26, 22)


def _runs(points: Sequence[LinePoint]) -> list[list[LinePoint]]:
    """Split points into stretches that may be joined by a line."""
    runs: list[list[LinePoint]] = [[]]
    for point in points:
        if point.value is None or not point.joined:
            runs.append([])
        if point.value is not None:
            runs[-1].append(point)
    return [run for run in runs if run]


def _draw_bands(canvas: Canvas, points: Sequence[LinePoint], across: Scale, up: Scale) -> None:
    for run in _runs(points):
        known = [
            (across.at(p.at), up.at(p.low), up.at(p.high)) for p in run if p.low is not None and p.high is not None
        ]
        if len(known) > 1:
            outline = [(x, high) for x, _, high in known] + [(x, low) for x, low, _ in reversed(known)]
            canvas.path("band", "soft", outline, filled=True)
        elif known:
            x, low, high = known[0]
            canvas.line("band", "soft", x1=x, y1=low, x2=x, y2=high, thick=6)


def _draw_line(canvas: Canvas, points: Sequence[LinePoint], across: Scale, up: Scale) -> None:
    for run in _runs(points):
        places = [(across.at(p.at), up.at(p.value)) for p in run if p.value is not None]
        if len(places) > 1:
            canvas.path("line", "accent", places)


def _draw_marks(canvas: Canvas, points: Sequence[LinePoint], across: Scale, up: Scale) -> None:
    for point in points:
        x = across.at(point.at)
        canvas.open("point", " · ".join(part for part in (clean(point.label), clean(point.value_text)) if part))
        if point.target is not None:
            y = up.at(point.target)
            canvas.line("target", "ink", x1=x - 7, y1=y, x2=x + 7, y2=y, thick=2)
        if point.value is not None:
            canvas.dot("dot", "accent", x=x, y=up.at(point.value), r=3)
        canvas.close()


def _draw_last_value(canvas: Canvas, points: Sequence[LinePoint], across: Scale, up: Scale) -> None:
    last = next((point for point in reversed(points) if point.value is not None), None)
    if last is None or last.value is None:
        return
    shown = fit(clean(last.value_text), FONT_SIZE, (across.end - across.start) / 2)
    half = text_width(shown, FONT_SIZE) / 2
    x = min(max(across.at(last.at), across.start + half), across.end - half)
    canvas.text("value", "ink", shown, x=x, y=up.at(last.value) - 8, anchor="middle", bold=True, halo=True)


def sparkline(
    values: Sequence[Value | None],
    *,
    title: str,
    description: str,
    palette: Palette,
    target: Value | None = None,
    tone: Tone = Tone.PLAIN,
    empty_text: str = "–",
    width: int = 96,
    height: int = 24,
) -> str:
    """Draw equally spaced values as a small line with a dot at the last one; None leaves a gap.

    `target` draws a dashed line. Raises ValueError for values that are not finite.
    """
    canvas = Canvas(palette, kind="spark", width=width, height=height)
    known = [value for value in values if value is not None]
    if not known:
        canvas.text("empty", "muted", empty_text, x=0, y=height / 2 + 4, size=SMALL)
        return canvas.finish(title, description)
    up = spanning([*known, *([] if target is None else [target])], height - 4, 4)
    across = Scale(0, max(len(values) - 1, 1), 3, width - 4)
    if target is not None:
        y = up.at(target)
        canvas.line("guide", "muted", x1=0, y1=y, x2=width, y2=y, dashed=True)
    points = [LinePoint(at=index, label="", value=value) for index, value in enumerate(values)]
    for run in _runs(points):
        places = [(across.at(p.at), up.at(p.value)) for p in run if p.value is not None]
        if len(places) > 1:
            canvas.path("line", tone, places, thick=1.5)
        elif run[0].at != len(values) - 1:
            # A lone value between two gaps would vanish as a line.
            canvas.dot("dot", tone, x=places[0][0], y=places[0][1], r=1)
    last = next(point for point in reversed(points) if point.value is not None)
    canvas.dot("dot", tone, x=across.at(last.at), y=up.at(last.value or 0), r=2.5)
    return canvas.finish(title, description)
