"""The unit tree as it was known: lines, groups that quotas count in, and which units a rulebook's word means."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import UnitKind, UnitVersion
from luwes.apps.schedule.facts.known import Span, covers, known
from luwes.core.names import name_key
from luwes.core.policy.terms import Per


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit during a period; `parent` is 0 at the top."""

    pk: int
    key: str
    code: str
    slug: str
    kind: str
    parent: int
    period: DateRange


@dataclass(slots=True)
class Tree:
    """Every version that touches the span."""

    rows: Sequence[UnitRow]
    _days: dict[date, Mapping[int, UnitRow]] = field(default_factory=dict)
    _lines: dict[tuple[int, date], tuple[UnitRow, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, span: Span, at: datetime) -> "Tree":
        """One query."""
        columns = ("unit_id", "unit__key", "code", "name_key", "kind", "parent_id", "period")
        found = UnitVersion.objects.filter(known(at), span.touching).order_by("pk").values_list(*columns)
        return cls([UnitRow(a, b, c, slug(d), e, f or 0, g) for a, b, c, d, e, f, g in found])

    def on(self, day: date) -> Mapping[int, UnitRow]:
        """The units standing on the day."""
        if day not in self._days:
            self._days[day] = {row.pk: row for row in self.rows if covers(row.period, day)}
        return self._days[day]

    def line(self, unit: int, day: date) -> tuple[UnitRow, ...]:
        """The unit and those above it, the unit first; nothing for a unit that does not stand on the day."""
        if (unit, day) not in self._lines:
            standing, found, at = self.on(day), [], unit
            while at in standing and standing[at] not in found:
                found.append(standing[at])
                at = standing[at].parent
            self._lines[unit, day] = tuple(found)
        return self._lines[unit, day]

    def group(self, per: Per, unit: int, day: date) -> int | None:
        """The unit whose people a quota counts: the team, the highest unit below the perangkat daerah, or that itself.

        People placed in the perangkat daerah itself are a group of their own below it. None where there is none.
        """
        line = self.line(unit, day)
        kind = {Per.TEAM: UnitKind.TEAM, Per.UNIT: UnitKind.UNIT, Per.OPD: UnitKind.AGENCY}[per].value
        found = [row.pk for row in line if row.kind == kind]
        if per is Per.UNIT and not found and line and line[0].kind == UnitKind.AGENCY.value:
            return unit
        return (found[0] if per is Per.TEAM else found[-1]) if found else None

    def meant(self, word: str) -> frozenset[int]:
        """The units a word such as "1.02" or "dinkes" means: by key, code or name, else by its usual names."""
        exact = {row.pk for row in self.rows if word in (row.key, row.code.casefold(), row.slug)}
        if exact:
            return frozenset(exact)
        begins = tuple(slug(name) for name in usual_names().get(word, ()))
        return frozenset(row.pk for row in self.rows if any(_begins(row.slug, name) for name in begins))

    def carriers(self, units: frozenset[int], day: date) -> frozenset[int]:
        """These units with everything below them on the day."""
        return frozenset(pk for pk in self.on(day) if any(row.pk in units for row in self.line(pk, day)))


def slug(name: str) -> str:
    """A name as it can stand in a tag: "UPT Laboratorium" → "upt_laboratorium"."""
    return re.sub(r"[^a-z0-9]+", "_", name_key(name)).strip("_")


def _begins(name: str, beginning: str) -> bool:
    """Whether a name begins with these whole words, the words for an executing unit left out."""
    return f"{re.sub(r'^(upt|uptd|uptb)_', '', name)}_".startswith(f"{beginning}_")


@cache
def usual_names() -> Mapping[str, Sequence[str]]:
    """The names units of this kind usually begin with, by the word rulebooks use."""
    text = (files("luwes.rulebooks") / "names.toml").read_text("utf-8")
    found: Mapping[str, Sequence[str]] = tomllib.loads(text)["unit"]
    return found
