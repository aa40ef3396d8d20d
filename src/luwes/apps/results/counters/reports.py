"""A citizen before a closed counter: the report, the code it is followed by, and who is told.

Bounds: a form is stored once however often it comes; a counter takes DAILY reports a day, after which people are told
kindly that it is known. A network that sends many in an hour is not turned away, because a whole office or a telephone
company may stand behind one address: its further reports are kept and flagged.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right, Role
from luwes.apps.accounts.secret import READABLE, keyed
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.notices.actions import tell
from luwes.apps.results.counters import places, wording
from luwes.apps.results.counters.days import State
from luwes.apps.results.counters.places import Place
from luwes.apps.results.counters.queries import state_now
from luwes.apps.results.models import ClosedReport, PlannedClosure, ReportPhoto, ReportTrace
from luwes.apps.results.services import moments
from luwes.apps.results.services.stored import COUNTERS
from luwes.apps.results.services.witnesses import sum_witnesses

DAILY = 300
HOURLY_OF_A_NETWORK = 5
CODE_LENGTH = 8
HOUR = timedelta(hours=1)


class KnownAlready(Refused):
    """So many reported this counter today that one more tells nothing."""

    code = "known_already"


class AnswerWrong(Refused):
    """An answer says something, in at most 300 characters."""

    code = "answer_wrong"


class NoSuchReport(Refused):
    """No report has this code."""

    code = "no_such_report"


@dataclass(frozen=True, slots=True)
class Followed:
    """A report as whoever holds its code sees it."""

    code: str
    service_key: str
    service_name: str
    point_name: str
    at: datetime
    counted: bool
    flags: tuple[str, ...]
    answer: str
    answered_at: datetime | None
    photo: bool


def report_closed(*, point_key: str, form: str, address: str) -> str:
    """Note that a citizen found the counter closed, and tell its head and BKD; gives the code to follow it by.

    `form` is the page's own mark: the same one again gives the same code. `address` is kept for a week as a digest
    that changes daily. Raises NoSuchPoint, KnownAlready.
    """
    work = current()
    found = places.place(point_key, work.today)
    locking.lock_rows({}, names=[f"reports:{found.pk}", COUNTERS])
    same = ClosedReport.objects.filter(form=form).first()
    if same is not None:
        return same.code
    if ClosedReport.objects.filter(point=found.pk, day=work.today).count() >= DAILY:
        raise KnownAlready
    local = moments.local(work.now)
    minute = local.hour * 60 + local.minute
    network = keyed("closed-report", f"{work.today}:{address}")
    log = state_now(found.pk, work.today)
    made = ClosedReport.objects.create(
        code=_code(),
        form=form,
        point_id=found.pk,
        day=work.today,
        minute=minute,
        log_said=log.state if log else "",
        flags=_flags(found, work.today, minute, network, work.now),
        at=work.now,
    )
    ReportTrace.objects.create(report=made, network=network, at=work.now)
    sum_witnesses({(found.service, work.today)})
    if not made.flags:
        _tell(found, work.today, made)
    return made.code


def answer_report(*, code: str, text: str) -> None:
    """Answer a citizen's report; who holds the code reads it. Raises NoSuchReport, AnswerWrong, OutsideScope."""
    work = current()
    row = ClosedReport.objects.filter(code=code).select_related("point").first()
    if row is None:
        raise NoSuchReport
    places.require(work.actor, Right.MANAGE_SERVICES, row.point.key, work.today)
    text = " ".join(text.split())
    if not 0 < len(text) <= 300:
        raise AnswerWrong
    row.answer, row.answered_at = text, work.now
    row.save(update_fields=["answer", "answered_at"])
    record(action="counter.report_answered", subject=row.point.key, detail={"text": text})


def follow(code: str) -> Followed:
    """The report with this code, however it is written. Raises NoSuchReport."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())[:CODE_LENGTH]
    row = ClosedReport.objects.filter(code=plain).select_related("point").first()
    here = places.places([row.point.key], row.day) if row else []
    if row is None or not here:
        raise NoSuchReport
    return Followed(
        row.code,
        here[0].service_key,
        here[0].service_name,
        here[0].name,
        row.at,
        not row.flags,
        tuple(row.flags),
        row.answer,
        row.answered_at,
        ReportPhoto.objects.filter(report=row).exists(),
    )


def _flags(found: Place, day: date, minute: int, network: str, now: datetime) -> list[str]:
    flags = []
    if not any(start <= minute < end for start, end in places.promised(found, day)):
        flags.append("outside_hours")
    planned = PlannedClosure.objects.filter(point=found.pk, day=day, withdrawn_at=None)
    if planned.filter(from_minute__lte=minute, to_minute__gt=minute).exists():
        flags.append("planned")
    recent = ReportTrace.objects.filter(network=network, report__point=found.pk, at__gt=now - HOUR)
    if recent.count() >= HOURLY_OF_A_NETWORK:
        flags.append("burst")
    return flags


def _tell(found: Place, day: date, report: ClosedReport) -> None:
    """The first report of a counter and day that counts is told; those after it are read where it leads."""
    tell(
        kind="counter_closed",
        subject=f"{found.key}:{day.isoformat()}",
        title=wording.closed_title(found.service_name, found.name),
        text=wording.closed_text(
            found.service_name, found.name, day, report.minute, State(report.log_said) if report.log_said else None
        ),
        path=f"/loket/{found.key}/",
        line=found.line,
        roles=[Role.ADMIN],
    )


def _code() -> str:
    return "".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH))
