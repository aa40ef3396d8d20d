"""Everything that could be checked on a day: counters of confirmed services, hour by hour of what they promise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.results.counters import places
from luwes.apps.results.counters.places import Place
from luwes.apps.results.services.catalogue import Days
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.sampling.draw import Cell

HOUR = 60


@dataclass(frozen=True, slots=True)
class Frame:
    """The cells of a day and the counter behind each."""

    cells: Sequence[Cell]
    behind: Mapping[str, tuple[Place, int, str]]


def frame_of(day: date, flexible_rate: int) -> Frame:
    """The frame as it is known now; empty on days when nothing promises to be open.

    The strata are kind of day, hour and service. A kind that is not known yet is "undefined", never "other".
    """
    rows = ExposureDay.objects.filter(service__isnull=False, day=day).values_list("service_id", "kind")
    kinds = dict(rows)
    days = Days.read(day, day)
    cells: list[Cell] = []
    behind: dict[str, tuple[Place, int, str]] = {}
    for one in places.places(None, day):
        kind = kinds.get(one.service, DayKind.UNDEFINED.value)
        rate = flexible_rate if kind == DayKind.FLEXIBLE else 1
        for minute in _hours(places.promised(one, day, days)):
            key = f"{one.key}@{minute}"
            cells.append(Cell(key, (kind, f"{minute:04}", one.service_key), rate))
            behind[key] = (one, minute, kind)
    return Frame(cells, behind)


def as_json(cells: Sequence[Cell]) -> list[list[object]]:
    """The frame as it is stored beside the draw."""
    return [[cell.key, list(cell.stratum), cell.rate] for cell in cells]


def from_json(rows: Sequence[tuple[str, Sequence[str], int]]) -> list[Cell]:
    """The frame as it was stored."""
    return [Cell(key, tuple(stratum), rate) for key, stratum, rate in rows]


def _hours(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The first minutes of whole hours within the spans, counted from each span's beginning."""
    return [minute for start, end in spans for minute in range(start, end - HOUR + 1, HOUR)]
