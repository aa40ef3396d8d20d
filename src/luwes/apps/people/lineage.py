"""Which units stand in one line of succession, for series that reach over a reorganisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.people.models import UnitSuccession


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """From `on` the work of `before` is done by `after`; keys of units."""

    before: str
    after: str
    on: date
    kind: str
    basis: str


def succession(unit_key: str) -> Sequence[SuccessionRow]:
    """The steps that lead to and from the unit, earliest first: its whole line, however many steps away."""
    rows = _rows()
    known, grown = {unit_key}, True
    while grown:
        touching = {key for row in rows if {row.before, row.after} & known for key in (row.before, row.after)}
        grown = not touching <= known
        known |= touching
    return [row for row in rows if row.before in known]


def panel(unit_key: str, day: date) -> frozenset[str]:
    """The keys of all units whose figures belong in one series with this unit's.

    A merge joins its units to one series, a split joins its parts back: sums over the panel are of the same work on
    every date, and nobody is counted twice, because each unit keeps only its own days. Steps after `day` are not
    known yet on that day.
    """
    rows = [row for row in succession(unit_key) if row.on <= day]
    found, grown = {unit_key}, True
    while grown:
        touching = {key for row in rows if {row.before, row.after} & found for key in (row.before, row.after)}
        grown = not touching <= found
        found |= touching
    return frozenset(found)


class Heirs:
    """All successions, read once: who does the work of a unit on a day."""

    def __init__(self) -> None:
        self._after: dict[str, list[SuccessionRow]] = {}
        for row in _rows():
            self._after.setdefault(row.before, []).append(row)

    def of(self, key: str, day: date) -> str | None:
        """The unit that does this one's work on the day, however many steps away; itself where nothing happened.

        None where it was split: several do its work, and a person must say which is meant.
        """
        while steps := [row for row in self._after.get(key, ()) if row.on <= day]:
            if len(steps) > 1:
                return None
            key = steps[0].after
        return key


def _rows() -> list[SuccessionRow]:
    columns = ("before__key", "after__key", "on", "kind", "basis")
    rows = UnitSuccession.objects.filter(superseded_at=None).order_by("on", "pk").values_list(*columns)
    return [SuccessionRow(*row) for row in rows]
