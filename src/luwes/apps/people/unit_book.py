"""Which of our units a file's code or name means: by the admin's choice, else by an exact match, never by likeness."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.people.lineage import Heirs
from luwes.apps.people.models import UnitKind, UnitVersion
from luwes.apps.people.queries import choices, label
from luwes.apps.sources.kinds import SKIP, Option, Stage, Staged, Unmapped
from luwes.apps.sources.reading.names import normalise

NEAREST = 3
# Below this likeness a candidate would only distract.
LIKENESS = 0.45


class UnitBook:
    """All unit versions known now, read once, asked by code or name on a day."""

    def __init__(self, versions: Iterable[UnitVersion]) -> None:
        self.versions = list(versions)
        self._heirs = Heirs()
        self._codes: dict[str, list[UnitVersion]] = {}
        self._names: dict[str, list[UnitVersion]] = {}
        self._keys: dict[str, list[UnitVersion]] = {}
        self._pks: dict[int, list[UnitVersion]] = {}
        for version in self.versions:
            self._codes.setdefault(normalise(version.code), []).append(version)
            self._names.setdefault(normalise(version.name), []).append(version)
            self._keys.setdefault(version.unit.key, []).append(version)
            self._pks.setdefault(version.unit_id, []).append(version)

    @classmethod
    def read(cls) -> "UnitBook":
        """The tree as it is known now, in two queries."""
        return cls(UnitVersion.objects.filter(superseded_at=None).select_related("unit").order_by("unit", "period"))

    def find(self, *, code: str, name: str, day: date) -> UnitVersion | None:
        """The unit with exactly this code on the day; without a code, the only one of exactly this name."""
        known = self._codes.get(normalise(code), []) if code else self._names.get(normalise(name), [])
        found = [version for version in known if _stands(version, day)]
        return found[0] if len(found) == 1 else None

    def by_key(self, key: str, day: date) -> UnitVersion | None:
        """The unit the admin chose or its heir, by its version on the day or else its last one; None after a split."""
        known = self._keys.get(self._heirs.of(key, day) or "", [])
        return next((version for version in known if _stands(version, day)), known[-1] if known else None)

    def version(self, unit_pk: int, day: date) -> UnitVersion:
        """How a unit stood on the day, or else last."""
        known = self._pks[unit_pk]
        return next((version for version in known if _stands(version, day)), known[-1])

    def standing(self, day: date, kind: UnitKind) -> list[UnitVersion]:
        """The units of one kind on the day."""
        return [version for version in self.versions if version.kind == kind and _stands(version, day)]

    def nearest(self, *, code: str, name: str, day: date) -> tuple[Option, ...]:
        """The units most like a foreign name, the best first: an offer to a person, not a choice."""
        wanted = normalise(name or code)[:200]
        scored: list[tuple[float, str, UnitVersion]] = []
        for version in self.versions:
            if _stands(version, day):
                matcher = difflib.SequenceMatcher(None, wanted, normalise(version.name)[:200])
                if matcher.quick_ratio() >= LIKENESS and (likeness := matcher.ratio()) >= LIKENESS:
                    scored.append((-likeness, version.unit.key, version))
        scored.sort(key=lambda entry: entry[:2])
        return tuple(Option(version.unit.key, self._label(version, day)) for _, _, version in scored[:NEAREST])

    def _label(self, version: UnitVersion, day: date) -> str:
        parent = "" if version.parent_id is None else self.version(version.parent_id, day).name
        return label(version.name, version.code, parent)


def options(day: date) -> Sequence[Option]:
    """Every unit standing on the day, the government first."""
    return [Option(*choice) for choice in choices(day)]


def resolve(book: UnitBook, values: Mapping[str, str], *, code: str, name: str, day: date) -> UnitVersion | None:
    """The unit a row belongs to: the remembered choice first, else an exact match, else None."""
    chosen = values.get(code or name)
    return book.by_key(chosen, day) if chosen else book.find(code=code, name=name, day=day)


@dataclass(slots=True)
class _Unknown:
    """A code or name nothing of ours answers to: the first row that carries it, and how many do."""

    code: str
    name: str
    day: date
    row: int
    count: int = 0


class UnitReader:
    """Finds the unit of each row by the remembered choice or an exact match, and keeps count of the rest."""

    def __init__(self, stage: Stage) -> None:
        self.skipped = 0
        self._book = UnitBook.read()
        self._chosen = stage.values
        self._found: dict[tuple[str, str, date], int | None] = {}
        self._unknown: dict[str, _Unknown] = {}

    def find(self, row: Staged, day: date) -> int | None:
        """The unit's pk on the day; None for a row that is skipped or names no unit of ours, which is then told."""
        code, name = str(row.values["kode_unit"] or ""), str(row.values["unit"] or "")
        value = code or name
        if self._chosen.get(value) == SKIP:
            self.skipped += 1
            return None
        place = (code, name, day)
        if place not in self._found:
            version = resolve(self._book, self._chosen, code=code, name=name, day=day)
            self._found[place] = None if version is None else version.unit_id
        found = self._found[place]
        if found is None:
            self._unknown.setdefault(value, _Unknown(code, name, day, row.number)).count += 1
        return found

    def unmapped(self) -> tuple[Unmapped, ...]:
        """The values that still need a choice, with the likest units."""
        return tuple(
            Unmapped(
                value=value,
                label=one.name or one.code,
                count=one.count,
                row=one.row,
                nearest=self._book.nearest(code=one.code, name=one.name, day=one.day),
            )
            for value, one in self._unknown.items()
        )


def _stands(version: UnitVersion, day: date) -> bool:
    period = version.period
    return bool(period.lower <= day and (period.upper is None or day < period.upper))
