"""What other modules know of units and people: they hand it in, this one does not reach up for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.schedule.facts.known import covers
from luwes.core.policy.facts import Tag


@dataclass(frozen=True, slots=True)
class Told:
    """A tag that was settled for a period: the units that carry it with all below them; every other one does not."""

    tag: str
    units: frozenset[str]
    period: DateRange


@dataclass(frozen=True, slots=True)
class Brought:
    """Settled tags of units; and of single people by public id, of the tags named in `settled`.

    Who does not carry a settled tag is known not to, but on the days of a gap: `gaps` of one person, `missing` of all.
    """

    told: Sequence[Told] = ()
    persons: Mapping[str, Sequence[Tag]] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()
    gaps: Mapping[str, Sequence[Tag]] = field(default_factory=dict)
    missing: Sequence[Tag] = ()

    @property
    def periods(self) -> list[DateRange]:
        """Everything dated here."""
        return [one.period for one in self.told]

    def on(self, tag: str, day: date) -> frozenset[str] | None:
        """The units told to carry the tag on the day; None where nobody settled it."""
        found = [one.units for one in self.told if one.tag == tag and covers(one.period, day)]
        return frozenset().union(*found) if found else None


NOTHING = Brought()
