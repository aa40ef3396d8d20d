"""Literal colours for charts: one drawing serves the page, the PDF and the printer.

Every shape also carries the classes `c-<shape>` and `c-fill-<role>` or `c-stroke-<role>`, so a
page's stylesheet may recolour it; a PDF, which reads no stylesheet, shows the literal colours.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a mark is meant, named like the palette role that paints it."""

    PLAIN = "accent"
    GOOD = "good"
    NEAR = "near"
    BAD = "bad"
    QUIET = "muted"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role. `surface` is the ground the chart stands on; `soft` fills bands."""

    surface: str
    ink: str
    muted: str
    grid: str
    track: str
    soft: str
    accent: str
    good: str
    near: str
    bad: str


LIGHT = Palette(
    surface="#ffffff",
    ink="#17212b",
    muted="#56626f",
    grid="#d9dfe5",
    track="#edf0f3",
    soft="#cfe2ea",
    accent="#14607f",
    good="#2c7153",
    near="#9a6a10",
    bad="#ab3a28",
)
DARK = Palette(
    surface="#141b22",
    ink="#e8edf2",
    muted="#a4b1be",
    grid="#34404c",
    track="#242e38",
    soft="#1f4557",
    accent="#74bcd9",
    good="#7cc29c",
    near="#dbb05f",
    bad="#eb8f7b",
)
PRINT = Palette(
    surface="#ffffff",
    ink="#000000",
    muted="#3d3d3d",
    grid="#c4c4c4",
    track="#ececec",
    soft="#d3dbdf",
    accent="#1c4a5e",
    good="#2f5f49",
    near="#7d5a14",
    bad="#8c2a1b",
)
