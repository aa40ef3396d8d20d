"""Thresholds people set: dated, reasoned, never lost; days are told by the one that holds on them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from luwes.apps.accounts.access import Forbidden
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.changes import changes_after
from luwes.apps.schedule import actions, tasks, thresholds
from luwes.apps.schedule.models import ExposureDay, ExposureMonth, ExposureThreshold
from luwes.core.exposure.shares import Threshold, threshold_on
from luwes.core.workdays.periods import Period
from tests.apps.schedule.days import HOME, build, store, unit_day
from tests.world import SETUP, Units, acting, add_person

pytestmark = pytest.mark.django_db
BROUGHT = Threshold(date(2025, 1, 1), Fraction(1, 10))
WEDNESDAY = date(2026, 12, 2)


def put(
    now: datetime,
    since: date,
    at_least: str,
    *,
    reason: str = "Rapat tim evaluasi",
    version: int | None = None,
    actor: Actor = SETUP,
) -> None:
    with unit_of_work(actor, now):
        actions.set_threshold(
            since=since,
            at_least=Decimal(at_least),
            reason=reason,
            version=thresholds.version() if version is None else version,
        )


def test_without_a_setting_what_the_product_brings_holds(db: None) -> None:
    assert thresholds.thresholds() == [BROUGHT]
    (row,) = thresholds.history()
    assert (row.since, row.at_least, row.set_by, row.recorded_at) == (BROUGHT.since, Decimal("0.1"), "", None)
    assert row.superseded_at is None


def test_a_setting_holds_from_its_day_and_says_who_and_why(now: datetime) -> None:
    anita = acting(add_person(now, "anita@contoh.go.id"), Role.ORGANISATION)
    put(now, date(2027, 1, 1), "0.2", actor=anita)
    steps = thresholds.thresholds()
    assert [threshold_on(day, steps) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [
        Fraction(1, 10),
        Fraction(1, 5),
    ]
    newest = thresholds.history()[0]
    assert (newest.reason, newest.set_by, newest.recorded_at) == ("Rapat tim evaluasi", anita.id, now)
    entry = AuditEntry.objects.get(action="threshold.set")
    assert anita.id in entry.actor
    assert "0.2" in entry.body
    assert "2027-01-01" in entry.body


def test_the_same_day_again_supersedes_and_nothing_is_lost(now: datetime) -> None:
    put(now, date(2025, 1, 1), "0.05")
    put(now + timedelta(hours=1), date(2025, 1, 1), "0.075")
    assert thresholds.thresholds() == [Threshold(date(2025, 1, 1), Fraction(3, 40))]
    rows = thresholds.history()
    assert [row.at_least for row in rows] == [Decimal("0.075"), Decimal("0.05"), Decimal("0.1")]
    assert [row.superseded_at is None for row in rows] == [True, False, False]


def test_the_feed_tells_the_days_up_to_the_next_setting(now: datetime) -> None:
    put(now, date(2027, 1, 1), "0.2")
    put(now, date(2026, 12, 1), "0.3")
    told = [change.period for change in changes_after(0) if change.kind == "threshold"]
    assert told == [Period(date(2027, 1, 1)), Period(date(2026, 12, 1), date(2027, 1, 1))]


def test_the_months_it_touches_are_told_anew(now: datetime) -> None:
    units: Units = build(now)
    store("flexdays", now, HOME)
    assert unit_day(units.government, WEDNESDAY).kind == "flexible"  # 2 of 6 half days
    put(now, date(2026, 12, 1), "0.4")
    assert unit_day(units.government, WEDNESDAY).kind == "flexible", "told later, by the task"
    job = ProcrastinateJob.objects.get(task_name="schedule.follow")
    tasks.follow_changes(**job.args)
    top = unit_day(units.government, WEDNESDAY)
    assert (top.kind, top.threshold, top.exposure) == ("other", Decimal("0.4"), Decimal("0.3333333333"))
    assert unit_day(units.section, WEDNESDAY).kind == "flexible"
    december = ExposureMonth.objects.filter(month=date(2026, 12, 1))
    assert set(december.values_list("threshold", flat=True)) == {Decimal("0.4")}


def test_a_threshold_within_a_month_parts_its_sums(now: datetime) -> None:
    units: Units = build(now)
    store("flexdays", now, HOME)
    put(now, date(2026, 12, 16), "0.4")
    tasks.follow_changes(0)
    days = ExposureDay.objects.filter(unit__key=units.government)
    assert set(days.filter(day__lt=date(2026, 12, 16)).values_list("threshold", flat=True)) == {Decimal("0.1")}
    months = ExposureMonth.objects.filter(unit__key=units.government)
    assert {(row.threshold, row.kind) for row in months} == {
        (Decimal("0.1"), "flexible"),
        (Decimal("0.1"), "other"),
        (Decimal("0.4"), "other"),
    }
    assert sum(row.days for row in months) == days.count()


def test_two_settings_wait_for_one_job(now: datetime) -> None:
    put(now, date(2027, 1, 1), "0.2")
    put(now, date(2027, 2, 1), "0.3")
    assert ProcrastinateJob.objects.filter(task_name="schedule.follow").count() == 1
    assert ExposureThreshold.objects.count() == 2


@pytest.mark.parametrize(
    ("since", "at_least", "reason", "version", "refused"),
    [
        (date(2027, 1, 1), "0.2", "  ", 0, actions.ThresholdReasonMissing),
        (date(2027, 1, 1), "0", "x", 0, actions.NotAShare),
        (date(2027, 1, 1), "1.0001", "x", 0, actions.NotAShare),
        (date(2024, 12, 31), "0.2", "x", 0, actions.ThresholdTooEarly),
        (date(2027, 1, 1), "0.2", "x", 1, actions.StaleThreshold),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    now: datetime, since: date, at_least: str, reason: str, version: int, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        put(now, since, at_least, reason=reason, version=version)
    assert not ExposureThreshold.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_who_may_not_is_refused(now: datetime) -> None:
    user = add_person(now, "kepala@contoh.go.id")
    for role in (Role.HEAD, Role.LEADER, Role.INSPECTOR, Role.OPERATOR):
        with pytest.raises(Forbidden):
            put(now, date(2027, 1, 1), "0.2", actor=acting(user, role))
    assert not ExposureThreshold.objects.exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 10_000)), min_size=1, max_size=5))
def test_on_every_day_the_latest_word_on_the_latest_begun_day_holds(now: datetime, made: list[tuple[int, int]]) -> None:
    ExposureThreshold.objects.all().delete()
    first = date(2026, 1, 1)
    for months, points in made:
        put(now, first + timedelta(days=30 * months), str(Decimal(points) / 10_000))
    said = {BROUGHT.since: BROUGHT.at_least}
    said |= {first + timedelta(days=30 * months): Fraction(points, 10_000) for months, points in made}
    steps = thresholds.thresholds()
    for offset in range(-10, 400, 15):
        day = first + timedelta(days=offset)
        assert threshold_on(day, steps) == said[max(since for since in said if since <= day)]
    assert len(thresholds.history()) == len(made) + 1
