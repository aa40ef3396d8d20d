"""The token file: every pair readable in both themes, one source for the ramp, no forgotten token."""

import re

import pytest

from luwes.web.ui import palette
from luwes.web.ui.colour import declarations, ramp

CSS = palette.TOKENS.read_text(encoding="utf-8")
BLOCKS = palette.blocks(CSS)


@pytest.mark.parametrize("theme", palette.THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), palette.PAIRS)
def test_every_pair_is_readable(theme: str, ink: str, ground: str, least: float) -> None:
    assert palette.pair_contrast(theme, ink, ground) >= least


def test_the_ramp_is_the_one_that_its_hex_gives() -> None:
    named = re.search(r'ramp\("(#[0-9a-f]{6})"\)', CSS)
    assert named is not None
    shared = dict(declarations(BLOCKS["shared"]))
    assert {f"--brand-{step}": value for step, value in ramp(named[1]).items()}.items() <= shared.items()


def test_the_dark_theme_is_the_same_by_choice_and_by_system() -> None:
    assert dict(declarations(BLOCKS["dark"])) == dict(declarations(BLOCKS["system-dark"]))


def test_both_themes_define_the_same_roles() -> None:
    assert set(dict(declarations(BLOCKS["light"]))) == set(dict(declarations(BLOCKS["dark"])))


def test_dark_is_for_screens_only() -> None:
    # Paper is white: each dark block stands inside a screen query.
    for block in re.split(r"@media ", CSS)[1:]:
        assert block.startswith("screen")
    assert CSS.index("@media screen") < CSS.index('[data-theme="dark"]')


def test_every_token_of_the_contrast_list_is_used() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in palette.TOKENS.parent.glob("*.css"))
    for ink, ground, _ in palette.PAIRS:
        assert f"var(--{ink})" in sheets, ink
        assert f"var(--{ground})" in sheets, ground


def test_every_token_that_a_sheet_asks_for_exists() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in palette.TOKENS.parent.glob("*.css"))
    local = set(re.findall(r"(--[\w-]+):", sheets))
    assert set(re.findall(r"var\((--[\w-]+)\)", sheets)) <= local


def test_the_themes_really_differ() -> None:
    assert palette.colour("light", "surface") == "#ffffff"
    assert palette.colour("dark", "surface") != "#ffffff"
