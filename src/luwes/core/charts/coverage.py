"""A coverage strip: one cell per day (or unit), filled as far as the need is met."""

from collections.abc import Sequence
from dataclasses import dataclass

from luwes.core.charts.axes import draw_labels_below
from luwes.core.charts.canvas import FONT_SIZE, Canvas
from luwes.core.charts.lettering import clean
from luwes.core.charts.palette import Palette, Tone
from luwes.core.charts.scale import Value, finite

_CELL_HEIGHT = 26
_PITCH = 46


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """`share` of the need that is met (0 to 1, more counts as full); None: not known, drawn hollow."""

    label: str
    share: Value | None
    text: str
    tone: Tone = Tone.PLAIN


def coverage_strip(
    cells: Sequence[CoverageCell],
    *,
    title: str,
    description: str,
    palette: Palette,
    per_row: int = 31,
    empty_text: str = "–",
    width: int = 400,
) -> str:
    """Draw cells from left to right in rows of `per_row`, each filled from below by its share.

    Raises ValueError for shares that are negative or not finite, and for `per_row` below 1.
    """
    if per_row < 1:
        raise ValueError("a row holds at least one cell")
    rows = [cells[start : start + per_row] for start in range(0, len(cells), per_row)]
    canvas = Canvas(palette, kind="coverage", width=width, height=max(len(rows), 1) * _PITCH)
    if not cells:
        canvas.text("empty", "muted", empty_text, x=0, y=FONT_SIZE + 4)
    step = width / min(max(len(cells), 1), per_row)
    for index, row in enumerate(rows):
        y = index * _PITCH + 2.0
        for column, cell in enumerate(row):
            _draw_cell(canvas, cell, x=column * step, y=y, w=step)
        labels = [((column + 0.5) * step, cell.label) for column, cell in enumerate(row)]
        draw_labels_below(canvas, labels, y=y + _CELL_HEIGHT + 13, left=0, right=width)
    return canvas.finish(title, description)


def _draw_cell(canvas: Canvas, cell: CoverageCell, *, x: float, y: float, w: float) -> None:
    inner = w - min(2.0, w / 4)
    canvas.open("cell", " · ".join(part for part in (clean(cell.label), clean(cell.text)) if part))
    canvas.rect("track", "track", x=x, y=y, w=inner, h=_CELL_HEIGHT)
    if cell.share is None:
        canvas.line("unknown", "muted", x1=x, y1=y + _CELL_HEIGHT, x2=x + inner, y2=y)
    else:
        share = finite(cell.share)
        if share < 0:
            raise ValueError(f"a need cannot be met by {share}")
        filled = _CELL_HEIGHT * min(share, 1.0)
        canvas.rect("bar", cell.tone, x=x, y=y + _CELL_HEIGHT - filled, w=inner, h=filled)
    canvas.close()
