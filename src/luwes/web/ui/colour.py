"""Colours as numbers: one ramp from one hex, and the contrast between two colours.

An agency recolours the product with one colour of its own; lightness is fixed per step, so the
contrasts hold whatever hue comes in. OKLab: B. Ottosson, "A perceptual color space for image
processing" (2020). Contrast: WCAG 2.2, "relative luminance" and "contrast ratio".
"""

import re
from collections.abc import Iterator
from math import atan2, cos, hypot, sin

Triple = tuple[float, float, float]

# Lightness and share of the given chroma, for each step.
STEPS: dict[int, tuple[float, float]] = {
    50: (0.972, 0.11),
    100: (0.940, 0.24),
    200: (0.882, 0.45),
    300: (0.805, 0.72),
    400: (0.710, 0.95),
    500: (0.605, 1.05),
    600: (0.505, 1.08),
    700: (0.415, 1.00),
    800: (0.335, 0.84),
    900: (0.262, 0.66),
    950: (0.195, 0.50),
}

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _channels(hex_colour: str) -> Triple:
    if not _HEX.fullmatch(hex_colour):
        raise ValueError(f"not a colour like #25468a: {hex_colour!r}")
    red, green, blue = (_linear(int(hex_colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def _oklch(hex_colour: str) -> Triple:
    red, green, blue = _channels(hex_colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return lightness, hypot(a, b), atan2(b, a)


def _linear_rgb(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _hex(lightness: float, chroma: float, hue: float) -> str:
    # Chroma gives way until the colour fits the screen; lightness never does, contrast rests on it.
    while True:
        channels = _linear_rgb(lightness, chroma, hue)
        if chroma == 0 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            break
        chroma = max(0.0, chroma - 0.002)
    return "#" + "".join(f"{round(_encoded(min(1.0, max(0.0, c))) * 255):02x}" for c in channels)


def ramp(hex_colour: str) -> dict[int, str]:
    """Derive eleven steps (50 lightest, 950 darkest) that share the hue of `hex_colour`.

    Raises ValueError when `hex_colour` is not six hexadecimal digits after a "#".
    """
    _, chroma, hue = _oklch(hex_colour)
    return {step: _hex(lightness, chroma * share, hue) for step, (lightness, share) in STEPS.items()}


def luminance(hex_colour: str) -> float:
    """Give WCAG's relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = _channels(hex_colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give WCAG's contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def declarations(block: str) -> Iterator[tuple[str, str]]:
    """Give every custom property of a CSS block with its value."""
    for match in _DECLARATION.finditer(block):
        yield match[1], match[2].strip()


def resolved(properties: dict[str, str], name: str) -> str:
    """Follow `var()` from one custom property to its hexadecimal colour.

    Raises KeyError for a property that is not there and ValueError for one that is no colour.
    """
    value = properties[name]
    while variable := _VARIABLE.fullmatch(value):
        value = properties[variable[1]]
    if not _HEX.fullmatch(value):
        raise ValueError(f"{name} is not a colour: {value}")
    return value.lower()
