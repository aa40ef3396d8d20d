"""Writes about staff beside the imports: who heads a unit, and what a post's work allows."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Capacity, Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import Answer, Employee, Post, PostAssessment, Posting, Unit, UnitHead
from luwes.apps.people.queries import unit_on
from luwes.apps.people.staff.heads import on_duty

FLAGS = ("direct_service", "shift", "field")
CRITERIA = (
    *("criterion_outside", "criterion_no_special_room", "criterion_ict"),
    *("criterion_little_contact", "criterion_no_supervision"),
)
QUESTIONS = (*FLAGS, *CRITERIA)
LONGEST_REASON = 1_000


class NotInService(Refused):
    """Nobody who holds no post on that day, or is off duty, can head a unit."""

    code = "not_in_service"


class NoSuchUnit(Refused):
    """The unit does not stand on that day."""

    code = "no_such_unit"


class PeriodEmpty(Refused):
    """The end is not after the start."""

    code = "period_empty"


class ActingNeedsEnd(Refused):
    """Plt. and Plh. hold for a time, on a basis."""

    code = "acting_needs_end"


class ReasonMissing(Refused):
    """An assessment without a reason cannot be understood later."""

    code = "reason_missing"


class NothingAnswered(Refused):
    """No question was answered, or no post was chosen."""

    code = "nothing_answered"


def set_head(
    *, unit_key: str, employee_id: str, capacity: Capacity, since: date, until: date | None, basis: str
) -> None:
    """From `since` until before `until` (None: open) the person heads the unit.

    Whoever headed it then is closed on `since` and comes back at `until`: a Plh. of five days ends no office.
    Needs MANAGE_STAFF over the whole. Raises NoSuchUnit, NotInService, PeriodEmpty, ActingNeedsEnd.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_STAFF)
    if until is not None and until <= since:
        raise PeriodEmpty
    if capacity is not Capacity.DEFINITIVE and (until is None or not basis.strip()):
        raise ActingNeedsEnd
    row = unit_on(unit_key, since)
    if row is None:
        raise NoSuchUnit(unit_key)
    employee = Employee.objects.filter(public_id=employee_id).first()
    serves = Posting.objects.filter(on_duty(since), employee=employee, superseded_at=None, period__contains=since)
    if employee is None or not serves.exists():
        raise NotInService(employee_id)
    locking.lock_rows({Unit: [row.pk]})
    _make_room(row.pk, since, until)
    _head(row.pk, employee.pk, capacity.value, since, until, basis.strip())
    record(
        action="unit_head.set",
        subject=employee.public_id,
        facts={
            "unit": unit_key,
            "capacity": capacity.value,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
        },
        basis=basis.strip(),
    )


def _make_room(unit: int, since: date, until: date | None) -> None:
    """Supersede what overlaps; its days before and after the new period stay as they were."""
    overlapping = list(
        UnitHead.objects.filter(unit_id=unit, superseded_at=None, period__overlap=DateRange(since, until, "[)"))
    )
    UnitHead.objects.filter(pk__in=[old.pk for old in overlapping]).update(superseded_at=current().now)
    for old in overlapping:
        if old.period.lower < since:
            _head(unit, old.employee_id, old.capacity, old.period.lower, since, old.basis)
        if until is not None and (old.period.upper is None or until < old.period.upper):
            _head(unit, old.employee_id, old.capacity, until, old.period.upper, old.basis)


def _head(unit: int, employee: int, capacity: str, since: date, until: date | None, basis: str) -> None:
    UnitHead.objects.create(
        unit_id=unit,
        employee_id=employee,
        capacity=capacity,
        period=DateRange(since, until, "[)"),
        basis=basis,
        recorded_at=current().now,
    )


def assess_posts(*, post_ids: Sequence[str], answers: Mapping[str, str], reason: str) -> int:
    """Answer questions of QUESTIONS ("ya", "tidak", "belum") for many posts at once; returns how many posts changed.

    What is not answered keeps its earlier answer. Earlier assessments stay, superseded; a post that already has these
    answers is left alone. Needs MANAGE_STAFF over the whole. Raises ReasonMissing, NothingAnswered.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_STAFF)
    words = reason.replace("\x00", "").strip()[:LONGEST_REASON]
    if not words:
        raise ReasonMissing
    wanted = {name: Answer(answer).value for name, answer in answers.items() if name in QUESTIONS}
    posts = dict(Post.objects.filter(public_id__in=post_ids).values_list("pk", "public_id"))
    if not wanted or not posts:
        raise NothingAnswered
    locking.lock_rows({Post: list(posts)})
    before = {row.post_id: row for row in PostAssessment.objects.filter(post__in=posts, superseded_at=None)}
    blank = dict.fromkeys(QUESTIONS, Answer.UNASSESSED.value)
    made, replaced = [], []
    for pk in posts:
        old = before.get(pk)
        known = {name: getattr(old, name) for name in QUESTIONS} if old else blank
        if known | wanted != known:
            made.append(_assessment(pk, known | wanted, words))
            if old:
                replaced.append(old.pk)
    PostAssessment.objects.filter(pk__in=replaced).update(superseded_at=work.now)
    PostAssessment.objects.bulk_create(made, batch_size=1_000)
    if made:
        facts: dict[str, Fact] = {"posts": len(made), **dict(sorted(wanted.items()))}
        record(action="post.assessed", subject=posts[made[0].post_id], facts=facts, basis=words)
    return len(made)


def _assessment(post: int, answers: Mapping[str, str], reason: str) -> PostAssessment:
    work = current()
    return PostAssessment(
        post_id=post, **answers, assessor=work.actor.id, assessed_on=work.today, reason=reason, recorded_at=work.now
    )
