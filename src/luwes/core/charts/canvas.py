"""SVG as text: shapes painted by palette role, no style attribute, no script, no identifier."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from luwes.core.charts.lettering import clean
from luwes.core.charts.palette import Palette

FONT_SIZE = 13
SMALL = 11
# "Source Sans Pro" is the sans of printed reports; pages use what the device has.
_FONTS = "system-ui, Source Sans Pro, sans-serif"


def _n(value: float) -> str:
    """Write a coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


class Canvas:
    """Collects shapes and gives the finished picture; the same calls give the same bytes."""

    def __init__(self, palette: Palette, *, kind: str, width: float, height: float) -> None:
        self._palette = palette
        self._kind = kind
        self._width = width
        self._height = height
        self._parts: list[str] = []

    def open(self, shape: str, tooltip: str) -> None:
        """Begin a group that shows `tooltip` under a pointer."""
        self._parts.append(f'<g class="c-{shape}"><title>{escape(clean(tooltip))}</title>')

    def close(self) -> None:
        """End the group begun last."""
        self._parts.append("</g>")

    def rect(self, shape: str, role: str, *, x: float, y: float, w: float, h: float, round_: float = 0) -> None:
        """Draw a filled box."""
        corner = f' rx="{_n(round_)}"' if round_ else ""
        self._parts.append(
            f'<rect {self._fill(shape, role)} x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"{corner}/>'
        )

    def dot(self, shape: str, role: str, *, x: float, y: float, r: float, hollow: bool = False) -> None:
        """Draw a point; hollow ones are ringed on the surface colour."""
        paint = self._hollow(shape, role) if hollow else self._fill(shape, role)
        self._parts.append(f'<circle {paint} cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"/>')

    def line(
        self,
        shape: str,
        role: str,
        *,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        thick: float = 1,
        dashed: bool = False,
    ) -> None:
        """Draw a straight line."""
        dashes = ' stroke-dasharray="4 3"' if dashed else ""
        self._parts.append(
            f"<line {self._stroke(shape, role, thick)}{dashes}"
            f' x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>'
        )

    def path(
        self,
        shape: str,
        role: str,
        points: Sequence[tuple[float, float]],
        *,
        thick: float = 2,
        filled: bool = False,
    ) -> None:
        """Draw an open line through points, or the area they enclose."""
        steps = "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
        if filled:
            self._parts.append(f'<path {self._fill(shape, role)} d="M{steps}Z"/>')
        else:
            paint = f'{self._stroke(shape, role, thick)} fill="none" stroke-linejoin="round"'
            self._parts.append(f'<path {paint} d="M{steps}"/>')

    def text(
        self,
        shape: str,
        role: str,
        content: str,
        *,
        x: float,
        y: float,
        size: float = FONT_SIZE,
        anchor: str = "start",
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Write one line of text on the baseline `y`; a halo keeps it readable across lines."""
        extras = "" if size == FONT_SIZE else f' font-size="{_n(size)}"'
        extras += "" if anchor == "start" else f' text-anchor="{anchor}"'
        extras += ' font-weight="600"' if bold else ""
        paint = self._haloed(shape, role) if halo else self._fill(shape, role)
        self._parts.append(f'<text {paint} x="{_n(x)}" y="{_n(y)}"{extras}>{escape(clean(content))}</text>')

    def finish(self, title: str, description: str) -> str:
        """Give the picture; `title` is its accessible name, `description` says what it shows."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" class="chart chart-{self._kind}"'
            f' viewBox="0 0 {_n(self._width)} {_n(self._height)}"'
            f' font-family={quoteattr(_FONTS)} font-size="{FONT_SIZE}">'
            f"<title>{escape(clean(title))}</title><desc>{escape(clean(description))}</desc>"
            + "".join(self._parts)
            + "</svg>"
        )

    def _colour(self, role: str) -> str:
        colour: str = getattr(self._palette, role)
        return colour

    def _fill(self, shape: str, role: str) -> str:
        return f'class="c-{shape} c-fill-{role}" fill="{self._colour(role)}"'

    def _stroke(self, shape: str, role: str, thick: float) -> str:
        return f'class="c-{shape} c-stroke-{role}" stroke="{self._colour(role)}" stroke-width="{_n(thick)}"'

    def _hollow(self, shape: str, role: str) -> str:
        return (
            f'class="c-{shape} c-fill-surface c-stroke-{role}" fill="{self._colour("surface")}"'
            f' stroke="{self._colour(role)}" stroke-width="1.5"'
        )

    def _haloed(self, shape: str, role: str) -> str:
        return (
            f'class="c-{shape} c-fill-{role} c-stroke-surface" fill="{self._colour(role)}"'
            f' stroke="{self._colour("surface")}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
        )
