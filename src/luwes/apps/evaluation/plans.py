"""A plan as plain values: what is asked, of whom, by which lot, when one may look; and its canonical text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

import numpy as np

from luwes.core.evaluation.assess import Plan
from luwes.core.evaluation.lots import Lot, ShareLot, StartLot, WeekdayLot, draw, redraws
from luwes.core.evaluation.panel import Floats, Ints
from luwes.core.evaluation.power import lot_information

FORMAT = 1
REDRAWS = 999
WEEK = timedelta(days=7)


class Role(StrEnum):
    """A primary outcome decides about service; output has its own verdict; a supporting one only stands beside."""

    PRIMARY = "utama"
    OUTPUT = "hasil_kerja"
    SUPPORTING = "penunjang"


class LotKind(StrEnum):
    """What is drawn: the weekday of each unit, the share on a common weekday, or the week it starts."""

    WEEKDAY = "hari"
    SHARE = "bagian"
    START = "mulai"


@dataclass(frozen=True, slots=True)
class Asked:
    """One outcome: positive margins in its own unit, `error` of a fully flexible day and `power` as planned.

    `assumed` says that no past of the agency stood behind the error.
    """

    measure: str
    role: Role
    margin_day: float
    margin_month: float
    error: float = 0.0
    power: float = 0.0
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class LotSpec:
    """The recorded procedure: drawn anew every `every` weeks, from `seed`, within strata (one number per unit)."""

    kind: LotKind
    seed: int
    every: int = 4
    weekdays: Sequence[int] = ()
    shares: Sequence[float] = ()
    starts: Sequence[int] = ()
    strata: Sequence[int] = ()
    redraws: int = REDRAWS


@dataclass(frozen=True, slots=True)
class Observed:
    """An assignment without a lot: one weekday for all, or starts by unit key (None: never); `change` for grade B."""

    weekday: int | None
    starts: Mapping[str, date | None] = field(default_factory=dict)
    change: float = 0.0


@dataclass(frozen=True, slots=True)
class Content:
    """All that is frozen. `looks` are weeks since `start`; `days` the working days of the plan's weeks.

    `units` were drawn (or are exposed), `compared` never have flexible days. `exposure` is what was drawn for each
    unit, as shares by day; empty without a lot. `pre_days` are working days before the start that were read.
    """

    name: str
    policy: str
    basis: str
    start: date
    weeks: int
    looks: Sequence[int]
    days: Sequence[date]
    units: Sequence[str]
    compared: Sequence[str]
    outcomes: Sequence[Asked]
    lot: LotSpec | None
    observed: Observed | None
    exposure: Sequence[Sequence[float]] = ()
    level: float = 0.05

    @property
    def until(self) -> date:
        """The first day after the plan's weeks."""
        return self.start + self.weeks * WEEK

    @property
    def share(self) -> float:
        """The mean planned flexible share over all working days."""
        if self.exposure:
            return float(np.mean(self.exposure))
        return 0.2 if self.observed is not None and self.observed.weekday is not None else 1.0

    def cutoff(self, look: int) -> date:
        """The first day not in the data of a look (from 0)."""
        return self.start + self.looks[look] * WEEK

    def plan(self, asked: Asked) -> Plan:
        """The frozen rules of one outcome; harm is sought in all primary ones together."""
        family = sum(one.role is Role.PRIMARY for one in self.outcomes) if asked.role is Role.PRIMARY else 1
        fractions = tuple(lot_information(self.looks))
        return Plan(asked.margin_day, asked.margin_month, self.share, fractions, self.level, max(family, 1))

    def text(self) -> str:
        """Canonical JSON: the same plan gives the same text."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))

    def digest(self) -> str:
        """What was signed."""
        return sha256(self.text().encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """As stored: dates as text."""
        found: dict[str, Any] = json.loads(json.dumps(asdict(self), default=lambda one: one.isoformat()))
        return {"format": FORMAT, **found}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        """From what was stored."""
        values = {name: value for name, value in data.items() if name != "format"}
        values["start"] = date.fromisoformat(values["start"])
        values["days"] = tuple(date.fromisoformat(one) for one in values["days"])
        values["outcomes"] = tuple(Asked(**{**one, "role": Role(one["role"])}) for one in values["outcomes"])
        lot, observed = values["lot"], values["observed"]
        values["lot"] = None if lot is None else LotSpec(**{**lot, "kind": LotKind(lot["kind"])})
        if observed is not None:
            starts = {key: None if one is None else date.fromisoformat(one) for key, one in observed["starts"].items()}
            values["observed"] = Observed(observed["weekday"], starts, observed["change"])
        return cls(**values)


def week_of(days: Sequence[date], start: date) -> Ints:
    """The plan's week of each day, numbered without gaps: a week without working days has no number."""
    weeks = [(day - start).days // 7 for day in days]
    return np.asarray(np.unique(weeks, return_inverse=True)[1], dtype=np.int64)


def lot_of(spec: LotSpec, days: Sequence[date], start: date, units: int) -> Lot:
    """The procedure over these days. Raises PanelError lot_without_choice when it is drawn."""
    weekday = np.array([day.isoweekday() for day in days], dtype=np.int64)
    period = np.array([(day - start).days // 7 // spec.every for day in days], dtype=np.int64)
    stratum = np.array(spec.strata or [0] * units, dtype=np.int64)
    if spec.kind is LotKind.WEEKDAY:
        return WeekdayLot(weekday, period, stratum, tuple(spec.weekdays), shares=tuple(spec.shares))
    if spec.kind is LotKind.SHARE:
        return ShareLot(np.isin(weekday, spec.weekdays).astype(np.int64), period, stratum, tuple(spec.shares))
    # Starts are weeks of the plan; whoever is not dealt one within it starts after its last day.
    first = [
        next((n for n, day in enumerate(days) if (day - start).days >= 7 * week), len(days)) for week in spec.starts
    ]
    return StartLot(len(days), stratum, tuple(first))


def drawn(spec: LotSpec, days: Sequence[date], start: date, units: int) -> Floats:
    """The real draw (U × D), from the seed."""
    return draw(lot_of(spec, days, start, units), np.random.default_rng([spec.seed, 0]))


def drawn_again(spec: LotSpec, days: Sequence[date], start: date, units: int) -> Floats:
    """The redraws (R × U × D), from the same seed and another stream."""
    return redraws(lot_of(spec, days, start, units), spec.redraws, np.random.default_rng([spec.seed, 1]))
