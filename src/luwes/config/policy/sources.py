"""Which rules the console decides by: those stored, a shipped profile, files, or several of them together."""

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from luwes.config.language import _
from luwes.config.refusals import Explained
from luwes.config.rulebook_words import fault
from luwes.core.policy.kin import asked_for
from luwes.core.policy.reading import Fault
from luwes.core.policy.rulebook import Rulebook, read_rulebook
from luwes.core.policy.stack import Layer, Recorded, Rules, Stack

if TYPE_CHECKING:
    from luwes.apps.schedule.facts.brought import Brought

STORED = "tersimpan"
LONG_AGO = datetime(1945, 8, 17, tzinfo=UTC)


def read_file(path: Path) -> Rulebook:
    """A rulebook file; an unreadable one is refused with the entry named."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Explained(_("Berkas %(file)s tidak dapat dibaca sebagai teks.") % {"file": path}) from error
    try:
        return read_rulebook(text)
    except Fault as error:
        raise Explained(fault(error, text)) from error


@cache
def profiles() -> dict[str, Sequence[str]]:
    """The sets of rulebooks shipped as profiles, by name."""
    found = tomllib.loads((files("luwes.rulebooks") / "profiles.toml").read_text("utf-8"))["profile"]
    return {one["id"]: one["rulebooks"] for one in found}


def shipped(name: str) -> Rulebook:
    """A rulebook of the product by the name of its file. Raises LookupError."""
    for folder in ("circulars", "regulations", "examples"):
        path = files("luwes.rulebooks") / folder / f"{name}.toml"
        if path.is_file():
            return read_rulebook(path.read_text("utf-8"))
    raise LookupError(name)


def rules_of(text: str, first: date, last: date, at: datetime) -> Rules:
    """The rules named by parts joined with "+": "tersimpan", a profile, a shipped rulebook, or a file.

    What is not stored is tried as if it had been enacted: its reported clauses bind.
    """
    found, tried = Stack(()), []
    for part in text.split("+"):
        if part == STORED:
            from luwes.apps.policy import queries

            found = queries.stack(first, at, until=last)
        else:
            tried += _books(part)
    layers = tuple(Layer(one, Recorded(LONG_AGO), draft=True) for one in tried)
    return Rules(Stack((*found.layers, *layers), found.judgements, found.restrictions), at)


def brought(every: Sequence[Rules], first: date, last: date, at: datetime) -> "Brought":
    """What presence tells, where some rule of the days asks for it; reading it costs more than all other facts."""
    from luwes.apps.attendance import policy_facts
    from luwes.apps.schedule.facts.brought import NOTHING
    from luwes.apps.schedule.facts.known import Span

    asked = {tag for rules in every for tag in asked_for(rules, Span(first, last).days)}
    return policy_facts.presence(first, last, at) if asked & policy_facts.ALL else NOTHING


def _books(part: str) -> list[Rulebook]:
    if part in profiles():
        return [shipped(name) for name in profiles()[part]]
    if Path(part).suffix == ".toml":
        return [read_file(Path(part))]
    try:
        return [shipped(part)]
    except LookupError:
        words = {"name": part, "words": ", ".join([STORED, *sorted(profiles())])}
        raise Explained(
            _("Aturan «%(name)s» tidak dikenal. Tulis nama berkas .toml, atau salah satu: %(words)s.") % words
        ) from None
