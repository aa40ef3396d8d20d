"""The one transaction shape: open, act, seal the audit chain last, commit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from luwes.apps.audit import chain
from luwes.apps.audit.actor import Actor


class NoUnitOfWork(RuntimeError):
    """An action was called outside a unit of work: a programming error, not a refusal."""


class NaiveClock(ValueError):
    """`now` came without a time zone."""


@dataclass(slots=True)
class UnitOfWork:
    """One durable transaction with its actor, its instant and its audit entries still to be written."""

    actor: Actor
    now: datetime
    request_id: str
    drafts: list[chain.Draft] = field(default_factory=list)
    locked: bool = False

    @property
    def today(self) -> date:
        """The date of `now` where the government is, which is not the date in UTC before 07:00."""
        return timezone.localdate(self.now)

    def after_commit(self, effect: Callable[[], None]) -> None:
        """Run `effect` once the transaction is durable; never when it rolls back."""
        transaction.on_commit(effect)


_current: ContextVar[UnitOfWork | None] = ContextVar("luwes_unit_of_work", default=None)


def current() -> UnitOfWork:
    """The open unit of work. Raises NoUnitOfWork where an entry point forgot to open one."""
    work = _current.get()
    if work is None:
        raise NoUnitOfWork("actions run inside unit_of_work(actor, now)")
    return work


@contextmanager
def unit_of_work(actor: Actor, now: datetime, *, request_id: str = "") -> Iterator[UnitOfWork]:
    """Open the durable transaction of one use case.

    The entry point (view, API, task, command) opens it; actions only use it. The chain lock is taken
    last, so that it is held for the insert of the entries alone.
    """
    if now.tzinfo is None:
        raise NaiveClock("now must carry a time zone")
    with transaction.atomic(durable=True):
        work = UnitOfWork(actor=actor, now=now, request_id=request_id)
        token = _current.set(work)
        try:
            yield work
            chain.append(work.drafts, actor=work.actor, now=work.now, request_id=work.request_id)
        finally:
            _current.reset(token)
