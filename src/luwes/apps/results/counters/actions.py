"""Writes at the counter: taps, the code behind it, closures told beforehand, and what citizens read of a service."""

import hmac
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.accounts.secret import derived
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.results.counters import places
from luwes.apps.results.counters.days import State
from luwes.apps.results.counters.places import Place
from luwes.apps.results.counters.reckoning import left_open, reckon
from luwes.apps.results.models import CounterSeal, CounterTap, PlannedClosure, ServiceNote
from luwes.apps.results.services import moments
from luwes.apps.results.services.stored import COUNTERS

# Why a counter is shut; the words are in `wording`.
REASONS = ("istirahat", "rapat", "gangguan", "tugas_luar", "tak_ada", "lainnya")
SEAL_LENGTH = 22
LONGEST_NOTE = 300


class ReasonMissing(Refused):
    """A counter that is shut for a while says why."""

    code = "reason_missing"


class SealBroken(Refused):
    """The code behind the counter is not ours or was printed anew."""

    code = "seal_broken"


class TooLate(Refused):
    """Only the last day that nobody closed can still be closed, after it opened and before midnight."""

    code = "too_late"


class ClosureWrong(Refused):
    """A closure is told beforehand: it ends after it begins, not in the past, and says why."""

    code = "closure_wrong"


class NoSuchClosure(Refused):
    """There is no such closure, or it was withdrawn."""

    code = "no_such_closure"


class NoteTooLong(Refused):
    """What citizens read is short."""

    code = "note_too_long"


@dataclass(frozen=True, slots=True)
class Closure:
    """A closure as it is told: from one minute of the day until another, and why."""

    day: date
    start: int
    end: int
    reason: str


def tap(*, point_key: str, state: State, reason: str = "") -> None:
    """Say with an account that a counter opens, is shut for a while, or closes. Needs MANAGE_SERVICES for its unit.

    Raises OutsideScope, Forbidden, ReasonMissing.
    """
    work = current()
    found = places.require(work.actor, Right.MANAGE_SERVICES, point_key, work.today)
    _tap(found, state, reason, via="akun")


def tap_inside(*, point_key: str, seal: str, state: State, reason: str = "") -> None:
    """The same without an account: the code printed behind the counter is the key. Raises SealBroken, ReasonMissing."""
    _tap(inside(point_key, seal, current().today), state, reason, via="kode")


def close_late(*, point_key: str, day: date, minute: int, seal: str = "") -> None:
    """Say when the counter closed on the last day it opened, where nobody did. Raises TooLate and what a tap raises."""
    work = current()
    if seal:
        found = inside(point_key, seal, work.today)
    else:
        found = places.require(work.actor, Right.MANAGE_SERVICES, point_key, work.today)
    locking.lock_rows({}, names=[_lock(found.pk), COUNTERS])
    last = left_open([found.pk], work.today).get(found.pk)
    if last is None or last.day != day or not last.minute <= minute <= 1440:
        raise TooLate
    CounterTap.objects.create(
        point_id=found.pk,
        day=day,
        minute=minute,
        state=State.CLOSED.value,
        via="kode" if seal else "akun",
        late=True,
        at=work.now,
    )
    record(action="counter.closed_late", subject=found.key, facts={"day": day.isoformat(), "minute": minute})
    reckon(found.pk, found.service, day, found)


def issue_seal(*, point_key: str) -> str:
    """Print the code behind a counter anew; every older print stops working. Gives the new one."""
    work = current()
    found = places.require(work.actor, Right.MANAGE_SERVICES, point_key, work.today)
    locking.lock_rows({}, names=[_lock(found.pk)])
    row = CounterSeal.objects.filter(point=found.pk).first()
    generation = row.generation + 1 if row else 1
    CounterSeal.objects.update_or_create(point_id=found.pk, defaults={"generation": generation, "issued_at": work.now})
    record(action="counter.seal_issued", subject=found.key, facts={"version": generation})
    return _seal(found.key, generation)


def seal_of(point_key: str) -> str:
    """The code that holds now, "" where none was printed."""
    row = CounterSeal.objects.filter(point__key=point_key).first()
    return _seal(point_key, row.generation) if row else ""


def inside(point_key: str, seal: str, day: date) -> Place:
    """The counter behind which this code hangs. Raises SealBroken, whatever is wrong with it."""
    now = seal_of(point_key)
    if not now or not hmac.compare_digest(now.encode(), seal.encode(errors="replace")):
        raise SealBroken
    try:
        return places.place(point_key, day)
    except places.NoSuchPoint as gone:
        raise SealBroken from gone


def announce_closure(*, point_key: str, closure: Closure) -> str:
    """Tell citizens beforehand that a counter will be shut; gives its id. Raises ClosureWrong."""
    work = current()
    found = places.require(work.actor, Right.MANAGE_SERVICES, point_key, work.today)
    reason = " ".join(closure.reason.split())
    if not (0 <= closure.start < closure.end <= 1440 and reason and len(reason) <= 120):
        raise ClosureWrong
    if moments.at(closure.day, closure.start * 60) <= work.now:
        raise ClosureWrong
    made = PlannedClosure.objects.create(
        point_id=found.pk,
        day=closure.day,
        from_minute=closure.start,
        to_minute=closure.end,
        reason=reason,
        announced_at=work.now,
    )
    record(action="counter.closure_announced", subject=found.key, facts={"day": closure.day.isoformat()}, basis=reason)
    return made.public_id


def withdraw_closure(*, closure_id: str) -> None:
    """The counter stays open after all; what was told stays readable. Raises NoSuchClosure."""
    work = current()
    row = PlannedClosure.objects.filter(public_id=closure_id, withdrawn_at=None).select_related("point").first()
    if row is None:
        raise NoSuchClosure
    places.require(work.actor, Right.MANAGE_SERVICES, row.point.key, work.today)
    row.withdrawn_at = work.now
    row.save(update_fields=["withdrawn_at"])
    record(action="counter.closure_withdrawn", subject=row.point.key, facts={"day": row.day.isoformat()})


def set_note(*, service_key: str, online: str, complaint: str) -> None:
    """Say what of a service works online and where to complain. Raises NoteTooLong, OutsideScope."""
    work = current()
    owner = places.owner(service_key, work.today)
    if owner is None:
        raise OutsideScope(service_key)
    access.require_unit(work.actor, Right.MANAGE_SERVICES, owner.unit, work.today)
    online, complaint = (" ".join(text.split()) for text in (online, complaint))
    if max(len(online), len(complaint)) > LONGEST_NOTE:
        raise NoteTooLong
    locking.lock_rows({}, names=[f"service_note:{owner.pk}"])
    ServiceNote.objects.filter(service=owner.pk, superseded_at=None).update(superseded_at=work.now)
    ServiceNote.objects.create(service_id=owner.pk, online=online, complaint=complaint, recorded_at=work.now)
    record(action="service.note_set", subject=service_key, detail={"online": online, "complaint": complaint})


def _tap(found: Place, state: State, reason: str, *, via: str) -> None:
    work = current()
    if reason and reason not in REASONS:
        raise ReasonMissing
    if state is State.PAUSED and not reason:
        raise ReasonMissing
    locking.lock_rows({}, names=[_lock(found.pk), COUNTERS])
    local = moments.local(work.now)
    last = CounterTap.objects.filter(point=found.pk, day=work.today).order_by("at", "pk").last()
    said = "" if state is State.OPEN else reason
    if last is not None and (last.state, last.reason) == (state.value, said):
        return  # Said already: two officers, or an impatient finger.
    CounterTap.objects.create(
        point_id=found.pk,
        day=work.today,
        minute=local.hour * 60 + local.minute,
        state=state.value,
        reason=said,
        via=via,
        at=work.now,
    )
    record(action="counter.tapped", subject=found.key, facts={"state": state.value, "reason": said, "via": via})
    reckon(found.pk, found.service, work.today, found)


def _lock(point: int) -> str:
    return f"counter:{point}"


def _seal(key: str, generation: int) -> str:
    return derived("counter-inside", f"{key}:{generation}")[:SEAL_LENGTH]
