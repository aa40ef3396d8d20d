"""Panels from stored sums: one row per drawn unit, with all below it, and one column per working day; never persons.

The services of a unit are put together, each as its distance from its own usual mean, so that another mix of services
on a day is not taken for better or worse service, and cells are large enough to be published.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from luwes.apps.people import queries as people
from luwes.apps.people.models import ChainLink
from luwes.apps.people.staff.queries import below
from luwes.apps.results import work_queries
from luwes.apps.results.measures import AnswerSums, CaseSums, Measure, OpenSums, WaitSums
from luwes.apps.results.models import ServiceFigure
from luwes.apps.results.services.catalogue import Catalogue
from luwes.apps.schedule.models import ExposureDay
from luwes.core.evaluation.panel import DayPanel, Floats, Ints
from luwes.core.workdays.periods import DAY

OUTPUT = "output"
# A unit's own past makes its results comparable with others': so many staff-days at least.
LEAST_STAFF_DAYS = 20


class Outcome(StrEnum):
    """What a plan may ask about; in points, percentage points, minutes (less is better), and percent of the usual."""

    SURVEY = Measure.SURVEY.value
    WITHIN_TIME = Measure.WITHIN_TIME.value
    QUEUE_WAIT = Measure.QUEUE_WAIT.value
    HOURS_KEPT = Measure.HOURS_KEPT.value
    OUTPUT = OUTPUT


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """An outcome of U units on D days, higher is better.

    `ways` (by name, U × D) counts how it was recorded, `volume` (U × D) what was delivered or received (None: not
    known for this outcome), `scores` (4 × U × D) how often each answer was given (empty where nobody answers).
    """

    total: Floats
    weight: Floats
    ways: Mapping[str, Floats] = field(default_factory=dict)
    volume: Floats | None = None
    scores: Floats = field(default_factory=lambda: np.zeros((0, 0, 0)))

    def panel(self, block: Ints) -> DayPanel:
        """The sums as a panel; each unit is a cluster, since it was drawn."""
        return DayPanel(self.total, self.weight, block, np.arange(len(self.total)))


@dataclass(frozen=True, slots=True)
class Part:
    """What one figure adds to a cell: the outcome's sum and weight, ways of recording, volume, answers by score."""

    total: float
    weight: float
    ways: Mapping[str, int]
    volume: int
    scores: Sequence[int] = ()


def _survey(kept: int, of: int, data: Mapping[str, Any]) -> Part:
    sums = AnswerSums.from_json(data)
    items = [sum(one[place] for one in sums.survey.counts) for place in range(4)]
    points = sum(25 * (place + 1) * (sums.content[place] + items[place] / 9) for place in range(4))
    scores = [sums.content[place] + items[place] for place in range(4)]
    return Part(points, sum(sums.content) + sums.survey.complete, sums.channels, 0, scores)


def _within_time(kept: int, of: int, data: Mapping[str, Any]) -> Part:
    sums = CaseSums.from_json(data)
    reckoned = sums.counts.due_reckoned
    return Part(100.0 * kept, of, {"dihitung": reckoned, "diberikan": of - reckoned}, sums.opened)


def _queue_wait(kept: int, of: int, data: Mapping[str, Any]) -> Part:
    queue = WaitSums.from_json(data).queue
    waited = sum(minute * count for minute, count in queue.waits.counts.items())
    ways = {"dipanggil": queue.called, "tidak dipanggil": queue.arrived - queue.called}
    return Part(-float(waited), sum(queue.waits.counts.values()), ways, queue.arrived)


def _hours_kept(kept: int, of: int, data: Mapping[str, Any]) -> Part:
    sums = OpenSums.from_json(data)
    return Part(100.0 * kept, of, {"ketukan": sums.tapped, "berkas": sums.records - sums.tapped}, 0)


READ: Mapping[Outcome, Callable[[int, int, Mapping[str, Any]], Part]] = {
    Outcome.SURVEY: _survey,
    Outcome.WITHIN_TIME: _within_time,
    Outcome.QUEUE_WAIT: _queue_wait,
    Outcome.HOURS_KEPT: _hours_kept,
}


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Which unit and day stand where: `rows` by unit pk (a unit and all below it), `columns` by day.

    `before` counts the first columns, which lie before the start.
    """

    keys: Sequence[str]
    rows: Mapping[int, int]
    days: Sequence[date]
    before: int

    @classmethod
    def of(cls, keys: Sequence[str], days: Sequence[date], before: int) -> "Frame":
        """The units as the tree stands on the first day under the plan."""
        tree = people.units_on(days[min(before, len(days) - 1)])
        pks = {row.key: row.pk for row in tree}
        rows = {pks[inner]: place for place, key in enumerate(keys) for inner in below(key, tree) if inner in pks}
        return cls(keys, rows, days, before)

    @property
    def shape(self) -> tuple[int, int]:
        """Units and days."""
        return len(self.keys), len(self.days)

    @property
    def columns(self) -> Mapping[date, int]:
        """The place of each day."""
        return {day: place for place, day in enumerate(self.days)}


def services_of(frame: Frame) -> Mapping[int, int]:
    """The row of each service, by the unit that owns it on the first day under the plan."""
    day = frame.days[min(frame.before, len(frame.days) - 1)]
    return {one.pk: frame.rows[one.owner] for one in Catalogue.read().standing(day) if one.owner in frame.rows}


def service_sums(outcome: Outcome, frame: Frame) -> Sums:
    """An outcome of services, put together by unit."""
    services, columns = services_of(frame), frame.columns
    found: dict[int, list[tuple[int, Part]]] = defaultdict(list)
    rows = ServiceFigure.objects.filter(
        service__in=services, measure=outcome.value, day__gte=frame.days[0], day__lte=frame.days[-1]
    ).order_by("service", "day")
    for service, day, kept, of, data in rows.values_list("service_id", "day", "kept", "of", "sums"):
        if day in columns:
            found[service].append((columns[day], READ[outcome](kept, of, data)))
    sums = _Cells(frame.shape)
    for service, parts in found.items():
        usual = _usual(parts, frame.before)
        for place, part in parts:
            sums.add(services[service], place, part, usual)
    made = sums.made()
    if outcome in {Outcome.SURVEY, Outcome.HOURS_KEPT}:
        return Sums(made.total, made.weight, made.ways, volume(frame), made.scores)
    return made


def _usual(parts: Sequence[tuple[int, Part]], before: int) -> float:
    """A service's own mean before the start, or over all days where there was none: the same for every draw."""
    early = [part for place, part in parts if place < before and part.weight]
    chosen = early or [part for _place, part in parts if part.weight]
    held = sum(part.weight for part in chosen)
    return sum(part.total for part in chosen) / held if held else 0.0


class _Cells:
    """Cells being added up."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.shape = shape
        self.total, self.weight, self.volume = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self.scores = np.zeros((4, *shape))
        self.ways: dict[str, Floats] = {}

    def add(self, row: int, place: int, part: Part, usual: float) -> None:
        self.total[row, place] += part.total - usual * part.weight
        self.weight[row, place] += part.weight
        self.volume[row, place] += part.volume
        for score, count in enumerate(part.scores):
            self.scores[score, row, place] += count
        for name, count in part.ways.items():
            self.ways.setdefault(name, np.zeros(self.shape))[row, place] += count

    def made(self) -> Sums:
        total = np.where(self.weight > 0, self.total, 0.0)
        return Sums(total, self.weight, self.ways, self.volume if self.volume.any() else None, self.scores)


def volume(frame: Frame) -> Floats | None:
    """What came to the counters, whatever is asked about: people in queues, else cases opened; None: neither."""
    for outcome in (Outcome.QUEUE_WAIT, Outcome.WITHIN_TIME):
        found = service_sums(outcome, frame).volume
        if found is not None:
            return found
    return None


def output_sums(frame: Frame) -> Sums:
    """Results per staff-day as percent of the unit's own before the start (or over all days where nothing was before).

    Results of different units do not compare, their changes do. Units without results or staff-days stay empty.
    """
    columns, staff, count = frame.columns, np.zeros(frame.shape), np.zeros(frame.shape)
    seen, rated = np.zeros(frame.shape), np.zeros(frame.shape)
    last = frame.days[-1] + DAY
    for one in work_queries.outputs(frame.days[0], last, list(frame.rows)):
        if not one.monthly and one.day in columns:
            cell = frame.rows[one.unit_pk], columns[one.day]
            count[cell] += one.sums.count
            rated[cell] += one.sums.rated
            seen[cell] = 1
    tops = {pk: row for pk, row in frame.rows.items() if _is_top(pk, row, frame)}
    rows = ExposureDay.objects.filter(unit__in=tops, day__gte=frame.days[0], day__lt=last)
    for unit, day, halves in rows.values_list("unit_id", "day", "on_duty"):
        if unit is not None and day in columns:
            staff[tops[unit], columns[day]] = halves / 2
    weight = np.where(seen > 0, staff, 0.0)
    usual = _usual_rate(count, weight, frame.before)
    weight = np.where(usual > 0, weight, 0.0)
    total = np.where(weight > 0, 100 * np.divide(count, usual, out=np.zeros_like(count), where=usual > 0), 0.0)
    return Sums(total, weight, {"dinilai": rated, "tidak dinilai": count - np.minimum(rated, count)}, count)


def _usual_rate(count: Floats, weight: Floats, before: int) -> Floats:
    """Results per staff-day of each unit (U × 1), of the days before where those are enough; 0: not known."""
    early = slice(0, before)
    held = weight[:, early].sum(1, keepdims=True)
    enough = held >= LEAST_STAFF_DAYS
    days = np.where(enough, held, weight.sum(1, keepdims=True))
    done = np.where(enough, (count * (weight > 0))[:, early].sum(1, keepdims=True), 0.0)
    done = np.where(enough, done, (count * (weight > 0)).sum(1, keepdims=True))
    return np.asarray(np.divide(done, days, out=np.zeros_like(days), where=days > 0))


def _is_top(pk: int, row: int, frame: Frame) -> bool:
    unit = people.unit_of(frame.keys[row])
    return unit is not None and unit.pk == pk


def sums_of(outcome: Outcome, frame: Frame) -> Sums:
    """The sums of any outcome."""
    return output_sums(frame) if outcome is Outcome.OUTPUT else service_sums(outcome, frame)


def chain_of(outcome: Outcome, frame: Frame, sums: Sums) -> Floats:
    """Which share of a row's exposure comes from which unit (U × U): the chains of its services, each alike.

    A link outside the frame is never flexible by the plan. Results of work are exposed by the unit alone.
    """
    units = len(frame.keys)
    if outcome is Outcome.OUTPUT:
        return np.eye(units)
    day = frame.days[min(frame.before, len(frame.days) - 1)]
    links: dict[int, list[tuple[int | None, int]]] = defaultdict(list)
    services = services_of(frame)
    rows = ChainLink.objects.filter(service__in=services, superseded_at=None, period__contains=day)
    for service, unit, weight in rows.values_list("service_id", "unit_id", "weight"):
        links[service].append((frame.rows.get(unit), weight))
    chain = np.zeros((units, units))
    for service, row in services.items():
        parts = links[service] or [(row, 1)]
        whole = sum(weight for _place, weight in parts)
        for place, weight in parts:
            if place is not None:
                chain[row, place] += weight / whole
    count = np.bincount(list(services.values()), minlength=units)[:, None]
    return np.asarray(np.divide(chain, count, out=np.zeros_like(chain), where=count > 0).round(6))
