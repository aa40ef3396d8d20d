"""Style sheets, scripts and templates as files: their weight, and what must not be in them."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import luwes.web
from luwes.web.ui import palette

STATIC = palette.TOKENS.parent
WEB = Path(luwes.web.__file__).parent
SHEETS = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))
# On pages that file from the field alone: what it stored on the phone is sent once there is a signal.
SENDING = [STATIC / "later.js"]
# On those pages alone, too: what is put aside for a phone without signal, and what opens it again.
ASIDE = [STATIC / "keep.js", STATIC / "offline.js"]
EVERYWHERE = [script for script in SCRIPTS if script not in [*SENDING, *ASIDE]]
TEMPLATES = sorted(WEB.glob("*/templates/**/*.html"))
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\("
    r"|:\s*(?:white|black|red|green|blue|gr[ae]y|orange|yellow|brown|purple|navy)\b",
    re.IGNORECASE,
)


def weight(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_the_style_sheets_weigh_at_most_twelve_kilobytes() -> None:
    assert len(SHEETS) <= 3
    assert weight(SHEETS) <= 12_000


def test_our_scripts_weigh_at_most_three_kilobytes() -> None:
    assert weight(EVERYWHERE) <= 3_000
    assert weight([*EVERYWHERE, *SENDING, *ASIDE]) <= 6_000


def test_a_first_visit_fits_its_budget_with_a_full_page_of_html() -> None:
    found = finders.find("django_htmx/htmx-2.min.js")
    assert isinstance(found, str)
    pictures = sorted(STATIC.glob("*.svg"))
    assert weight([*SHEETS, *SCRIPTS, *pictures, Path(found)]) + 15_000 <= 60_000


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet != palette.TOKENS], ids=lambda path: path.name)
def test_colours_stand_in_the_token_file_only(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    # Selectors may hold "#id"; declarations may not hold colours.
    values = " ".join(re.findall(r":[^:;{}]+;", text))
    assert COLOUR.findall(values) == []


def test_the_colour_pattern_finds_colours() -> None:
    for text in (": #fff;", ": rgb(0 0 0 / .1);", ": white;", ": OKLCH(1 0 0);"):
        assert COLOUR.search(text), text
    assert not COLOUR.search(": var(--surface);")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_load_nothing_from_elsewhere(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert "@import" not in text
    for address in re.findall(r"url\(\"?([^\")]+)", text):
        assert (STATIC / address).is_file(), address


def test_movement_stops_for_those_who_ask() -> None:
    assert "prefers-reduced-motion: reduce" in (STATIC / "luwes.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_evaluate_and_fetch_nothing(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    for forbidden in ("eval(", "new Function", "innerHTML", "document.write", "http://", "https://"):
        assert forbidden not in text
    assert ("fetch(" in text) == (script in [*SENDING, *ASIDE]), "only what waits for a signal sends by itself"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_templates_hold_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style\b", text), "inline style"
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"\son[a-z]+\s*=|hx-on|[\"']js:|javascript:", text), "inline handler"
    assert not re.search(r"(?:src|href)=\"https?://(?!wa\.me/)", text), "another host"


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 40
