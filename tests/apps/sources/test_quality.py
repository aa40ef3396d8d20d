"""The board of sources: ages against the rhythm of each kind, and months counted where a kind can count."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts.access import Forbidden
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.sources import quality, wording
from luwes.apps.sources.kinds import Coverage, all_kinds
from luwes.apps.sources.models import Source
from luwes.apps.sources.quality import Age, Fullness, KindQuality
from tests.world import SETUP, bring_figures, plant_units

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))


def board(now: datetime, *months: date) -> dict[str, KindQuality]:
    return {row.kind.code: row for row in quality.board(SETUP, now, months or [OCTOBER, NOVEMBER])}


def test_months_back_run_over_new_year() -> None:
    assert quality.months_back(date(2027, 2, 3), 3) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        *(date(2027, month, 1) for month in (1, 2)),
    ]


@pytest.mark.parametrize(
    ("days", "cadence", "age"),
    [
        (None, 30, Age.NEVER),
        (0, 30, Age.FRESH),
        (30, 30, Age.FRESH),
        (31, 30, Age.LATE),
        (60, 30, Age.LATE),
        (61, 30, Age.STOPPED),
        (-3, 30, Age.FRESH),
        (900, 0, Age.UNTIMED),
    ],
)
def test_an_age_is_held_against_the_rhythm(days: int | None, cadence: int, age: Age) -> None:
    assert quality.age(days, cadence) is age


def test_a_source_ages_by_its_newest_date_not_by_its_last_file(now: datetime) -> None:
    plant_units(now)
    bring_figures(now, as_of="2026-10-31")
    found = board(now)["budget"]
    assert (found.age, found.sources[0].days) == (Age.FRESH, 25)
    assert board(now + timedelta(days=30))["budget"].age is Age.LATE
    assert board(now + timedelta(days=90))["budget"].age is Age.STOPPED
    assert board(now)["staff"].age is Age.NEVER


def test_the_freshest_source_speaks_for_its_kind(now: datetime) -> None:
    plant_units(now)
    Source.objects.create(kind="budget", name="Baru")
    bring_figures(now)
    found = board(now)["budget"]
    assert (found.age, [one.age for one in found.sources]) == (Age.FRESH, [Age.NEVER, Age.FRESH])


def test_a_month_is_counted_and_an_empty_one_is_empty(now: datetime) -> None:
    plant_units(now)
    bring_figures(now, as_of="2026-10-31")
    cells = board(now, SEPTEMBER, OCTOBER, NOVEMBER)["budget"].cells
    assert [(cell.month, cell.state, cell.coverage) for cell in cells] == [
        (SEPTEMBER, Fullness.NONE, Coverage(0, 2)),
        (OCTOBER, Fullness.FULL, Coverage(2, 2)),
        (NOVEMBER, Fullness.NONE, Coverage(0, 2)),
    ]


def test_a_kind_that_cannot_count_says_whether_anything_came(now: datetime) -> None:
    cells = board(now)["leave"].cells
    assert [(cell.state, cell.coverage) for cell in cells] == [(Fullness.EMPTY, None)] * 2


def test_the_number_of_queries_does_not_grow_with_sources_or_months(
    now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plant_units(now)
    bring_figures(now)
    for place in range(20):
        Source.objects.create(kind="budget", name=f"Sumber {place}")
    with django_assert_max_num_queries(33):
        board(now, *quality.months_back(date(2026, 11, 25), 12))


def test_who_may_not_see_sources_sees_no_board(now: datetime) -> None:
    nobody = Actor(kind=ActorKind.PERSON, id="x", role="pimpinan")
    with pytest.raises(Forbidden):
        quality.board(nobody, now, [OCTOBER])


def test_every_state_has_words_and_a_kind_with_a_rhythm_says_what_it_affects() -> None:
    assert all(wording.age(each.value) for each in Age)
    assert all(wording.fullness(each.value) for each in Fullness)
    for kind in all_kinds().values():
        if kind.cadence_days:
            assert kind.affects().startswith("Jika terhenti: "), kind.code
