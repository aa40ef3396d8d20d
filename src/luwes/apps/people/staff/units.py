"""Which of our units a unor means: by the admin's choice, by its id, or by its exact name under its satuan kerja.

Units that were renamed, merged or succeeded are also known by what they were called.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.people.actions import create_unit
from luwes.apps.people.lineage import Heirs
from luwes.apps.people.models import Unit, UnitKind, UnitVersion
from luwes.apps.people.queries import UnitRow, choices, government, label, unit_of, units_named
from luwes.apps.people.staff import wording
from luwes.apps.sources.kinds import Option, Unmapped
from luwes.apps.sources.reading.names import normalise

NEAREST = 3
# Below this share of common words a candidate would only distract.
LIKENESS = 0.4
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Unor:
    """A unit as the file names it; `office` is the satuan kerja above it."""

    id: str
    name: str
    office: str

    @property
    def value(self) -> str:
        """What is remembered: the id, else name and office together."""
        return self.id or self.label

    @property
    def label(self) -> str:
        """How it is shown for choice."""
        return SEPARATOR.join(filter(None, (self.name, self.office)))


class UnorBook:
    """All current unit versions, read once; finds the pk of the unit a unor means."""

    def __init__(self, versions: Iterable[UnitVersion], day: date) -> None:
        standing = [v for v in versions if v.period.lower <= day and (v.period.upper is None or day < v.period.upper)]
        self._day = day
        self._heirs = Heirs()
        self.names = {v.unit_id: v.name for v in standing}
        self._keys = {v.unit.key: v.unit_id for v in versions}
        self._codes = {v.code: v.unit_id for v in standing}
        # Former codes and names, and who does the work of the units that bore them.
        self._former: dict[str, set[int]] = {}
        self._parents = {v.unit_id: v.parent_id for v in standing}
        self._by_name: dict[str, list[int]] = {}
        for version in standing:
            self._by_name.setdefault(normalise(version.name), []).append(version.unit_id)
        for version in versions:
            if version.period.upper is not None and version.period.upper <= day:
                self._remember_former(version)
        self._words = [(frozenset(normalise(v.name).split()), v) for v in standing]
        self._found: dict[Unor, int | None] = {}

    @classmethod
    def read(cls, day: date) -> "UnorBook":
        """The tree as it is known now, in two queries."""
        return cls(list(UnitVersion.objects.filter(superseded_at=None).select_related("unit")), day)

    def resolve(self, unor: Unor, chosen: Mapping[str, str]) -> int | None:
        """The unit's pk: the remembered choice first, then the id as our code, then the exact name; else None."""
        if unor not in self._found:
            self._found[unor] = self._resolve(unor, chosen.get(unor.value))
        return self._found[unor]

    def _resolve(self, unor: Unor, choice: str | None) -> int | None:
        if choice is not None:
            # What was chosen once may have been merged since; a file goes on naming the old unit for months.
            return self._keys.get(self._heirs.of(choice, self._day) or "")
        coded = {self._codes[unor.id]} if unor.id in self._codes else self._former.get(unor.id, set())
        if unor.id and len(coded) == 1:
            return next(iter(coded))
        named = self._called(unor.name)
        if unor.office and normalise(unor.office) != normalise(unor.name):
            offices = self._called(unor.office)
            named = [pk for pk in named if self._parents[pk] in offices]
        return named[0] if len(named) == 1 else None

    def _remember_former(self, version: UnitVersion) -> None:
        """A file goes on saying a former code and name for months: they mean who does the work now, where one does."""
        now = self._keys.get(self._heirs.of(version.unit.key, self._day) or "")
        if now in self.names:
            for called in {version.code, normalise(version.name)}:
                self._former.setdefault(called, set()).add(now)

    def _called(self, name: str) -> list[int]:
        """The units of this name today; where none is, those that do the work of the units that bore it."""
        return self._by_name.get(normalise(name)) or sorted(self._former.get(normalise(name), ()))

    def nearest(self, unor: Unor) -> tuple[Option, ...]:
        """The units sharing the most words: an offer to a person, not a choice."""
        wanted = frozenset(normalise(unor.name).split())
        scored = []
        for words, version in self._words:
            common = len(wanted & words)
            if common and common / len(wanted | words) >= LIKENESS:
                scored.append((-common / len(wanted | words), version.unit.key, version))
        scored.sort(key=lambda entry: entry[:2])
        return tuple(Option(version.unit.key, self._label(version)) for _, _, version in scored[:NEAREST])

    def _label(self, version: UnitVersion) -> str:
        return label(version.name, version.code, self.names.get(version.parent_id or 0, ""))


def options(day: date) -> Sequence[Option]:
    """Every unit standing on the day."""
    return [Option(*choice) for choice in choices(day)]


def creatable() -> Sequence[Option]:
    """What an admin may create for an unknown unor."""
    return [
        Option(UnitKind.UNIT.value, wording.create_unit()),
        Option(UnitKind.AGENCY.value, wording.create_agency()),
    ]


def create(foreign: Unmapped, choice: str, day: date) -> str:
    """Create the unit and, where it is missing, the perangkat daerah above it; returns the unit's key.

    One file may name a unit twice, with and without its id: the second time the first is meant. Raises CodeTaken,
    Forbidden.
    """
    name, _, office = foreign.label.partition(SEPARATOR)
    known = _standing(name, office, day)
    if known is not None:
        return known
    kind = UnitKind(choice)
    if kind is UnitKind.AGENCY or not office or normalise(office) == normalise(name):
        return _office(name, day, "" if foreign.value == foreign.label else foreign.value).key
    code = foreign.value if foreign.value != foreign.label else _code(foreign.label)
    return create_unit(code=code, name=name, kind=kind, parent=_office(office, day)).key


def _standing(name: str, office: str, day: date) -> str | None:
    """The key of the unit of exactly this name below this perangkat daerah, if there is one."""
    found = [row for row in _named(name, day) if office]
    offices = {row.key for row in _named(office, day)} if found else set()
    below = [row.key for row in found if row.parent_key in offices]
    return below[0] if len(below) == 1 else None


def _named(name: str, day: date) -> list[UnitRow]:
    """The units of exactly this name, however it is written."""
    wanted = normalise(name)
    return [row for row in units_named(name, day) if normalise(row.name) == wanted]


def _office(name: str, day: date, code: str = "") -> Unit:
    """The perangkat daerah of exactly this name, or a new one under this code."""
    found = [row for row in _named(name, day) if row.kind == UnitKind.AGENCY]
    known = unit_of(found[0].key) if len(found) == 1 else None
    return known or _agency(name, code, day)


def _agency(name: str, code: str, day: date) -> Unit:
    top = government(day)
    parent = unit_of(top.key) if top is not None else None
    return create_unit(code=code or _code(name), name=name, kind=UnitKind.AGENCY, parent=parent)


def _code(name: str) -> str:
    """A readable code for a unit that came without one."""
    return normalise(name).replace(" ", "-")[:80]
