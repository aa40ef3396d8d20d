"""Which of our services a file's name or code means: by the admin's choice, else by an exact match, never by likeness.

Most services are called alike in many offices ("Legalisir"); a file that names the unit beside it is understood.
"""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.results.services import wording
from luwes.apps.results.services.catalogue import Catalogue, Standing
from luwes.apps.results.units import UnitBook
from luwes.apps.sources.kinds import SKIP, Option, Stage, Staged, Unmapped, Vocabulary
from luwes.apps.sources.reading.layout import Column
from luwes.apps.sources.reading.names import normalise

NEAREST = 3
# Below this likeness a candidate would only distract.
LIKENESS = 0.45
SEPARATOR = " · "

# The columns by which every file of services says whom it speaks of.
CODE = Column("kode_layanan", "Kode layanan", "code", False, ("ID Layanan", "Kode Jenis Layanan", "Service ID"))
NAME = Column(
    *("layanan", "Layanan", "text", True),
    aliases=("Nama Layanan", "Jenis Layanan", "Jenis Pelayanan", "Pelayanan", "Nama Pelayanan"),
)
UNIT_CODE = Column("kode_unit", "Kode unit", "code", False, ("Kode PD", "ID Unit", "Kode Unit Kerja"))
UNIT = Column(
    *("unit", "Unit", "text", False),
    aliases=("Unit Kerja", "Nama Unit", "Perangkat Daerah", "Nama PD", "OPD", "SKPD", "Unit Pelayanan", "Instansi"),
)
POINT = Column("titik", "Titik layanan", "text", False, ("Loket", "Nama Loket", "Counter", "Nomor Loket", "No Loket"))
SUBJECT = (CODE, NAME, UNIT_CODE, UNIT)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A service as a file names it."""

    code: str
    name: str
    unit_code: str
    unit: str

    @property
    def value(self) -> str:
        """What is remembered: the code, else name and unit together."""
        return self.code or self.label

    @property
    def label(self) -> str:
        """How it is shown for choice."""
        return SEPARATOR.join(filter(None, (self.name, self.unit or self.unit_code)))


@dataclass(slots=True)
class _Unknown:
    """The first row that carries a value we cannot place, and how many do."""

    foreign: Foreign
    day: date
    row: int
    count: int = 0


class ServiceReader:
    """Finds the service and the point of each row, and keeps count of what it cannot place."""

    def __init__(self, stage: Stage) -> None:
        self.catalogue = Catalogue.read()
        self.skipped = 0
        self._units = UnitBook.read()
        self._chosen = stage.values
        self._found: dict[tuple[Foreign, date], int | None] = {}
        self._unknown: dict[str, _Unknown] = {}

    def find(self, row: Staged, day: date) -> int | None:
        """The service's pk; None for a row that is skipped or names no service of ours, which is then told."""
        foreign = foreign_of(row.values)
        if self._chosen.get(foreign.value) == SKIP:
            self.skipped += 1
            return None
        if (foreign, day) not in self._found:
            self._found[foreign, day] = self._resolve(foreign, day)
        found = self._found[foreign, day]
        if found is None:
            self._unknown.setdefault(foreign.value, _Unknown(foreign, day, row.number)).count += 1
        return found

    def unmapped(self) -> tuple[Unmapped, ...]:
        """The values that still need a choice, with the likest services."""
        return tuple(
            Unmapped(
                value=value,
                label=one.foreign.label,
                count=one.count,
                row=one.row,
                nearest=self._nearest(one.foreign, one.day),
            )
            for value, one in self._unknown.items()
        )

    def _resolve(self, foreign: Foreign, day: date) -> int | None:
        chosen = self._chosen.get(foreign.value)
        if chosen is not None:
            return self.catalogue.by_key(chosen)
        named = self.catalogue.named(foreign.name, day)
        if foreign.unit or foreign.unit_code:
            version = self._units.find(code=foreign.unit_code, name=foreign.unit, day=day)
            named = [one for one in named if version is not None and self._belongs(one, version.unit_id, day)]
        return named[0].pk if len(named) == 1 else None

    def _belongs(self, service: Standing, unit: int, day: date) -> bool:
        """Whether the unit owns the service, has a point of it, or stands above its owner."""
        if unit in {spot.unit for spot in self.catalogue.spots(service.pk, day)}:
            return True
        at: int | None = service.owner
        seen: set[int] = set()
        while at is not None and at not in seen:
            if at == unit:
                return True
            seen.add(at)
            at = self._units.version(at, day).parent_id
        return False

    def _nearest(self, foreign: Foreign, day: date) -> tuple[Option, ...]:
        wanted = normalise(foreign.name or foreign.code)[:200]
        scored: list[tuple[float, str, Standing]] = []
        for one in self.catalogue.standing(day):
            matcher = difflib.SequenceMatcher(None, wanted, normalise(one.name)[:200])
            if matcher.quick_ratio() >= LIKENESS and (likeness := matcher.ratio()) >= LIKENESS:
                scored.append((-likeness, one.key, one))
        scored.sort(key=lambda entry: entry[:2])
        return tuple(
            Option(one.key, f"{one.name} ({self._units.version(one.owner, day).name})")
            for _, _, one in scored[:NEAREST]
        )


def foreign_of(values: Mapping[str, str | int | float | None]) -> Foreign:
    """The service a row names, as it names it."""
    code, name, unit_code, unit = (" ".join(str(values[column.name] or "").split()) for column in SUBJECT)
    return Foreign(code, name, unit_code, unit)


def options(day: date) -> Sequence[Option]:
    """Every service standing on the day, with its owner."""
    units = UnitBook.read()
    rows = sorted(Catalogue.read().standing(day), key=lambda one: one.name.casefold())
    return [Option(one.key, f"{one.name} ({units.version(one.owner, day).name})") for one in rows]


def create(foreign: Unmapped, choice: str, day: date) -> str:
    """Nothing is offered: a service needs an owner and a standard, which no row of such a file tells."""
    raise ValueError(choice)


VOCABULARY = Vocabulary(
    name="service",
    label=wording.vocabulary,
    columns=("kode_layanan", "layanan"),
    options=options,
    creatable=tuple,
    create=create,
)
