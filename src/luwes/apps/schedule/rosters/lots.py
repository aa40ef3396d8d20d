"""The lot over a roster: frozen with its hash, drawn once with a seed nobody chose, repeated for inference."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.queries import Filter, entries
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.models import ChainLink, Unit
from luwes.apps.schedule.models import DraftState, RedrawnBlock, RedrawnLink, RosterDraft, RosterLot, SeedFrom
from luwes.apps.schedule.rosters import drafts, packing
from luwes.apps.schedule.rosters.allowed import Cell
from luwes.apps.schedule.rosters.drafts import AgainstPolicy, NotReady, read_month, read_unchanged
from luwes.apps.schedule.rosters.facts import Month
from luwes.apps.schedule.rosters.parameters import parameters
from luwes.apps.schedule.rosters.solving import Chance, Run, calibrated, draw_again, in_worker
from luwes.apps.schedule.rosters.solving import draw as draw_plan
from luwes.core.roster.lot import Lot, LotRefused, Over, Redraws, seed_of
from luwes.core.roster.problem import RosterProblem
from luwes.core.roster.verify import verify
from luwes.core.workdays.periods import DAY

REPETITIONS = 999
BLOCK = 111  # redraws written at once; a restart loses at most one block
FEWEST_NUMBERS = 3
PROCEDURE = "luwes roster lot 1: numpy PCG64, SeedSequence(seed words, stream); stream 0 draws, 1 + k redraws block k"


class LotAgain(Refused):
    """A lot over this unit and month was frozen before: another needs a reason in words, and all are kept."""

    code = "roster_lot_again"


class LotDrawn(Refused):
    """This lot was drawn, or a later one took its place; it is not drawn again."""

    code = "roster_lot_drawn"


class BadNumbers(Refused):
    """Numbers are given exactly where the lot was frozen to take them: too few, or not expected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoReplanByLot(Refused):
    """A re-plan changes as little as possible; nothing is left to draw."""

    code = "roster_lot_replan"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a planner chooses of a lot: over what, the share of wishes it may give up (hundredths of a percent)."""

    over: Over = "rota"
    lost: int = 500
    seed_from: SeedFrom = SeedFrom.AUDIT
    repetitions: int = REPETITIONS


def freeze(*, draft_id: str, choice: Choice, reason: str = "", run: Run = in_worker) -> RosterLot:
    """Fix the procedure of a lot over a ready roster and hash it; the seed cannot be known yet.

    Raises OutsideScope, Forbidden, NotReady, InputsChanged, NoReplanByLot, LotAgain, and LotRefused or NoRoster
    where the rules leave nothing to draw.
    """
    work, named = current(), drafts.draft(draft_id)
    access.require_unit(work.actor, Right.PLAN_ROSTER, named.unit.key, work.today)
    if named.replaces_id is not None:
        raise NoReplanByLot(draft_id)
    locking.lock_rows({RosterDraft: [named.pk]}, names=[f"roster.lot.{named.unit_id}.{named.month:%Y-%m}"])
    one = drafts.draft(draft_id)
    if one.state != DraftState.READY or one.problem is None:
        raise NotReady(draft_id)
    before = RosterLot.objects.filter(unit=one.unit, month=one.month).count()
    if before and not reason.strip():
        raise LotAgain(str(before))
    month = read_unchanged(one)
    if not 1 <= choice.repetitions <= np.iinfo(np.uint16).max:
        raise LotRefused("repetitions")
    problem = packing.unpack(bytes(one.problem))
    lot = run(calibrated, Chance(problem, lot_of(month, choice, fair=parameters(one.parameters).aim == "fair"), ()))
    text = json.dumps(_procedure(one, lot, choice), sort_keys=True, separators=(",", ":"))
    name = new_public_id()
    found = RosterLot.objects.create(
        public_id=name,
        code=f"U-{one.month:%Y-%m}-{name[:8]}",
        unit=one.unit,
        month=one.month,
        number=before + 1,
        draft=one,
        procedure=text,
        procedure_hash=sha256(text.encode()).hexdigest(),
        seed_from=choice.seed_from.value,
        reason=reason.strip(),
        frozen_by=work.actor.id,
        frozen_at=work.now,
        repetitions=choice.repetitions,
        days=list(month.days),
    )
    RedrawnLink.objects.bulk_create(_links(found, month))
    record(
        action="roster.lot_frozen",
        subject=found.public_id,
        facts={"code": found.code, "version": found.number, "digest": found.procedure_hash},
        basis=found.reason,
    )
    return found


def draw(*, lot_id: str, numbers: Sequence[int] = (), run: Run = in_worker) -> RosterLot:
    """Draw a frozen lot, once; its plan takes the place of the draft's. The seed is the audit entry of the freezing,
    with the numbers drawn in public where the lot was frozen to take them.

    Raises OutsideScope, Forbidden, NotReady, LotDrawn, BadNumbers, AgainstPolicy.
    """
    work = current()
    named = RosterLot.objects.select_related("unit").filter(public_id=lot_id).first()
    if named is None:
        raise OutsideScope(lot_id)
    access.require_unit(work.actor, Right.PLAN_ROSTER, named.unit.key, work.today)
    drafts_ = [named.draft_id] if named.draft_id is not None else []
    locking.lock_rows({RosterDraft: drafts_, RosterLot: [named.pk]})
    lot = RosterLot.objects.select_related("draft").get(pk=named.pk)
    one = lot.draft
    if one is None or one.state != DraftState.READY or one.problem is None:
        raise NotReady(lot_id)
    later = RosterLot.objects.filter(unit=lot.unit, month=lot.month, number__gt=lot.number)
    if lot.drawn_at is not None or later.exists():
        raise LotDrawn(lot_id)
    _check_numbers(lot, numbers)
    lot.head, lot.numbers = _head(lot), list(numbers)
    words = seed_of(bytes.fromhex(lot.head), lot.public_id, numbers)
    problem = packing.unpack(bytes(one.problem))
    plan, print_ = run(draw_plan, Chance(problem, lot_from(lot), words))
    if verify(problem, plan):
        raise LotRefused("not_kept")
    if read_month(one).against_policy(plan).any():
        raise AgainstPolicy(lot_id)
    lot.seed = " ".join(str(word) for word in words)
    lot.fingerprint, lot.drawn_at, lot.drawn_by = print_, work.now, work.actor.id
    lot.save()
    one.plan, one.fingerprint = packing.pack_flags(plan), print_
    one.points, one.status = int(problem.points[plan].sum()), "feasible"
    one.save(update_fields=["plan", "fingerprint", "points", "status"])
    record(
        action="roster.lot_drawn",
        subject=lot.public_id,
        facts={"code": lot.code, "version": lot.number, "head": lot.head, "digest": print_},
        basis=lot.reason,
    )
    return lot


def _check_numbers(lot: RosterLot, numbers: Sequence[int]) -> None:
    if lot.seed_from == SeedFrom.AUDIT and numbers:
        raise BadNumbers("roster_lot_no_numbers")
    if lot.seed_from == SeedFrom.NUMBERS and (
        len(numbers) < FEWEST_NUMBERS or any(not 0 <= number <= 999_999 for number in numbers)
    ):
        raise BadNumbers("roster_lot_numbers")


def _head(lot: RosterLot) -> str:
    """The hash of the entry that froze the lot: it rests on everything recorded before, and no one chooses it."""
    found = entries(Filter(action="roster.lot_frozen", subject=lot.public_id)).rows
    if not found:
        # Frozen in this very unit of work: its entry is not in the chain yet.
        raise NotReady(lot.public_id)
    return found[0].hash


def lot_of(month: Month, choice: Choice, *, fair: bool) -> Lot:
    """The lot over a month. Raises LotRefused where it has nothing to be drawn over."""
    if choice.over == "rota":
        return Lot("rota", choice.lost, fair=fair)
    if choice.over == "weekday":
        weekday = np.array([day.isoweekday() for day in month.days], dtype=np.int64)
        units = sorted({row.unit for row in month.rows if row.inside})
        groups = [np.flatnonzero([row.unit == unit and row.inside for row in month.rows]) for unit in units]
        is_open = [(month.cells[rows] == Cell.OPEN).any(0) for rows in groups]
        kept = [(rows, found) for rows, found in zip(groups, is_open, strict=True) if found.any()]
        if not kept:
            raise LotRefused("choices")
        choices = tuple(tuple(int(one) for one in np.unique(weekday[found])) for _, found in kept)
        return Lot("weekday", choice.lost, tuple(rows for rows, _ in kept), weekday, choices, fair=fair)
    quotas = tuple(at for at, place in enumerate(month.problem.places) if place.quota is not None)
    if not quotas:
        raise LotRefused("lot")
    return Lot("share", choice.lost, places=quotas, fair=fair)


def _procedure(one: RosterDraft, lot: Lot, choice: Choice) -> dict[str, Any]:
    return {
        "procedure": PROCEDURE,
        "problem": sha256(bytes(one.problem or b"")).hexdigest(),
        "over": lot.over,
        "lost": lot.lost,
        "fair": lot.fair,
        "first": lot.first,
        "groups": [group.tolist() for group in lot.groups],
        "weekday": None if lot.weekday is None else lot.weekday.tolist(),
        "choices": [list(found) for found in lot.choices],
        "places": list(lot.places),
        "seed": choice.seed_from.value,
        "repetitions": choice.repetitions,
    }


def lot_from(kept: RosterLot) -> Lot:
    """The lot as its frozen procedure says."""
    said: Mapping[str, Any] = json.loads(kept.procedure)
    return Lot(
        over=said["over"],
        lost=said["lost"],
        groups=tuple(np.array(group, dtype=np.int64) for group in said["groups"]),
        weekday=None if said["weekday"] is None else np.array(said["weekday"], dtype=np.int64),
        choices=tuple(tuple(found) for found in said["choices"]),
        places=tuple(said["places"]),
        fair=said["fair"],
        first=said["first"],
    )


def _links(lot: RosterLot, month: Month) -> list[RedrawnLink]:
    """Every unit of the roster with all below it, and every post that stands in the chain of a service."""
    places: dict[tuple[str, int | None], list[int]] = {}
    for number, row in enumerate(month.rows):
        if row.inside:
            for unit in month.lines[number]:
                places.setdefault((unit, None), []).append(number)
    span = DateRange(month.days[0], month.days[-1] + DAY)
    chains = ChainLink.objects.filter(superseded_at=None, period__overlap=span, post__isnull=False)
    posts = set(chains.values_list("unit__key", "post_id"))
    for number, row in enumerate(month.rows):
        if row.inside and (row.unit, row.post) in posts:
            places.setdefault((row.unit, row.post), []).append(number)
    pks = dict(Unit.objects.filter(key__in={unit for unit, _ in places}).values_list("key", "pk"))
    ordered = sorted(places.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    return [
        RedrawnLink(
            lot=lot,
            position=position,
            unit_id=pks[unit],
            post_id=post,
            members=members,
            present=month.problem.present[members].sum(0).tolist(),
        )
        for position, ((unit, post), members) in enumerate(ordered)
    ]


def unfinished() -> list[str]:
    """Lots of published rosters whose redraws are not all written yet, oldest first."""
    lots = RosterLot.objects.filter(drawn_at__isnull=False, draft__state__in=drafts.KEPT_ONCE).order_by("drawn_at")
    return [lot.public_id for lot in lots if _next_block(lot) is not None]


def redraw_block(lot_id: str, *, run: Run = in_worker) -> tuple[int, Redraws] | None:
    """Reckon the next block of redraws that is missing; None when all are written. Reads only."""
    lot = RosterLot.objects.select_related("draft").get(public_id=lot_id)
    first = _next_block(lot)
    if first is None or lot.draft is None or lot.draft.problem is None:
        return None
    members = lot.links.order_by("position").values_list("members", flat=True)
    groups = tuple(np.array(rows, dtype=np.int64) for rows in members)
    problem: RosterProblem = packing.unpack(bytes(lot.draft.problem))
    count = min(BLOCK, lot.repetitions - first)
    words = tuple(int(word) for word in lot.seed.split())
    return first, run(draw_again, Chance(problem, lot_from(lot), words, first // BLOCK, count, groups))


def store_block(*, lot_id: str, first: int, found: Redraws) -> None:
    """Keep one block of redraws; one that is there already changes nothing."""
    named = RosterLot.objects.get(public_id=lot_id)
    locking.lock_rows({RosterLot: [named.pk], RosterDraft: [named.draft_id] if named.draft_id else []})
    one = RosterDraft.objects.filter(lots=named).first()
    if one is None or RedrawnBlock.objects.filter(lot=named, first=first).exists():
        return
    RedrawnBlock.objects.create(lot=named, first=first, count=found.n, exposure=packing.pack_counts(found.exposure))
    times = found.times
    if one.times is not None:
        times = times + packing.unpack_counts(bytes(one.times), times.shape)
    one.times = packing.pack_counts(times)
    one.save(update_fields=["times"])


def _next_block(lot: RosterLot) -> int | None:
    done = set(lot.blocks.values_list("first", flat=True))
    return next((first for first in range(0, lot.repetitions, BLOCK) if first not in done), None)
