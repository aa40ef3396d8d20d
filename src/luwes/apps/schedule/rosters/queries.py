"""Reads of rosters: every lot of a month, what redraws found, and how likely each day was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange
from numpy.typing import NDArray

from luwes.apps.people.models import ChainLink
from luwes.apps.schedule.models import DraftState, RosterDraft, RosterLot
from luwes.apps.schedule.rosters import packing
from luwes.apps.schedule.rosters.people import STAYS
from luwes.core.workdays.periods import DAY


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A roster in a list."""

    id: str
    unit: str
    month: date
    state: str
    refusal: str
    requested_at: datetime
    published_at: datetime | None
    replaces: str


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot as it is printed; every lot of a unit and month is, drawn or not."""

    id: str
    code: str
    number: int
    reason: str
    procedure_hash: str
    seed_from: str
    frozen_at: datetime
    head: str
    numbers: Sequence[int]
    drawn_at: datetime | None
    fingerprint: str
    repetitions: int
    redrawn: int


@dataclass(frozen=True, slots=True, eq=False)
class Redrawn:
    """How many were flexible by redraw, link and day; `links` are (unit, post or None) by primary key.

    `present` (link, day) is how many were there; `n` redraws are written so far.
    """

    links: Sequence[tuple[int, int | None]]
    days: Sequence[date]
    counts: NDArray[np.uint16]
    present: NDArray[np.int64]

    @property
    def n(self) -> int:
        """Redraws written so far."""
        return len(self.counts)


def rosters(unit_key: str, month: date) -> Sequence[DraftRow]:
    """The rosters of exactly this unit and month, newest first."""
    found = RosterDraft.objects.filter(unit__key=unit_key, month=month).select_related("unit", "replaces")
    return [
        DraftRow(
            one.public_id,
            one.unit.key,
            one.month,
            one.state,
            one.refusal,
            one.requested_at,
            one.published_at,
            one.replaces.public_id if one.replaces else "",
        )
        for one in found.order_by("-requested_at", "-pk")
    ]


def published(unit_key: str, month: date) -> str:
    """The id of the roster in force of exactly this unit and month, or ""."""
    found = RosterDraft.objects.filter(unit__key=unit_key, month=month, state=DraftState.PUBLISHED)
    return found.values_list("public_id", flat=True).first() or ""


def lots(unit_key: str, month: date) -> Sequence[LotRow]:
    """Every lot of the unit and month by number."""
    found = RosterLot.objects.filter(unit__key=unit_key, month=month).prefetch_related("blocks").order_by("number")
    return [
        LotRow(
            one.public_id,
            one.code,
            one.number,
            one.reason,
            one.procedure_hash,
            one.seed_from,
            one.frozen_at,
            one.head,
            one.numbers,
            one.drawn_at,
            one.fingerprint,
            one.repetitions,
            sum(block.count for block in one.blocks.all()),
        )
        for one in found
    ]


def redrawn(code: str) -> Redrawn | None:
    """What the redraws of a lot found, so far; None for an unknown lot."""
    lot = RosterLot.objects.filter(code=code).first()
    if lot is None:
        return None
    links = list(lot.links.order_by("position"))
    shape = len(links), len(lot.days)
    blocks = [
        packing.unpack_counts(bytes(block.exposure), (block.count, *shape)) for block in lot.blocks.order_by("first")
    ]
    counts = np.concatenate([np.zeros((0, *shape), dtype=np.uint16), *blocks])
    present = np.array([link.present for link in links], dtype=np.int64).reshape(shape)
    return Redrawn([(link.unit_id, link.post_id) for link in links], list(lot.days), counts, present)


def redrawn_service(service_pk: int, code: str) -> tuple[NDArray[np.float64], bool] | None:
    """The planned exposure of a service in every redraw of a lot, and whether all of its chain was in the lot.

    Shares are weighed as `core.exposure` weighs them: the mean over the links of the day by their weight. nan where
    nobody of the chain was there. Links outside the lot are left out; the second value is then False.
    """
    found = redrawn(code)
    if found is None:
        return None
    span = DateRange(found.days[0], found.days[-1] + DAY)
    chain = ChainLink.objects.filter(superseded_at=None, service=service_pk, period__overlap=span)
    at = {link: number for number, link in enumerate(found.links)}
    shape = found.n, len(found.days)
    summed, weights, complete = np.zeros(shape), np.zeros(shape[1]), True
    for unit, post, weight, period in chain.values_list("unit_id", "post_id", "weight", "period"):
        number = at.get((unit, post))
        if number is None:
            complete = False
            continue
        holds = [period.lower <= day and (period.upper is None or day < period.upper) for day in found.days]
        there = found.present[number]
        counts = np.array(holds, dtype=np.bool_) & (there > 0)
        summed += np.where(counts, weight * found.counts[:, number] / np.maximum(there, 1), 0)
        weights += np.where(counts, weight, 0)
    with np.errstate(invalid="ignore"):
        return np.where(weights > 0, summed / np.maximum(weights, 1), np.nan), complete


def chance(code: str, employee_pk: int, day: date) -> tuple[int, int] | None:
    """In how many of how many redraws somebody was flexible on a day; None where nothing is known.

    0 and all mean that the lot decided nothing about this day.
    """
    lot = RosterLot.objects.select_related("draft").filter(code=code).first()
    one = lot.draft if lot is not None else None
    if lot is None or one is None or one.times is None or one.problem is None or day not in lot.days:
        return None
    problem = packing.unpack(bytes(one.problem))
    times = packing.unpack_counts(bytes(one.times), problem.size)
    mine = problem.employee_id // np.uint64(STAYS) == np.uint64(employee_pk)
    if not mine.any():
        return None
    drawn = sum(lot.blocks.values_list("count", flat=True))
    return int(times[mine, lot.days.index(day)].sum()), drawn
