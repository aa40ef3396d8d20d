"""A service of the health agency with its chain, for tests."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from luwes.apps.audit.actor import Actor, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.models import Counting
from luwes.apps.people.services import actions
from luwes.apps.people.services.facts import Link, Point, Standard
from luwes.core.services.hours import Window

Answer = TypeVar("Answer")
TODAY = date(2026, 11, 25)
OPEN = tuple(Window(day, 480, 900) for day in range(1, 6))


def run(now: datetime, act: Callable[[], Answer], actor: Actor | None = None) -> Answer:
    with unit_of_work(actor or system("t"), now):
        return act()


def standard(owner: str, name: str = "Pengujian sampel", **rest: object) -> Standard:
    usual: dict[str, object] = {"minutes": 120, "cost": 0, "implementers": 3, "windows": OPEN, "source": "SK 1/2026"}
    return Standard(name, owner, **(usual | rest))  # type: ignore[arg-type] # keywords passed through


def plant(
    now: datetime,
    owner: str,
    *,
    name: str = "Pengujian sampel",
    status: Counting = Counting.CONFIRMED,
    links: Sequence[Link] = (),
    since: date = ALWAYS,
    **rest: object,
) -> str:
    """A service with one point at its owner."""
    return run(
        now,
        lambda: actions.create_service(
            standard=standard(owner, name, **rest),
            since=since,
            status=status,
            links=links,
            points=[Point("Loket 1", owner)],
        ),
    )
