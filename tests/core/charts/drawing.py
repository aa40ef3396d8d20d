"""Reading a drawn SVG again: every test of this folder looks at the parsed picture."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from luwes.core.charts.lettering import text_width

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Box:
    """Where a text or shape stands, in drawing units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Drawing:
    """A parsed chart."""

    def __init__(self, svg: str) -> None:
        self.source = svg
        self.root = ET.fromstring(svg)
        _, _, self.width, self.height = (float(part) for part in self.root.attrib["viewBox"].split())

    def shapes(self, shape: str) -> list[ET.Element]:
        """Elements of one shape, in drawing order."""
        return [e for e in self.root.iter() if f"c-{shape}" in e.get("class", "").split()]

    def texts(self, shape: str | None = None) -> list[str]:
        chosen = self.root.iter(f"{SVG}text") if shape is None else self.shapes(shape)
        return [element.text or "" for element in chosen]

    def tooltips(self, shape: str) -> list[str]:
        return [group.findtext(f"{SVG}title", "") for group in self.shapes(shape)]

    def text_boxes(self, shape: str | None = None) -> list[Box]:
        chosen = self.root.iter(f"{SVG}text") if shape is None else self.shapes(shape)
        return [_text_box(element) for element in chosen]

    def points(self) -> list[tuple[float, float]]:
        """Every coordinate any shape reaches."""
        found: list[tuple[float, float]] = []
        for element in self.root.iter():
            found += _corners(element)
        return found


def number(element: ET.Element, name: str) -> float:
    return float(element.attrib[name])


def path_points(element: ET.Element) -> list[tuple[float, float]]:
    numbers = [float(part) for part in re.findall(r"-?[0-9.]+", element.attrib["d"])]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _text_box(element: ET.Element) -> Box:
    size = float(element.get("font-size", "13"))
    width = text_width(element.text or "", size)
    x, y = number(element, "x"), number(element, "y")
    shift = {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
    return Box(x - shift, y - size * 0.75, x - shift + width, y + size * 0.2)


def _corners(element: ET.Element) -> list[tuple[float, float]]:
    kind = element.tag.removeprefix(SVG)
    if kind == "rect":
        x, y = number(element, "x"), number(element, "y")
        return [(x, y), (x + number(element, "width"), y + number(element, "height"))]
    if kind == "line":
        return [(number(element, f"x{i}"), number(element, f"y{i}")) for i in (1, 2)]
    if kind == "circle":
        x, y, r = (number(element, name) for name in ("cx", "cy", "r"))
        return [(x - r, y - r), (x + r, y + r)]
    if kind == "path":
        return path_points(element)
    if kind == "text":
        box = _text_box(element)
        return [(box.left, box.top), (box.right, box.bottom)]
    return []
