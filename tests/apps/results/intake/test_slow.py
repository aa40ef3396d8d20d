"""Slow stuffing through the real intake: flagged at night, shown with and without, counted all the same."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.reporting.witnesses import Seen
from luwes.apps.results import tasks
from luwes.apps.results.intake import queries, slow
from luwes.apps.results.measures import CaseSums, Measure
from luwes.apps.results.models import QrAnswer, ServiceFigure
from luwes.core.indicators.speed import CaseCounts
from tests.apps.results.intake.world import World, answer, plant, sum_up
from tests.world import SETUP

PRAISE = {"dilayani": "ya", "janji": "ya", "puas": "4"}
HONEST = [PRAISE, {"puas": "3"}, {"puas": "2", "dilayani": "tidak"}, {"puas": "3", "janji": "ya"}]


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)


def fill(now: datetime, world: World, days: int, stuffed: int, honest: Sequence[dict[str, str]] = HONEST) -> datetime:
    """Days ago until today, half an hour apart: honest people from everywhere, then one telephone in the office."""
    at = now
    for day in range(days):
        at = now + timedelta(days=day, hours=-1)
        for place, form in enumerate(honest):
            answer(at + timedelta(minutes=19 * place), world.code, address=f"198.51.100.{place}", **form)
        for place in range(stuffed):
            answer(at + timedelta(minutes=7 + 31 * place), world.code, address="203.0.113.7", **PRAISE)
    at += timedelta(hours=8)
    sum_up(at)
    return at


def flag(at: datetime) -> int:
    with unit_of_work(SETUP, at):
        return slow.flag_slow(now=at)


def test_one_officer_is_flagged_without_a_burst_and_shown_with_and_without(now: datetime, world: World) -> None:
    at = fill(now, world, days=3, stuffed=7)
    assert not QrAnswer.objects.exclude(flags=[]).exists(), "spread over hours, nothing looks like a burst"
    assert flag(at) == 21
    assert flag(at) == 0
    assert {row.day for row in QrAnswer.objects.exclude(flags=[])} == {now.date() + timedelta(n) for n in range(3)}
    found = queries.survey_of(world.service_key, at.date())
    assert found.flags["serupa"] == 21
    assert (found.content.answers, found.content.flagged) == (33, 21)
    assert found.content.without == (9, 12)
    assert found.content.of == 33, "nothing is dropped"
    seen = Seen.read([world.service], now.date(), at.date() + timedelta(1), at.date() + timedelta(1))
    told = seen.over(world.service, [now.date() + timedelta(n) for n in range(3)])
    # Of the honest, three a day praise or not; without the flagged it is seen how many were turned away.
    assert (told.served, told.unflagged) == ((24, 27), (3, 6))


def test_an_honest_office_behind_one_address_is_neither_blocked_nor_called_stuffing(
    now: datetime, world: World
) -> None:
    for person in range(60):
        answer(now + timedelta(minutes=person * 5), world.code, address="203.0.113.7", **HONEST[person % 4])
        answer(
            now + timedelta(minutes=person * 5 + 2), world.code, address=f"198.51.100.{person}", **HONEST[person % 4]
        )
    at = now + timedelta(hours=8)
    sum_up(at)
    assert QrAnswer.objects.count() == 120
    assert flag(at) == 0


def test_more_answers_than_served(now: datetime, world: World) -> None:
    at = fill(now, world, days=1, stuffed=0, honest=HONEST * 5)
    assert flag(at) == 0, "without a record of visits nothing is known"
    visits = CaseSums(CaseCounts(), opened=6, closed=4).to_json()
    ServiceFigure.objects.create(
        service_id=world.service,
        day=now.date(),
        measure=Measure.WITHIN_TIME.value,
        kept=0,
        of=0,
        sums=visits,
        computed_at=now,
    )
    assert flag(at) == 20
    assert queries.survey_of(world.service_key, at.date()).flags["lebih_banyak"] == 20


def test_the_night_runs_by_itself(db: None) -> None:
    tasks.flag_slow_stuffing(timestamp=0)
    assert not QrAnswer.objects.exists()
