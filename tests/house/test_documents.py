"""The documents tell the truth: commands run, links lead somewhere, words are in the glossary."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from luwes.config.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    ours = [m.__name__ for m in apps.get_models() if m.__module__.startswith("luwes.")]
    assert len(ours) >= 15
    assert [name for name in ours if f"`{name}`" not in glossary] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert broken == []


def test_make_targets_named_in_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = {
        name for page in PAGES for name in re.findall(r"\bmake ([a-z]+)\b(?=[ `\n]| [A-Z])", page.read_text("utf-8"))
    }
    commands = {line.split()[1] for page in PAGES for line in code_lines(page) if line.startswith("make ")}
    assert {"run", "test", "check", "fix", "bench"} <= commands
    assert (commands | (named & {"run", "test", "check", "fix", "bench"})) - targets == set()


def test_luwes_commands_named_in_documents_parse() -> None:
    named = {match for page in PAGES for match in re.findall(r"`luwes ([a-z]+)", page.read_text("utf-8"))}
    named |= {line.split()[1] for page in PAGES for line in code_lines(page) if line.startswith("luwes ")}
    assert len(named) >= 5
    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str) -> None:
    luwes = Path(sys.executable).with_name("luwes")
    done = subprocess.run([luwes, command, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"luwes {command}" in done.stdout


def code_lines(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.S)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text("utf-8")
    pages = sorted(p.name for p in folder.glob("0*.md"))
    assert len(pages) >= 5
    assert [name for name in pages if f"({name})" not in listed] == []
    numbers = [name[:4] for name in pages]
    assert len(numbers) == len(set(numbers))
