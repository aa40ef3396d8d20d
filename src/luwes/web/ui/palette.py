"""The tokens of the style sheet as values, for the gallery and for the contrast test."""

import re
from functools import cache
from pathlib import Path

from luwes.web.ui.colour import contrast, declarations, resolved

TOKENS = Path(__file__).parent / "static" / "ui" / "tokens.css"
THEMES = ("light", "dark")
TONES = ("success", "warning", "danger", "info", "neutral")
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what carries meaning without text

# (foreground, background, least contrast): every pair that the components put together.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(
        (ink, ground, TEXT)
        for ink in ("content", "content-muted")
        for ground in ("surface-page", "surface", "surface-sunken", "surface-hover")
    ),
    *(("content-brand", ground, TEXT) for ground in ("surface-page", "surface", "surface-sunken", "surface-hover")),
    *(("content", f"{tone}-surface", TEXT) for tone in TONES),
    *((f"{tone}-content", f"{tone}-surface", TEXT) for tone in TONES),
    *((f"{tone}-content", "surface", TEXT) for tone in TONES),
    *((f"{tone}-stroke", ground, SHAPE) for tone in TONES for ground in ("surface-page", "surface", f"{tone}-surface")),
    ("on-masthead", "masthead", TEXT),
    ("on-masthead-muted", "masthead", TEXT),
    ("thread", "masthead", SHAPE),
    ("on-action", "action", TEXT),
    ("on-action", "action-hover", TEXT),
    ("on-danger", "danger", TEXT),
    ("on-danger", "danger-hover", TEXT),
    ("brand-800", "brand-100", TEXT),
    *(("stroke-strong", ground, SHAPE) for ground in ("surface-page", "surface", "surface-sunken")),
    *(("focus", ground, SHAPE) for ground in ("surface-page", "surface", "surface-sunken")),
)


def blocks(css: str) -> dict[str, str]:
    """Give the declarations of the token file by who they are for: shared, light, dark, system-dark."""
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    names = {
        ":root": "shared",
        ':root, [data-theme="light"]': "light",
        '[data-theme="dark"]': "dark",
        ":root:not([data-theme])": "system-dark",
    }
    return {names[selector.split(";")[-1].strip()]: body for selector, body in found}


@cache
def theme(name: str) -> dict[str, str]:
    """Give every custom property in force in a theme ("light" or "dark")."""
    parts = blocks(TOKENS.read_text(encoding="utf-8"))
    return dict([*declarations(parts["shared"]), *declarations(parts[name])])


def colour(theme_name: str, token: str) -> str:
    """Give the hexadecimal colour of a token in a theme."""
    return resolved(theme(theme_name), f"--{token}")


def pair_contrast(theme_name: str, ink: str, ground: str) -> float:
    """Give the contrast of two tokens in a theme."""
    return contrast(colour(theme_name, ink), colour(theme_name, ground))
