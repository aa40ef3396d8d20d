"""What charts with a value axis share: ticks, guides and labels that keep clear of each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from luwes.core.charts.canvas import SMALL, Canvas
from luwes.core.charts.lettering import clean, fit, text_width
from luwes.core.charts.scale import Scale, Value

_LINE_HEIGHT = 13
_GAP = 6
_LABEL_GAP = 3


@dataclass(frozen=True, slots=True)
class Tick:
    """A value of the axis and the words it is labelled with."""

    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A line across the chart that means something: zero, a margin, a target."""

    value: Value
    text: str


def require_ordered(low: Value | None, high: Value | None) -> None:
    """Raise ValueError unless an interval has both ends in order, or none."""
    if (low is None) != (high is None):
        raise ValueError("an interval has two ends or none")
    if low is not None and high is not None and low > high:
        raise ValueError(f"interval upside down: {low} > {high}")


def tick_room(ticks: Iterable[Tick]) -> float:
    """Give the width that labels of a vertical axis need."""
    return max((text_width(clean(tick.text), SMALL) + _GAP for tick in ticks), default=0.0)


def draw_ticks(canvas: Canvas, ticks: Sequence[Tick], scale: Scale, *, left: float, right: float) -> None:
    """Draw hair lines and their labels at the left of a vertical axis; crowded labels are left out."""
    taken: list[float] = []
    for tick in ticks:
        y = scale.at(tick.value)
        canvas.line("grid", "grid", x1=left, y1=y, x2=right, y2=y)
        if all(abs(y - other) >= _LINE_HEIGHT for other in taken):
            taken.append(y)
            canvas.text("tick", "muted", tick.text, x=left - _GAP, y=y + 4, size=SMALL, anchor="end")


def draw_guides(canvas: Canvas, guides: Sequence[Guide], scale: Scale, *, left: float, right: float) -> None:
    """Draw dashed lines with their words at the right, above the line; crowded words are left out."""
    taken: list[float] = []
    for guide in guides:
        y = scale.at(guide.value)
        canvas.line("guide", "ink", x1=left, y1=y, x2=right, y2=y, dashed=True)
        if all(abs(y - other) >= _LINE_HEIGHT for other in taken):
            taken.append(y)
            shown = fit(clean(guide.text), SMALL, right - left)
            canvas.text("guide-label", "ink", shown, x=right, y=y - 4, size=SMALL, anchor="end", halo=True)


def draw_labels_below(
    canvas: Canvas, labels: Sequence[tuple[float, str]], *, y: float, left: float, right: float
) -> None:
    """Write labels centred under their positions, in regular steps back from the last one.

    The step is the smallest at which none touches another; the first is added where it fits.
    """
    boxes = [_label_box(position, text, left, right) for position, text in labels]
    count = len(boxes)
    steps = (boxes[::-1][::step] for step in range(1, max(count, 1) + 1))
    shown = next(chosen for chosen in steps if _all_apart(chosen))
    if boxes and boxes[0] not in shown and _all_apart([*shown, boxes[0]]):
        shown.append(boxes[0])
    for box in shown:
        canvas.text("tick", "muted", box.text, x=box.centre, y=y, size=SMALL, anchor="middle")


@dataclass(frozen=True, slots=True)
class _Box:
    centre: float
    half: float
    text: str


def _label_box(position: float, text: str, left: float, right: float) -> _Box:
    shown = fit(clean(text), SMALL, (right - left) / 2 - _GAP)
    half = text_width(shown, SMALL) / 2
    # Nudged inward at both ends, so that no label leaves the picture.
    return _Box(min(max(position, left + half), right - half), half, shown)


def _all_apart(boxes: Sequence[_Box]) -> bool:
    ordered = sorted(boxes, key=lambda box: box.centre)
    return all(a.centre + a.half + _LABEL_GAP <= b.centre - b.half for a, b in pairwise(ordered))
