"""Spot checks: frozen before, drawn by nobody's choice, filed once, and summed with their weights."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Job, Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results import tasks
from luwes.apps.results.measures import Witness
from luwes.apps.results.models import ServiceFigure, SpotCheck, SpotDraw, SpotPhoto
from luwes.apps.results.spotchecks import queries
from luwes.apps.results.spotchecks.actions import (
    DrawnAlready,
    FiledAlready,
    Finding,
    FindingWrong,
    NotNow,
    ProcedureWrong,
    StartsTooEarly,
    draw_day,
    file_check,
    freeze_procedure,
)
from luwes.apps.results.spotchecks.photo import PhotoWrong
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from tests.apps.results.services.world import THURSDAY, WEDNESDAY, World
from tests.apps.results.spotchecks.test_photo import EXIF, PLAIN
from tests.world import SETUP, acting

LATER = timedelta(days=1, hours=2)
NO = Finding(reached=False, served=False)
YES = Finding(reached=True, served=True, waited=7, said_minute=610, note="Ramah")


def file(
    now: datetime, check: SpotCheck, finding: Finding, actor: Actor = SETUP, form: str = "f", photo: bytes = b""
) -> None:
    with unit_of_work(actor, now):
        file_check(check_id=check.public_id, finding=finding, form=form, photo=photo or None)


def test_what_can_be_shown_is_said_before_the_first_draw(now: datetime, procedure: str) -> None:
    row = queries.procedures()[0]
    assert [one["days"] for one in row.reach] == [22, 44, 66, 132]
    harms = [one["harm"] for one in row.reach]
    assert harms == sorted(harms, reverse=True)
    assert AuditEntry.objects.filter(action="spot_check.procedure_frozen").count() == 1
    assert not SpotDraw.objects.exists()


@pytest.mark.parametrize(
    ("since", "per_day", "rate", "share", "refusal"),
    [
        (THURSDAY, 0, 2, "0.03", ProcedureWrong),
        (THURSDAY, 201, 2, "0.03", ProcedureWrong),
        (THURSDAY, 12, 11, "0.03", ProcedureWrong),
        (THURSDAY, 12, 2, "1", ProcedureWrong),
        (WEDNESDAY, 12, 2, "0.03", StartsTooEarly),
    ],
)
def test_a_procedure_that_cannot_be_is_refused(
    world: World, now: datetime, since: date, per_day: int, rate: int, share: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), unit_of_work(SETUP, now):
        freeze_procedure(since=since, per_day=per_day, flexible_rate=rate, base_share=Decimal(share))


def test_a_frozen_procedure_is_not_replaced_on_its_day(now: datetime, procedure: str) -> None:
    with pytest.raises(StartsTooEarly), unit_of_work(SETUP, now):
        freeze_procedure(since=THURSDAY, per_day=5, flexible_rate=1, base_share=Decimal("0.1"))


def test_a_day_is_drawn_once_from_the_audit_head_and_can_be_repeated(now: datetime, drawn: int) -> None:
    made = SpotDraw.objects.get()
    assert drawn == 3
    assert len(made.frame) == 7, "one counter of promised hours, seven of them"
    before = AuditEntry.objects.get(seq=made.audit_seq)
    assert before.hash == made.audit_head
    assert queries.repeats(THURSDAY) is True
    assert queries.repeats(WEDNESDAY) is None
    assert {Fraction(c.chance_of, c.chance_in) for c in SpotCheck.objects.all()} == {Fraction(3, 7)}
    with pytest.raises(DrawnAlready), unit_of_work(SETUP, now):
        draw_day(day=THURSDAY)


def test_a_draw_that_was_touched_is_seen(now: datetime, drawn: int) -> None:
    used = set(SpotCheck.objects.values_list("minute", flat=True))
    SpotCheck.objects.filter(pk=SpotCheck.objects.first().pk).update(minute=min({*range(480, 900, 60)} - used))
    assert queries.repeats(THURSDAY) is False


def test_nothing_is_drawn_without_procedure_on_days_off_or_for_days_gone(now: datetime, world: World) -> None:
    with unit_of_work(SETUP, now):
        assert draw_day(day=THURSDAY) == 0
    with unit_of_work(SETUP, now):
        freeze_procedure(since=THURSDAY, per_day=3, flexible_rate=1, base_share=Decimal("0.03"))
    with unit_of_work(SETUP, now):
        assert draw_day(day=date(2026, 11, 28)) == 0, "a Saturday"
    with unit_of_work(SETUP, now + timedelta(days=3)):
        assert draw_day(day=THURSDAY) == 0


def test_flexible_days_are_drawn_as_often_as_frozen_and_unknown_kinds_stay_unknown(
    now: datetime, world: World, procedure: str
) -> None:
    ExposureDay.objects.create(
        service_id=world.test, day=THURSDAY, flexible=2, on_duty=4, exposure=Decimal("0.5"), largest=Decimal("0.5"),
        silent_links=0, kind=DayKind.FLEXIBLE.value, threshold=Decimal("0.1"), computed_at=now,
    )  # fmt: skip
    with unit_of_work(SETUP, now):
        draw_day(day=THURSDAY)
    assert {row[2] for row in SpotDraw.objects.get().frame} == {2}
    assert {check.kind for check in SpotCheck.objects.all()} == {"flexible"}
    friday = THURSDAY + timedelta(days=1)
    with unit_of_work(SETUP, now):
        draw_day(day=friday)
    assert {check.kind for check in SpotCheck.objects.filter(draw__day=friday)} == {"undefined"}


def test_a_check_is_filed_once_and_feeds_the_days_figures(
    now: datetime, world: World, drawn: int, inspector: User
) -> None:
    one, two, _ = SpotCheck.objects.order_by("minute")
    who = acting(inspector, Role.INSPECTOR)
    file(now + LATER, one, YES, who)
    file(now + LATER, one, YES, who)
    file(now + LATER, two, NO, who, photo=b"\xff\xd8" + EXIF + PLAIN[2:])
    figure = ServiceFigure.objects.get(service=world.test, day=THURSDAY, measure=Witness.SPOT_CHECK.value)
    assert (figure.kept, figure.of) == (1, 2)
    assert figure.sums == {"drawn": 3, "reached": 1, "waits": {"7": 1}, "against": 0}
    assert queries.photo(two.public_id, who, THURSDAY) == PLAIN
    with pytest.raises(OutsideScope):
        queries.photo(one.public_id, who, THURSDAY)
    with pytest.raises(Forbidden):
        queries.photo(two.public_id, acting(inspector, Role.LEADER), THURSDAY)
    with pytest.raises(FiledAlready):
        file(now + LATER, one, NO, who, form="another phone")
    assert AuditEntry.objects.filter(action="spot_check.filed").count() == 2
    assert [row.filed for row in queries.checks(THURSDAY)] == [True, True, False]


@pytest.mark.parametrize(
    "finding",
    [
        Finding(reached=False, served=True),
        Finding(reached=True, served=True, waited=481),
        Finding(reached=True, served=True, waited=-1),
        Finding(reached=True, served=True, said_minute=1440),
        Finding(reached=True, served=True, note="x" * 201),
    ],
)
def test_what_cannot_have_been_found_is_refused(now: datetime, drawn: int, finding: Finding) -> None:
    with pytest.raises(FindingWrong):
        file(now + LATER, SpotCheck.objects.first(), finding)


def test_a_file_that_is_no_picture_stores_nothing(now: datetime, drawn: int) -> None:
    with pytest.raises(PhotoWrong):
        file(now + LATER, SpotCheck.objects.first(), NO, photo=b"GIF89a")
    assert not SpotCheck.objects.exclude(filed_at=None).exists()
    assert not SpotPhoto.objects.exists()


def test_checks_are_filed_on_their_day_or_shortly_after(now: datetime, drawn: int) -> None:
    one, two, _ = SpotCheck.objects.order_by("minute")
    for when in (now, now + timedelta(days=5)):
        with pytest.raises(NotNow):
            file(when, one, YES)
    file(now + timedelta(days=4), two, YES)
    assert [row.id for row in queries.checks(THURSDAY + timedelta(days=3))] == [
        check.public_id for check in SpotCheck.objects.order_by("minute") if check != two
    ]
    assert queries.checks(WEDNESDAY) == [], "nobody sees before the day whom it will be"


def test_only_inspectors_and_callers_file(now: datetime, world: World, drawn: int, inspector: User) -> None:
    check = SpotCheck.objects.first()
    for actor, refusal in (
        (acting(inspector, Role.HEAD, world.units.health), Forbidden),
        (acting(inspector, Role.ADMIN), Forbidden),
        (Actor(kind=ActorKind.JOB_LINK, id="t", role=Job.SPOT_CHECKS.value, scope=world.units.works), OutsideScope),
    ):
        with pytest.raises(refusal):
            file(now + LATER, check, YES, actor)
    with pytest.raises(OutsideScope), unit_of_work(SETUP, now + LATER):
        file_check(check_id="tak-ada", finding=YES, form="f")
    caller = Actor(kind=ActorKind.JOB_LINK, id="t", role=Job.SPOT_CHECKS.value, scope=world.units.government)
    file(now + LATER, check, YES, caller)
    with pytest.raises(Forbidden), unit_of_work(acting(inspector, Role.INSPECTOR), now):
        freeze_procedure(since=date(2026, 12, 9), per_day=3, flexible_rate=1, base_share=Decimal("0"))


def test_the_month_says_how_often_nobody_was_served_and_what_silence_could_hide(
    now: datetime, world: World, drawn: int
) -> None:
    one, two, _ = SpotCheck.objects.order_by("minute")
    file(now + LATER, one, YES)
    file(now + LATER, two, NO)
    soon = queries.month_result(date(2026, 11, 1), THURSDAY)
    assert soon.every is not None
    assert (soon.drawn, soon.filed, soon.every.share, soon.every.missing) == (3, 2, 0.5, 0)
    late = queries.month_result(date(2026, 11, 1), date(2026, 12, 1))
    assert late.every is not None
    assert (late.every.missing, round(late.every.most, 3)) == (1, 0.667)
    assert (late.flexible, late.apart) == (None, None)
    assert queries.month_result(date(2026, 10, 1), THURSDAY).every is None


def test_the_night_draws_the_day_that_begins_once(world: World) -> None:
    present = timezone.now()
    with unit_of_work(SETUP, present - timedelta(days=3)):
        since = timezone.localdate(present - timedelta(days=2))
        freeze_procedure(since=since, per_day=2, flexible_rate=1, base_share=Decimal("0.03"))
    tasks.draw_spot_checks(0)
    tasks.draw_spot_checks(0)
    assert SpotDraw.objects.count() <= 1
    tasks.end_counter_days(0)
