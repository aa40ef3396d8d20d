"""What a planner sets for a roster, and how it is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from luwes.apps.accounts.access import Refused
from luwes.core.exposure.states import FLEXIBLE, State
from luwes.core.roster.roster import Aim

WORKWEEK = (1, 2, 3, 4, 5)
MOST = 31


class BadParameters(Refused):
    """A setting of a roster is impossible; the code says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Parameters:
    """`weekdays` (ISO) are open to flexible days; at most `weekly` a week and `monthly` a month each.

    `promised` days are kept for everybody who has as many open days; `quota` percent of those present of every unit
    may be flexible at once. `apart` closes the working days beside a holiday. On the days `on_site` all are at work
    in the office. `aim` is what the plan strives for, `place` the state a flexible day is spent in.
    """

    weekdays: tuple[int, ...] = WORKWEEK
    weekly: int = 1
    monthly: int = MOST
    promised: int = 0
    quota: int | None = None
    apart: bool = False
    on_site: tuple[date, ...] = ()
    aim: Aim = "fair"
    place: State = State.HOME

    def __post_init__(self) -> None:
        if not self.weekdays or not set(self.weekdays) <= set(range(1, 8)):
            raise BadParameters("roster_weekdays")
        if not 0 <= self.weekly <= 7 or not 0 <= self.monthly <= MOST or not 0 <= self.promised <= MOST:
            raise BadParameters("roster_counts")
        if self.quota is not None and not 0 <= self.quota <= 100:
            raise BadParameters("roster_quota")
        if self.place not in FLEXIBLE:
            raise BadParameters("roster_place")
        if self.aim not in ("fair", "wishes"):
            raise BadParameters("roster_aim")

    def kept(self) -> dict[str, Any]:
        """As plain values."""
        plain = asdict(self)
        days = sorted({day.isoformat() for day in self.on_site})
        return plain | {"weekdays": sorted(set(self.weekdays)), "on_site": days, "place": self.place.value}


def parameters(kept: Mapping[str, Any]) -> Parameters:
    """Back from plain values."""
    values = dict(kept)
    return Parameters(
        **values
        | {
            "weekdays": tuple(values["weekdays"]),
            "on_site": tuple(date.fromisoformat(day) for day in values["on_site"]),
            "place": State(values["place"]),
        }
    )
