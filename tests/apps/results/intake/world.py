"""A poster, rounds, and answers as a phone sends them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.utils import timezone

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.intake import posters, rounds, summing
from luwes.apps.results.intake.answers import understood
from luwes.apps.results.intake.receiving import Outcome, receive
from luwes.apps.results.models import RoundKind
from tests.apps.results.services import world as services
from tests.world import SETUP, Units, plant_service

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36"
)


@dataclass(frozen=True, slots=True)
class World:
    """The laboratory's service and point, with a poster; `other` is a poster of public works."""

    units: Units
    service: int
    service_key: str
    point_key: str
    code: str
    other: str
    round: str


def plant(now: datetime) -> World:
    base = services.plant(now)
    point = services.ServicePoint.objects.get(pk=base.counter).key
    _, works = plant_service(now, base.units.works, name="Izin jalan")
    return World(
        base.units,
        base.test,
        base.test_key,
        point,
        poster(now, point),
        poster(now, works),
        begin(now),
    )


def poster(now: datetime, point: str, place: str = "Meja tunggu") -> str:
    with unit_of_work(SETUP, now):
        return posters.make_poster(point_key=point, place=place)


def begin(
    now: datetime,
    kind: RoundKind = RoundKind.SHORT,
    *,
    unit: str = "",
    since: date | None = None,
    last: date | None = None,
) -> str:
    with unit_of_work(SETUP, now):
        return rounds.begin_round(
            kind=kind, name="Putaran", unit_key=unit, since=since or timezone.localdate(now), last=last
        )


def answer(now: datetime, code: str, *, address: str = "203.0.113.7", agent: str = PHONE, **form: str) -> Outcome:
    """Send a form; without fields, a content citizen's."""
    filled = {"nomor": str(uuid4()), **(form or {"dilayani": "ya", "janji": "ya", "puas": "4"})}
    with unit_of_work(system("survey.citizen"), now):
        return receive(code=code, said=understood(filled), address=address, agent=agent)


def sum_up(now: datetime) -> int:
    with unit_of_work(SETUP, now):
        return summing.sum_new(now=now)
