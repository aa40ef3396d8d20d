"""How flexible the days really were, beside how flexible they were planned to be, and how that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from luwes.core.indicators.sums import ratio


class Source(StrEnum):
    """Where the realised share comes from, best evidence first."""

    PUNCHES = "punches"
    RECAP = "recap"
    HEAD = "head"


class RealisedError(ValueError):
    """Counts that cannot be; `code` is stable, `detail` is for the log."""

    code = "counts_disagree"


@dataclass(frozen=True, slots=True)
class Realised:
    """Person-days on duty of one unit on one day (or more, added up) by where they were spent, as one source says.

    Of `on_duty`, `flexible` are known to be away from the office, `unknown` not known either way. `planned` of
    `planned_on_duty` were planned to be flexible. `sources` are all that went into the sum.
    Raises RealisedError.
    """

    sources: frozenset[Source]
    on_duty: int
    flexible: int
    unknown: int
    planned: int
    planned_on_duty: int

    def __post_init__(self) -> None:
        if min(self.flexible, self.unknown, self.planned) < 0:
            raise RealisedError(f"negative: {self}")
        if self.flexible + self.unknown > self.on_duty or self.planned > self.planned_on_duty:
            raise RealisedError(f"parts over whole: {self}")

    def __add__(self, other: "Realised") -> "Realised":
        return Realised(
            self.sources | other.sources,
            self.on_duty + other.on_duty,
            self.flexible + other.flexible,
            self.unknown + other.unknown,
            self.planned + other.planned,
            self.planned_on_duty + other.planned_on_duty,
        )

    @property
    def share(self) -> Fraction | None:
        """Flexible ÷ on duty, of those known; None when nobody is known."""
        return ratio(self.flexible, self.on_duty - self.unknown)

    @property
    def at_least(self) -> Fraction | None:
        """The share if all unknown were at the office."""
        return ratio(self.flexible, self.on_duty)

    @property
    def at_most(self) -> Fraction | None:
        """The share if all unknown were flexible."""
        return ratio(self.flexible + self.unknown, self.on_duty)

    @property
    def planned_share(self) -> Fraction | None:
        """The share that was planned."""
        return ratio(self.planned, self.planned_on_duty)

    @property
    def difference(self) -> Fraction | None:
        """Realised minus planned share; None where either is not known."""
        if self.share is None or self.planned_share is None:
            return None
        return self.share - self.planned_share


@dataclass(frozen=True, slots=True)
class Chosen:
    """The figure of the best source, and the sources whose share contradicts it."""

    figure: Realised
    contradicted_by: tuple[Source, ...]


def choose(found: Sequence[tuple[Source, Realised]]) -> Chosen | None:
    """Take the figure of the best source that knows anything about a unit's day; None when none does.

    Sources are never mixed within a unit's day: a person seen by two would count twice. A contradiction is a share
    of another source outside what the best one leaves possible.
    """
    ranked = sorted(
        ((list(Source).index(source), source, one) for source, one in found if one.share is not None),
        key=lambda entry: entry[0],
    )
    if not ranked:
        return None
    best = ranked[0][2]
    against = tuple(
        source
        for _, source, one in ranked[1:]
        if not Fraction(best.flexible, best.on_duty)
        <= Fraction(one.flexible, one.on_duty - one.unknown)
        <= Fraction(best.flexible + best.unknown, best.on_duty)
    )
    return Chosen(best, against)
