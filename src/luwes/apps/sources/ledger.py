"""Rows with a key against the current rows with the same keys: what is new, changed, unchanged, gone or said twice.

Every kind of fact is revised alike, so that late, corrected and re-sent files never lose or double a figure.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from luwes.apps.sources.kinds import Comparison, Finding, Unmapped
from luwes.apps.sources.reading.contract import Reject

LISTED_ROWS = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as a file states it: what it is about, what it says, and the row of the file."""

    key: tuple[Hashable, ...]
    values: tuple[Hashable, ...]
    row: int


@dataclass(frozen=True, slots=True)
class Stored:
    """The current row of a fact: its primary key, what it says, and the source it came from."""

    pk: int
    values: tuple[Hashable, ...]
    source_pk: int | None


@dataclass(slots=True)
class Revision:
    """What storing the entries would do. `clashing` rows say different things of one fact: none of them is stored."""

    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[int, Entry]] = field(default_factory=list)
    unchanged: int = 0
    repeated: list[int] = field(default_factory=list)
    clashing: list[Entry] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    @property
    def inserts(self) -> list[Entry]:
        """Entries to insert: the new ones and those that correct a stored row."""
        return [*self.new, *(entry for _, entry in self.changed)]

    def superseded(self, *, withdraw_gone: bool) -> list[int]:
        """Primary keys of stored rows that end: corrected, and withdrawn where that was asked for."""
        return [*(pk for pk, _ in self.changed), *(self.gone if withdraw_gone else [])]


def revise(entries: Iterable[Entry], stored: Mapping[tuple[Hashable, ...], Stored], *, source_pk: int) -> Revision:
    """Hold entries against the current rows of the same scope (the dates and things the file speaks of).

    A row that says the same twice counts once. A current row of this source that no entry names is `gone`; a row of
    another source is never gone, only corrected.
    """
    said: dict[tuple[Hashable, ...], list[Entry]] = {}
    for entry in entries:
        said.setdefault(entry.key, []).append(entry)
    found = Revision()
    for key, same in said.items():
        first = same[0]
        if any(entry.values != first.values for entry in same):
            found.clashing.extend(same)
            continue
        found.repeated.extend(entry.row for entry in same[1:])
        before = stored.get(key)
        if before is None:
            found.new.append(first)
        elif before.values == first.values:
            found.unchanged += 1
        else:
            found.changed.append((before.pk, first))
    found.gone = [row.pk for key, row in stored.items() if key not in said and row.source_pk == source_pk]
    return found


def noted(notes: Mapping[str, Collection[int]]) -> list[Finding]:
    """What a kind noted by code and rows, in the order of the codes: how many, and the first rows of each."""
    return [
        Finding(code, {"count": len(rows)}, tuple(sorted(rows)[:LISTED_ROWS]))
        for code, rows in sorted(notes.items())
        if rows
    ]


def comparison(
    revision: Revision,
    *,
    clash_column: str,
    rejects: Sequence[Reject] = (),
    findings: Sequence[Finding] = (),
    unmapped: Sequence[Unmapped] = (),
    skipped: int = 0,
    newest: date | None = None,
) -> Comparison:
    """The revision as a kind tells it. `clash_column` is the header under which rows that differ are refused."""
    clashes = [Reject(row=entry.row, column=clash_column, code="rows_differ", value="") for entry in revision.clashing]
    told = list(findings)
    if revision.repeated:
        rows = tuple(sorted(revision.repeated)[:LISTED_ROWS])
        told.append(Finding("repeated_rows", {"count": len(revision.repeated)}, rows))
    return Comparison(
        new=len(revision.new),
        changed=len(revision.changed),
        unchanged=revision.unchanged + len(revision.repeated),
        gone=len(revision.gone),
        skipped=skipped,
        unmapped_rows=sum(each.count for each in unmapped),
        rejects=tuple(sorted([*rejects, *clashes], key=lambda reject: reject.row)),
        unmapped=tuple(unmapped),
        findings=tuple(told),
        newest=newest,
    )
