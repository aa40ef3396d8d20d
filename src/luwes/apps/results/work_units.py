"""Which unit a row of a work file means, and what is told of those that mean none."""

from dataclasses import dataclass
from datetime import date

from luwes.apps.results import units, wording
from luwes.apps.results.units import UnitBook
from luwes.apps.sources.kinds import SKIP, Stage, Staged, Unmapped, Vocabulary

VOCABULARY = Vocabulary(
    name="unit",
    label=wording.unit_vocabulary,
    columns=("kode_unit", "unit"),
    options=units.options,
    creatable=units.creatable,
    create=units.create,
)


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
            version = units.resolve(self._book, self._chosen, code=code, name=name, day=day)
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
