"""What is planted at the counters is found again: locked doors by spot checks, silence and stuffing in the survey."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from scipy.special import betaincinv

from luwes.core.exposure.shares import DayKind
from luwes.core.intake import Flag, Heard, bursts
from luwes.core.sampling.draw import Cell, draw
from luwes.core.sampling.estimate import Checked, difference, estimate
from luwes.examples.invented.facts import truths
from luwes.examples.invented.facts.checks import found_at, never_made
from luwes.examples.invented.facts.citizens import (
    REPORTING,
    STUFFED_A_DAY,
    answers_of,
    visits_of,
    with_posters,
)
from luwes.examples.invented.facts.doors import HOUR, doors_of, hours_of, locked_share, taps_of
from luwes.examples.invented.facts.plan import plan_of
from luwes.examples.invented.facts.truths import LOCKED_SHARES, STUFFED, TURNED_AWAY_ANSWERING, Rollout, Truth
from luwes.examples.invented.facts.world import Province, spans_of
from tests.examples.facts.provinces import months, province

SINCE, COUNT = date(2026, 5, 1), 4
WEEKDAY = Rollout.WEEKDAY_LOT
# So many that front desks have flexible days too.
STAFF = 3_000
PER_DAY, RATE = 12, 2


def interval(kept: int, of: int) -> tuple[float, float]:
    """Jeffreys' interval of 99 %."""
    low, high = (float(betaincinv(kept + 0.5, of - kept + 0.5, tail)) for tail in (0.005, 0.995))
    return (low if kept else 0.0), high


def test_every_share_of_locked_hours_is_as_planted() -> None:
    land = province(WEEKDAY)
    for share in LOCKED_SHARES:
        locked = hours = 0
        for service in land.services:
            if locked_share(service) == share:
                doors = [door for month in months(SINCE, COUNT) for door in doors_of(land, service, month)]
                locked += sum(len(door.locked) for door in doors)
                hours += sum(len(hours_of(spans_of(service.windows, door.day))) for door in doors)
        low, high = interval(locked, hours)
        assert low <= share <= high
        assert hours > 5_000


def test_the_log_and_the_taps_know_nothing_of_a_locked_door() -> None:
    land = province(WEEKDAY)
    doors = [door for service in land.services for door in doors_of(land, service, SINCE)]
    locked = next(door for door in doors if door.locked and door.logged and not door.pause)
    assert list(taps_of(locked)) == [(locked.opened, "buka", ""), (locked.closed, "tutup", "")]
    assert not locked.serves(locked.locked[0])
    assert not locked.serves(locked.locked[0] + HOUR - 1)
    paused = next(door for door in doors if door.pause and door.logged)
    states = [state for _, state, _ in taps_of(paused)]
    assert states == ["buka", "jeda", "buka", "tutup"]
    assert list(taps_of(next(door for door in doors if not door.logged))) == []


def frame(land: Province, day: date) -> dict[str, tuple[int, str, int, DayKind]]:
    """Every hour at every counter: its service, point, beginning and kind of day."""
    plan = plan_of(land, day.replace(day=1))
    return {
        f"{service.place}/{point}@{hour}": (service.place, point, hour, plan.kind(service, day))
        for service in land.services
        for point in service.points
        for hour in hours_of(spans_of(service.windows, day))
    }


def checked(land: Province, seed: int) -> tuple[list[Checked], dict[DayKind, list[bool]]]:
    """Two months of checks as the product draws them, and what every hour would have shown."""
    found: list[Checked] = []
    real: dict[DayKind, list[bool]] = defaultdict(list)
    for month in months(SINCE, 2):
        for day in land.working_days(month):
            behind = frame(land, day)
            shut = {key: _shut(land, *place[:3], day) for key, place in behind.items()}
            for key, (*_, kind) in behind.items():
                real[kind].append(shut[key])
            cells = [
                Cell(key, (kind, f"{hour:04}", f"{place:03}"), RATE if kind is DayKind.FLEXIBLE else 1)
                for key, (place, _, hour, kind) in behind.items()
            ]
            for one in draw(cells, size=PER_DAY, seed=f"{seed}/{day}"):
                _, point, hour, kind = behind[one.cell.key]
                silent = never_made(land, point, day, hour)
                found.append(Checked(day, kind, one.probability, None if silent else shut[one.cell.key]))
    return found, real


def _shut(land: Province, place: int, point: str, hour: int, day: date) -> bool:
    found = found_at(land, land.services[place], point, day, hour)
    assert found is not None
    return not found.served


@pytest.mark.parametrize("truth", [Truth.NONE, Truth.HARM])
def test_spot_checks_recover_how_often_nobody_is_served(truth: Truth) -> None:
    """The interval holds what every hour would have shown; that in turn is what was planted."""
    land = province(WEEKDAY, truth, STAFF)
    found, real = checked(land, seed=11)
    share = {kind: sum(values) / len(values) for kind, values in real.items()}
    # What is lost at the end of the day and what is locked, on average over all counters.
    usual = 1 - (1 - 0.03) * (1 - sum(LOCKED_SHARES) / len(LOCKED_SHARES))
    harm = -truths.HOURS_POINTS / 100 if truth is Truth.HARM else 0.0
    assert share[DayKind.OTHER] == pytest.approx(usual, abs=0.015)
    assert share[DayKind.FLEXIBLE] - share[DayKind.OTHER] == pytest.approx(harm, abs=0.02)
    ends = {}
    for kind in (DayKind.FLEXIBLE, DayKind.OTHER):
        one = estimate(found, kind=kind)
        assert one is not None
        assert one.low <= share[kind] <= one.high
        assert one.missing > 0
        ends[kind] = one
    apart = difference(ends[DayKind.FLEXIBLE], ends[DayKind.OTHER])
    assert apart.low <= share[DayKind.FLEXIBLE] - share[DayKind.OTHER] <= apart.high


def test_those_turned_away_hardly_answer_so_a_survey_alone_hides_them() -> None:
    land = province(WEEKDAY)
    visits = [
        one
        for service in with_posters(land)
        for month in months(SINCE, COUNT)
        for one in visits_of(land, service, month)
    ]
    away = [one for one in visits if not one.served]
    served = [one for one in visits if one.served]
    usual = sum(one.answers for one in served) / len(served)
    low, high = interval(sum(one.answers for one in away), len(away))
    assert low <= usual * TURNED_AWAY_ANSWERING / 100 <= high
    assert high < usual / 2
    # The share not served, among all who came and among those who answer.
    answering = [one for one in visits if one.answers]
    assert sum(not one.served for one in answering) / len(answering) < 0.5 * len(away) / len(visits)
    low, high = interval(sum(one.reports for one in away), len(away))
    assert low <= REPORTING <= high
    assert not any(one.reports for one in served)


def test_on_flexible_days_the_dissatisfied_answer_half_as_often_where_that_is_planted() -> None:
    rates = {}
    for truth in (Truth.NONE, Truth.NONRESPONSE):
        land = province(WEEKDAY, truth, STAFF)
        low = [
            one.answers
            for service in with_posters(land)
            for month in months(SINCE, COUNT)
            for one in visits_of(land, service, month)
            if one.served and one.content <= 2 and plan_of(land, month).kind(service, one.door.day) is DayKind.FLEXIBLE
        ]
        rates[truth] = interval(sum(low), len(low))
        assert len(low) > 100
    half = truths.ANSWERING_PERCENT / 100
    assert rates[Truth.NONRESPONSE][0] <= sum(rates[Truth.NONE]) / 2 * half <= rates[Truth.NONRESPONSE][1]


def heard(land: Province) -> tuple[Sequence[tuple[bool, int, date]], dict[int, frozenset[Flag]]]:
    """The answers at the stuffed service, and the flags the product gives them."""
    service = next(one for one in with_posters(land) if one.office == STUFFED)
    rows = [one for month in months(SINCE, COUNT) for one in answers_of(land, service, month)]
    flags = bursts(
        Heard(
            key,
            service.points.index(one.point),
            f"{one.day} {one.network}",
            one.phone,
            datetime.combine(one.day, time()) + timedelta(minutes=one.minute),
        )
        for key, one in enumerate(rows)
    )
    return [(one.stuffed, one.content, one.day) for one in rows], dict(flags)


def test_an_officer_who_answers_in_a_hurry_is_flagged_and_nobody_else() -> None:
    rows, flags = heard(province(WEEKDAY))
    hasty = {key for key, (stuffed, _, day) in enumerate(rows) if stuffed and day.isocalendar().week % 2 == 1}
    assert {key for key, found in flags.items() if Flag.SAME_SOURCE in found} >= hasty
    assert not any(not rows[key][0] for key in flags)
    assert len(hasty) >= 20 * STUFFED_A_DAY


def test_without_the_flagged_the_hasty_weeks_are_as_content_as_the_truth() -> None:
    land = province(WEEKDAY)
    rows, flags = heard(land)
    weeks = [(key, *row) for key, row in enumerate(rows) if row[2].isocalendar().week % 2 == 1]
    honest = [content > 2 for _, stuffed, content, _ in weeks if not stuffed]
    kept = [content > 2 for key, _, content, _ in weeks if key not in flags]
    everything = [content > 2 for _, _, content, _ in weeks]
    truth = sum(honest) / len(honest)
    low, high = interval(sum(kept), len(kept))
    assert low <= truth <= high
    assert sum(everything) / len(everything) > truth + 0.04


def test_nobody_is_at_a_counter_that_is_not_open_that_day() -> None:
    land = province(WEEKDAY)
    service = next(one for one in land.services if one.windows and {w.weekday for w in one.windows} == {1, 3})
    assert found_at(land, service, service.points[0], date(2026, 5, 5), 540) is None
    found = found_at(land, service, service.points[0], date(2026, 5, 4), 540)
    assert found is not None
    assert 540 <= found.minute < 600
    assert (found.waited is None) == (not found.served)
