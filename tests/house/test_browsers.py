"""Pages work on Chromium 119, the last for many old phones: nothing newer in our styles, scripts and templates.

A feature that is missing there fails without a word, so names are looked for rather than waited for. The versions are
those in which Chromium first had them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from luwes import web

ROOT = Path(web.__path__[0])
STYLES = sorted(ROOT.rglob("static/**/*.css"))
SCRIPTS = sorted(ROOT.rglob("static/**/*.js"))
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
NEWER_STYLES = {
    r"(?<![\w-])mask(-[a-z]+)?\s*:": 120,
    r"(?<![\w-])(exp|pow|hypot|sqrt|log)\(": 120,
    r"scrollbar-(color|width)": 121,
    r"light-dark\(": 123,
    r"field-sizing": 123,
    r"(?<![\w-])(round|mod|rem)\(": 125,
    r"anchor-name|position-anchor|position-try|position-area|(?<![\w-])anchor(-size)?\(": 125,
    r":state\(": 125,
    r"@view-transition|view-transition-class": 126,
    r"font-size-adjust": 127,
    r"ruby-align": 128,
    r"interpolate-size|calc-size\(": 129,
    r"::details-content": 131,
    r":open(?![\w-])": 133,
    r"text-box|scroll-state\(": 133,
    r":has-slotted": 134,
    r"base-select|(?<![\w-])shape\(": 135,
    r"reading-flow|(?<![\w-])if\(": 137,
    r"(?<![\w-])(sign|abs|sibling-index|sibling-count)\(": 138,
    r"@function|corner-shape": 139,
}
NEWER_SCRIPTS = {
    r"Array\.fromAsync": 121,
    r"Iterator\.|\.(entries|values|keys)\(\)\.(map|filter|take|drop|flatMap|toArray|some|every|find)\(": 122,
    r"\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(": 122,
    r"\bwith \{ *type": 123,
    r"setHTMLUnsafe|parseHTMLUnsafe": 124,
    r"\(\?[ims]*-?[ims]*:(?<!\(\?:)": 125,
    r"URL\.parse\(": 126,
    r"Promise\.try|caretPositionFromPoint": 128,
    r"DurationFormat|scheduler\.yield": 129,
    r"moveBefore": 133,
    r"Error\.isError|\busing \w": 134,
    r"RegExp\.escape": 136,
    r"fromBase64|toBase64|toHex\(": 140,
    r"\bTemporal\.": 144,
}
NEWER_TEMPLATES = {
    r"<details\b[^>]*\sname=": 120,
    r"\sclosedby=": 134,
    r"\scommandfor=|<selectedcontent": 135,
    r"\sinterestfor=": 142,
}
# Where they are missing nothing is lost: the script opens what is folded before it prints.
EXCUSED = {"::details-content (131)"}
# What may hold other rules.
GROUPS = ("@layer", "@media", "@supports", "@container", "@keyframes", "@page", "@scope")


def plain(text: str) -> str:
    """Without comments and strings."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.S)
    return re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", '""', text)


def newer(text: str, known: dict[str, int]) -> list[str]:
    # With its older name before it a property works all the same.
    text = re.sub(r"-webkit-(mask[-a-z]*)\s*:[^;]*;\s*\1\s*:[^;]*", "", text)
    return [f"{found[0].strip()} ({version})" for name, version in known.items() if (found := re.search(name, text))]


def nested(text: str) -> Iterator[str]:
    """Rules within rules: Chromium 119 understands some of them, and only with an ampersand."""
    open_rules: list[str] = []
    for head, brace in re.findall(r"([^{};]*)([{};])", plain(text)):
        if brace == "{":
            rule = " ".join(head.split())
            if any(not one.startswith(GROUPS) for one in open_rules):
                yield rule
            open_rules.append(rule)
        elif brace == "}":
            open_rules.pop()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_nothing_newer_than_chromium_119(path: Path) -> None:
    text = path.read_text()
    assert set(newer(plain(text), NEWER_STYLES)) <= EXCUSED
    assert list(nested(text)) == []
    # Only grids and flex boxes align their content there; a plain block does since 123.
    for rule in re.findall(r"\{([^{}]*)\}", plain(text)):
        assert "align-content" not in rule or re.search(r"display:\s*(inline-)?(grid|flex)", rule), rule


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_use_nothing_newer_than_chromium_119(path: Path) -> None:
    assert newer(plain(path.read_text()), NEWER_SCRIPTS) == []


def test_templates_use_nothing_newer_than_chromium_119() -> None:
    assert {path.name: found for path in TEMPLATES if (found := newer(path.read_text(), NEWER_TEMPLATES))} == {}


def test_there_is_something_to_look_at() -> None:
    assert len(STYLES) >= 4
    assert len(SCRIPTS) >= 6
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("a { color: light-dark(#000, #fff) }", NEWER_STYLES, ["light-dark( (123)"]),
        ("details:open { color: red }", NEWER_STYLES, [":open (133)"]),
        ("a { width: round(1px, 2px) }", NEWER_STYLES, ["round( (125)"]),
        ("a { mask-image: none }", NEWER_STYLES, ["mask-image: (120)"]),
        ("a { -webkit-mask-image: none; background: url(x) }", NEWER_STYLES, []),
        ("a { -webkit-mask: url(x) 0 0; mask: url(x) 0 0 }", NEWER_STYLES, []),
        ("/* light-dark( */ a { color: red }", NEWER_STYLES, []),
        ("const both = one.union(other)", NEWER_SCRIPTS, [".union( (122)"]),
        ("names.values().map(short)", NEWER_SCRIPTS, [".values().map( (122)"]),
        ("/a(?:b)/.test(text)", NEWER_SCRIPTS, []),
        ("/(?i:b)/.test(text)", NEWER_SCRIPTS, ["(?i: (125)"]),
        ('<details class="x" name="one">', NEWER_TEMPLATES, ['<details class="x" name= (120)']),
    ],
)
def test_what_is_newer_is_found(text: str, known: dict[str, int], found: list[str]) -> None:
    assert newer(plain(text) if known is not NEWER_TEMPLATES else text, known) == found


def test_rules_within_rules_are_found_and_groups_are_not() -> None:
    assert list(nested("@layer a { @media print { p { color: red } } }")) == []
    assert list(nested("p { color: red; b { color: blue } }")) == ["b"]
    assert list(nested(".x { &:hover { color: blue } }")) == ["&:hover"]
