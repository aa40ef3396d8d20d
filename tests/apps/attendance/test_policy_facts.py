"""Presence reaches decisions only from closed months; what is open, reopened or unknown is neither a yes nor a no."""

from datetime import UTC, date, datetime, timedelta

import pytest

from luwes.apps.attendance.models import DayRecord, MonthRun
from luwes.apps.attendance.policy_facts import presence
from luwes.apps.people.models import Employee, EmployeeVersion, Posting
from luwes.apps.schedule.deciding import decide_one
from luwes.core.worktime.day import Status
from tests.apps.schedule.policy_world import EVERY_DAY, held, id_of, planted
from tests.apps.staff_files import MARUF, RINA, YOSE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 3, tzinfo=UTC)
NOVEMBER, WEDNESDAY = date(2026, 11, 1), date(2026, 12, 2)
NEEDS = 'kind = "require"\nid = "hadir"\nneeds = {{ any = ["{}"] }}'
STAYS = 'kind = "exclude"\nid = "kantor"\nwho = {{ any = ["{}"] }}'


@pytest.fixture(autouse=True)
def _staff(now: datetime) -> None:
    planted(now)


def close(month: date, *, at: datetime = AT - timedelta(days=1), **more: object) -> MonthRun:
    return MonthRun.objects.create(
        month=month, number=1, final=True, run_by="x", run_at=at, touched_at=at, finished_at=at, **more
    )


def days(run: MonthRun, nip: str, *statuses: Status) -> None:
    person = Employee.objects.get(nip=nip)
    unit = Posting.objects.get(employee=person).unit_id
    DayRecord.objects.bulk_create(
        DayRecord(
            employee=person, unit_id=unit, day=run.month + timedelta(days=number), status=status.value, required=True,
            flexible=False, owed=450, run=run,
        )
        for number, status in enumerate(statuses)
    )  # fmt: skip


def answer(nip: str, clause: str, at: datetime = AT, day: date = WEDNESDAY) -> tuple[str, str]:
    facts = presence(date(2026, 10, 1), date(2027, 1, 31), at)
    found = decide_one(employee=id_of(nip), day=day, rules=held(EVERY_DAY, clause), brought=facts).decision
    return found.verdict.value, found.headline.code


def test_an_open_month_says_nothing_and_a_closed_one_does() -> None:
    clean = NEEDS.format("presence:tanpa_alpa")
    assert answer(YOSE, clean) == ("needs_judgement", "criterion_unknown")
    run = close(NOVEMBER)
    days(run, YOSE, Status.PRESENT, Status.LEAVE, Status.MISSING_OUT)
    days(run, RINA, Status.PRESENT, Status.ABSENT)
    days(run, MARUF, Status.PRESENT, Status.NO_DATA)
    assert answer(YOSE, clean) == ("allowed", "opened")
    assert answer(RINA, clean) == ("refused", "criterion")
    assert answer(MARUF, clean) == ("needs_judgement", "criterion_unknown")
    assert answer(RINA, STAYS.format("presence:alpa")) == ("refused", "excluded")
    assert answer(YOSE, STAYS.format("presence:alpa")) == ("allowed", "opened")
    # November is the month before December alone, and it was not closed two days earlier.
    assert answer(YOSE, clean, day=date(2027, 1, 6)) == ("needs_judgement", "criterion_unknown")
    assert answer(YOSE, clean, at=AT - timedelta(days=2)) == ("needs_judgement", "criterion_unknown")
    MonthRun.objects.update(reopened_at=AT + timedelta(days=1))
    assert answer(YOSE, clean) == ("needs_judgement", "criterion_unknown")


def test_somebody_without_a_single_reckoned_day_is_unknown() -> None:
    days(close(NOVEMBER), YOSE, Status.PRESENT)
    assert answer(RINA, NEEDS.format("presence:tanpa_alpa")) == ("needs_judgement", "criterion_unknown")


def test_three_unexcused_days_of_a_year_point_to_a_measure_of_civil_servants_alone() -> None:
    proposed = STAYS.format("discipline:proposed")
    run = close(NOVEMBER)
    for nip in (YOSE, MARUF):
        days(run, nip, *(Status.ABSENT,) * 3)
    days(run, RINA, Status.ABSENT, Status.ABSENT, Status.PRESENT)
    EmployeeVersion.objects.filter(employee__nip=MARUF).update(employment="pppk")
    assert answer(YOSE, proposed) == ("refused", "excluded")
    # Earlier months are still open: two days so far are no proof that it stays at two.
    assert answer(RINA, proposed) == ("needs_judgement", "about_unknown")
    for number in range(1, 11):
        close(date(2026, number, 1))
    assert answer(RINA, proposed) == ("allowed", "opened")
    assert answer(MARUF, proposed) == ("needs_judgement", "about_unknown")
