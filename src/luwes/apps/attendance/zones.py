"""Which time zone holds where somebody works: the workplace of the unit, of the nearest unit above, else our own."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import UnitVersion, WorkplaceVersion
from luwes.core.workdays.periods import DAY


@dataclass(slots=True)
class Zones:
    """Units by primary key on the days of a span; `cuts` are the days on which an answer may change."""

    cuts: Sequence[date]
    _zones: Mapping[int, Sequence[tuple[date, date | None, str]]]
    _parents: Mapping[int, Sequence[tuple[date, date | None, int | None]]]
    _found: dict[tuple[int, int], str] = field(default_factory=dict)

    @classmethod
    def read(cls, first: date, last: date) -> "Zones":
        """Read the workplaces and the tree of `[first, last]`; two queries."""
        overlap = DateRange(first, last + DAY)
        zones: dict[int, list[tuple[date, date | None, str]]] = {}
        places = WorkplaceVersion.objects.filter(superseded_at=None, period__overlap=overlap).order_by("workplace_id")
        for unit, zone, period in places.values_list("unit_id", "zone", "period"):
            zones.setdefault(unit, []).append((period.lower, period.upper, zone))
        parents: dict[int, list[tuple[date, date | None, int | None]]] = {}
        versions = UnitVersion.objects.filter(superseded_at=None, period__overlap=overlap)
        for unit, parent, period in versions.values_list("unit_id", "parent_id", "period"):
            parents.setdefault(unit, []).append((period.lower, period.upper, parent))
        bounds = {bound for rows in zones.values() for since, until, _ in rows for bound in (since, until)}
        bounds |= {bound for rows in parents.values() for since, until, _ in rows for bound in (since, until)}
        # Where every workplace keeps our own time no day can change anything.
        told = {zone for rows in zones.values() for _, _, zone in rows} - {settings.TIME_ZONE}
        return cls(sorted(b for b in bounds if b is not None and first < b <= last) if told else (), zones, parents)

    def of(self, unit: int, day: date) -> str:
        """The zone of the unit on the day. Of several workplaces the one recorded first counts."""
        key = (unit, bisect_right(self.cuts, day))
        if key not in self._found:
            self._found[key] = self._read(unit, day)
        return self._found[key]

    def _read(self, unit: int, day: date) -> str:
        at: int | None = unit
        seen: set[int] = set()
        while at is not None and at not in seen:
            seen.add(at)
            for since, until, zone in self._zones.get(at, ()):
                if since <= day and (until is None or day < until):
                    return zone
            at = next(
                (p for since, until, p in self._parents.get(at, ()) if since <= day and (until is None or day < until)),
                None,
            )
        return settings.TIME_ZONE
