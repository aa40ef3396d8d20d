"""Answers are read once, and again as soon as a fact behind them changes."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.blackouts import add_blackout
from luwes.apps.reporting import memory
from luwes.apps.reporting.four import questions
from luwes.core.workdays.periods import Period
from tests.apps.results.services import world as w
from tests.apps.results.services.test_queue import HEADERS, visit
from tests.apps.results.services.world import World, plant
from tests.world import SETUP

NOVEMBER, TODAY = date(2026, 11, 1), date(2026, 11, 25)


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)


def counting() -> tuple[list[int], Callable[[], int]]:
    calls: list[int] = []

    def read() -> int:
        calls.append(len(calls))
        return len(calls)

    return calls, read


def visits(count: int) -> list[str]:
    return [visit(f"A{number}", "08.00", f"08.{number + 1:02d}", "09.00") for number in range(count)]


def test_an_answer_is_read_once_for_each_question_and_language(world: World) -> None:
    calls, read = counting()
    assert [memory.remembered("a", NOVEMBER, read) for _ in range(3)] == [1, 1, 1]
    assert memory.remembered("b", NOVEMBER, read) == 2
    with translation.override("en"):
        assert memory.remembered("a", NOVEMBER, read) == 3
    assert memory.remembered("a", NOVEMBER, read) == 1
    assert len(calls) == 3


def test_figures_that_are_replaced_are_read_anew(now: datetime, world: World) -> None:
    _calls, read = counting()
    w.store(now, "queue", HEADERS, *visits(5))
    first = memory.remembered("a", NOVEMBER, read)
    # As many figures as before, and another number in one of them.
    w.store(now, "queue", HEADERS, *visits(6))
    assert memory.remembered("a", NOVEMBER, read) == first + 1


def test_a_change_of_days_is_read_anew(now: datetime, world: World) -> None:
    _calls, read = counting()
    first = memory.remembered("a", NOVEMBER, read)
    with unit_of_work(SETUP, now):
        add_blackout(unit_key="", period=Period(NOVEMBER, date(2026, 11, 3)), name="Tutup", basis="SE 1")
    assert memory.remembered("a", NOVEMBER, read) == first + 1


def test_only_the_newest_answers_are_kept(world: World) -> None:
    calls, read = counting()
    for number in range(memory.KEPT + 1):
        memory.remembered(number, NOVEMBER, read)
    assert len(calls) == memory.KEPT + 1
    memory.remembered(memory.KEPT, NOVEMBER, read)
    assert len(calls) == memory.KEPT + 1
    memory.remembered(0, NOVEMBER, read)
    assert len(calls) == memory.KEPT + 2


def test_the_leaders_answers_follow_an_import(
    now: datetime, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    w.store(now, "queue", HEADERS, *visits(5))
    before = questions(NOVEMBER, TODAY)[0].answer
    with django_assert_num_queries(7):
        assert questions(NOVEMBER, TODAY)[0].answer is before
    w.store(now, "queue", HEADERS, *visits(7))
    assert "7 orang" in questions(NOVEMBER, TODAY)[0].answer.notices[-1]
