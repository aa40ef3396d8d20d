"""Tests about the code itself: sizes, templates, texts, words that do not belong."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "luwes"
MAX_FILE = 400
MAX_FUNCTION = 50
# A function that is one long table or one long literal reads better whole; each needs a reason here.
LONG_FUNCTIONS: dict[str, str] = {}


def python_files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> list[Path]:
    return sorted((SRC / "web").glob("*/templates/**/*.html"))


def test_no_file_is_longer_than_400_lines() -> None:
    styles = [p for pattern in ("*.html", "*.css", "*.js") for p in SRC.rglob(pattern)]
    files = [*python_files(SRC, ROOT / "tests", ROOT / "bench"), *styles]
    assert len(files) > 50
    long = {str(p.relative_to(ROOT)): n for p in files if (n := len(p.read_text("utf-8").splitlines())) > MAX_FILE}
    assert long == {}


def test_no_function_is_longer_than_50_lines() -> None:
    long = {}
    for path in python_files(SRC):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MAX_FUNCTION:
                    long[f"{path.relative_to(SRC)}:{node.name}"] = length
    assert set(long) == set(LONG_FUNCTIONS), long


def test_public_functions_of_core_and_actions_have_docstrings() -> None:
    naked = []
    for path in python_files(SRC / "core", SRC / "apps"):
        if path.parts[-3:-2] != ("core",) and "core" not in path.parts and "actions" not in str(path):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                naked.append(f"{path.relative_to(SRC)}:{node.name}")
    assert naked == []


def test_every_template_is_used() -> None:
    names = {str(p).split("/templates/", 1)[1]: p for p in templates()}
    assert names
    texts = [p.read_text("utf-8") for p in [*python_files(SRC), *templates()]]
    everything = "\n".join(texts)
    handled_by_django = {"400.html", "403.html", "404.html", "500.html"}
    orphans = {
        name for name in names if f'"{name}"' not in everything and f"'{name}'" not in everything
    } - handled_by_django
    assert orphans == set()


def test_templates_hold_no_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|javascript:", re.I)
    bad = [str(p.relative_to(SRC)) for p in templates() if inline.search(p.read_text("utf-8"))]
    assert bad == []


# Public pages that read and set no cookie: there is nobody whose cookies another site could misuse.
COOKIELESS = {
    "web/survey/templates/survey/survey.html",
    "web/public/templates/public/service.html",
    "web/public/templates/public/followed.html",
}


def test_every_form_that_posts_carries_a_csrf_token() -> None:
    form = re.compile(r'<form[^>]*method="post"[^>]*>(.*?)</form>', re.S | re.I)
    bad = [
        str(p.relative_to(SRC))
        for p in templates()
        for body in form.findall(p.read_text("utf-8"))
        if "csrf_token" not in body
    ]
    assert set(bad) == COOKIELESS


def test_messages_are_whole_sentences_not_formatted_before_translation() -> None:
    bad = []
    for path in python_files(SRC):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"_", "gettext", "gettext_lazy", "ngettext"}
                and node.args
                and not isinstance(node.args[0], ast.Constant)
            ):
                bad.append(f"{path.relative_to(SRC)}:{node.lineno}")
    assert bad == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "X" + "XX"])
def test_nothing_is_left_for_later(word: str) -> None:
    marked = [
        str(p.relative_to(ROOT))
        for p in [*python_files(SRC, ROOT / "tests", ROOT / "bench"), *templates()]
        if re.search(rf"\b{word}\b", p.read_text("utf-8"))
    ]
    assert marked == []


def test_no_clock_is_read_below_the_entry_points() -> None:
    clock = re.compile(r"\b(timezone\.now|datetime\.now|date\.today|datetime\.today|time\.time)\(")
    # The frame, tasks and commands are the entry points; everything below receives `now`.
    allowed = ("web/frame/", "tasks.py", "config/", "api/", "examples/")
    bad = [
        str(p.relative_to(SRC))
        for p in python_files(SRC)
        if clock.search(p.read_text("utf-8")) and not any(a in str(p.relative_to(SRC)) for a in allowed)
    ]
    assert bad == []
