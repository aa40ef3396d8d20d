"""What a person notes of their own days, where no system exports it: one line, for this month and the last."""

from collections.abc import Callable
from datetime import date

from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import ActorKind
from luwes.apps.audit.unit_of_work import UnitOfWork, current
from luwes.apps.people.models import Employee, Posting
from luwes.apps.results.models import OutputRow, OwnOutput
from luwes.core.workdays.months import month_before

# That of the import: whether a file speaks of the day is asked under it.
LOCK = "import:outputs"
LONGEST_LABEL, MOST = 120, 999


class NotAnEmployee(Refused):
    """The account belongs to nobody in the staff data."""

    code = "not_an_employee"


class DayNotOpen(Refused):
    """The day lies ahead, before last month, or outside the person's service."""

    code = "day_not_open"


class MonthClosed(Refused):
    """The month is closed: its figures stand."""

    code = "month_closed"


class FileSpeaks(Refused):
    """A file already tells the person's results of the day."""

    code = "file_speaks"


class EntryWrong(Refused):
    """Nothing is named, or the count is not from 1 to 999."""

    code = "entry_wrong"


def record_own(*, day: date, label: str, count: int, closed: Callable[[date], bool]) -> str:
    """Note `count` results called `label` on a day of the signed-in person; gives the entry's id.

    The same label again corrects the day's entry. `closed` tells whether the month that begins on a day is closed.
    Raises NotAnEmployee, EntryWrong, DayNotOpen, MonthClosed, FileSpeaks.
    """
    work = current()
    person = _self(work)
    words = " ".join(label.replace("\x00", "").split())
    if not words or len(words) > LONGEST_LABEL or not 1 <= count <= MOST:
        raise EntryWrong
    locking.lock_rows({}, names=[LOCK])
    _require_open(work, person, day, closed)
    if files_speak(person, day):
        raise FileSpeaks
    before = OwnOutput.objects.filter(employee=person, day=day, label=words, superseded_at=None).first()
    if before is not None and before.count == count:
        return before.public_id
    if before is not None:
        before.superseded_at = work.now
        before.save(update_fields=["superseded_at"])
    made = OwnOutput.objects.create(employee_id=person, day=day, label=words, count=count, recorded_at=work.now)
    record(
        action="own_output.recorded",
        subject=made.public_id,
        facts={"day": day.isoformat(), "count": count},
        detail={"label": words},
    )
    return made.public_id


def withdraw_own(*, entry_id: str, closed: Callable[[date], bool]) -> None:
    """Take back an entry of the signed-in person; what was noted stays in the history. A second time changes nothing.

    Raises NotAnEmployee, OutsideScope (another person's), DayNotOpen, MonthClosed.
    """
    work = current()
    person = _self(work)
    locking.lock_rows({}, names=[LOCK])
    row = OwnOutput.objects.filter(public_id=entry_id, employee=person).first()
    if row is None:
        raise OutsideScope(entry_id)
    if row.superseded_at is not None:
        return
    _require_open(work, None, row.day, closed)
    row.superseded_at = work.now
    row.save(update_fields=["superseded_at"])
    record(action="own_output.withdrawn", subject=row.public_id, facts={"day": row.day.isoformat()})


def files_speak(person: int, day: date) -> bool:
    """Whether a file tells the person's results of the day, or of a month that holds it."""
    rows = OutputRow.objects.filter(employee=person, superseded_at=None, since__lte=day, until__gt=day)
    return rows.exists()


def _self(work: UnitOfWork) -> int:
    user = accounts.user_by_id(work.actor.id) if work.actor.kind is ActorKind.PERSON else None
    nip = user.nip if user is not None else None
    person = Employee.objects.filter(nip=nip).values_list("pk", flat=True).first() if nip else None
    if person is None:
        raise NotAnEmployee
    return person


def _require_open(work: UnitOfWork, person: int | None, day: date, closed: Callable[[date], bool]) -> None:
    """Inside this month and the last, in service (None: not asked), and before the month is closed."""
    if not month_before(work.today) <= day <= work.today:
        raise DayNotOpen
    if closed(day.replace(day=1)):
        raise MonthClosed
    if person is not None:
        serves = Posting.objects.filter(employee=person, superseded_at=None, period__contains=day)
        if not serves.exists():
            raise DayNotOpen
