"""Rulebooks, people and months for the tests of this folder."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from luwes.core.policy.facts import Facts, Person, Tag, Week
from luwes.core.policy.rulebook import Rulebook, read_rulebook
from luwes.core.policy.stack import Judgement, Layer, Recorded, Restriction, Rules, Stack

LONG_AGO = Recorded(datetime(2020, 1, 1, tzinfo=UTC))
NOW = datetime(2026, 11, 25, tzinfo=UTC)
MONDAY = date(2026, 2, 2)
WEEK = frozenset(date(2026, 2, day) for day in range(2, 7))

NOTHING: frozenset[str] = frozenset()
HEAD = """
id = "{id}"
version = {version}
title = "t"
level = "{level}"
issuer = "Provinsi Rekaan"
state = "{state}"
status = "{status}"
source = "rekaan"
"""


def book(*clauses: str, name: str = "b", level: str = "local_circular", status: str = "seen", state: str = "in_force",
         version: int = 1, more: str = "") -> Rulebook:  # fmt: skip
    """A rulebook of clauses, each the lines below [[clause]]; an id and a basis are added where missing."""
    text = HEAD.format(id=name, version=version, level=level, state=state, status=status) + more
    for number, clause in enumerate(clauses, 1):
        named = clause if "\nid =" in f"\n{clause}" else f'id = "c{number}"\n{clause}'
        text += f'\n[[clause]]\nbasis = "angka {number}"\n{named}\n'
    return read_rulebook(text)


def rules(*books: Rulebook, judgements: tuple[Judgement, ...] = (), restrictions: tuple[Restriction, ...] = (),
          known_at: datetime = NOW, draft: bool = False, not_adopted: frozenset[str] = NOTHING) -> Rules:  # fmt: skip
    """The books, all written down long ago."""
    layers = tuple(Layer(one, LONG_AGO, not_adopted=not_adopted, draft=draft) for one in books)
    return Rules(Stack(layers, judgements, restrictions), known_at)


def person(*tags: str, unknown: tuple[str, ...] = (), **more: Any) -> Person:
    """Somebody with these tags for good."""
    return Person("p1", tuple(Tag(name) for name in tags), frozenset(unknown), **more)


def facts(*tags: str, day: date = MONDAY, unknown: tuple[str, ...] = (), who: Mapping[str, Any] | None = None,
          **more: Any) -> Facts:  # fmt: skip
    """A plain working day of somebody with these tags."""
    more.setdefault("week", Week(WEEK))
    return Facts(person(*tags, unknown=unknown, **(who or {})), day, **more)


OPEN = 'kind = "days"\nmode = "wfa"'
