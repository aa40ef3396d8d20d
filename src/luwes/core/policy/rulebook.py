"""A rulebook: one version of one instrument, read from TOML."""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from luwes.core.policy.clauses import (
    KINDS,
    Clause,
    Days,
    Deadline,
    Guard,
    Hours,
    Presensi,
    Quota,
    Report,
    Sanction,
    Tenure,
    Weekly,
)
from luwes.core.policy.reading import Fault, record
from luwes.core.policy.terms import Level, State
from luwes.core.workdays.status import Status

CHOICES: dict[tuple[type[Clause], str], tuple[str, ...]] = {
    (Guard, "effect"): ("warn", "refuse", "quota"),
    (Tenure, "since"): ("post", "entry"),
    (Report, "what"): ("plan", "report"),
    (Hours, "pattern"): ("", "five", "six"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the top of the file says. `last` is inside; without it the instrument has no end."""

    id: str
    version: int
    title: str
    level: Level
    issuer: str
    state: State
    status: Status
    source: str
    first: date | None = None
    last: date | None = None
    number: str = ""
    issued: date | None = None
    supersedes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`digest` is the SHA-256 of the bytes read."""

    head: Head
    clauses: tuple[Clause, ...]
    digest: str

    def key(self, clause: Clause) -> str:
        """How a clause is named everywhere: rulebook and clause."""
        return f"{self.head.id}/{clause.id}"


def read_rulebook(text: str) -> Rulebook:
    """A rulebook file. Raises Fault, naming the entry."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Fault("not_toml", "", error) from error
    tables = data.pop("clause", [])
    head = record(Head, data, "rulebook")
    if head.first and head.last and head.last < head.first:
        raise Fault("ends_before_start", "rulebook.last", head.last)
    if not isinstance(tables, list):
        raise Fault("not_a_list", "clause", tables)
    clauses = tuple(_clause(table, number) for number, table in enumerate(tables, 1))
    seen: set[str] = set()
    for one in clauses:
        if one.id in seen:
            raise Fault("clause_twice", f"clause.{one.id}")
        seen.add(one.id)
    return Rulebook(head, clauses, hashlib.sha256(text.encode()).hexdigest())


def _clause(table: Any, number: int) -> Clause:
    where = f"clause[{number}]"
    if not isinstance(table, dict):
        raise Fault("not_a_table", where, table)
    where = f"clause[{number}:{table.get('id', '?')}]"
    rest = dict(table)
    kind = rest.pop("kind", None)
    if kind not in KINDS:
        raise Fault("unknown_kind", f"{where}.kind", kind)
    clause = record(KINDS[kind], rest, where)
    _sense(clause, where)
    return clause


def _sense(clause: Clause, where: str) -> None:
    """What types alone cannot say. Raises Fault."""
    if clause.first and clause.last and clause.last < clause.first:
        raise Fault("ends_before_start", f"{where}.last", clause.last)
    for (kind, name), allowed in CHOICES.items():
        if isinstance(clause, kind) and getattr(clause, name) not in allowed:
            raise Fault("not_one_of", f"{where}.{name}", getattr(clause, name))
    if _says_nothing(clause):
        raise Fault("says_nothing", where)
    _ranges(clause, where)


def _says_nothing(clause: Clause) -> bool:
    if isinstance(clause, Quota):
        return not shares(clause) and not clause.delegated_to and not clause.undecided
    return (
        (isinstance(clause, Deadline) and clause.on is None and clause.days_before is None)
        or (isinstance(clause, Weekly) and clause.max_days is None and clause.onsite_min_days is None)
        or (isinstance(clause, Guard) and clause.effect == "quota" and clause.flex_max is None)
        or (isinstance(clause, Sanction) and not clause.effect and not clause.ladder)
    )


def shares(clause: Quota) -> list[int]:
    """Every percentage a quota names."""
    named = (clause.flex_max, clause.flex_min, clause.exact, clause.onsite_min, *(t.flex_max for t in clause.tiers))
    return [share for share in named if share is not None]


def _ranges(clause: Clause, where: str) -> None:
    if isinstance(clause, Quota) and not all(0 <= share <= 100 for share in shares(clause)):
        raise Fault("out_of_range", where, shares(clause))
    if isinstance(clause, Days) and clause.per_week is not None and not 1 <= clause.per_week <= 7:
        raise Fault("out_of_range", f"{where}.per_week", clause.per_week)
    if isinstance(clause, Presensi):
        for window in clause.windows:
            if window.start is not None and window.end is not None and window.end <= window.start:
                raise Fault("ends_before_start", f"{where}.windows", window.name)
