"""Writes of the monthly form: saving it, signing a month, taking the signature back."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Capacity, Right
from luwes.apps.audit import locking, verify
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import UnitOfWork, current
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as people
from luwes.apps.people.models import UnitKind
from luwes.apps.people.queries import UnitRow
from luwes.apps.people.staff.heads import may_sign
from luwes.apps.reporting import form_fields
from luwes.apps.reporting.form_fields import Value
from luwes.apps.reporting.form_queries import FormState, form_of, standing_day
from luwes.apps.reporting.models import MonthlyForm, MonthlySignature
from luwes.apps.reporting.monthly_content import signed_content
from luwes.core.workdays.months import month_end

# The lock of the import kind as well: a workbook and a page may not write the same form at once.
LOCK = "import:isian"
LONGEST_COMMENT, LONGEST_REASON = 4_000, 500


class StaleForm(Refused):
    """Somebody else saved the form after this page was made."""

    code = "stale_form"


class MonthSigned(Refused):
    """The month is signed: it is reopened, with a reason, before anything changes."""

    code = "month_signed"


class MonthAhead(Refused):
    """A month that has not begun has nothing to report."""

    code = "month_ahead"


class MonthNotOver(Refused):
    """A month is signed when its last day has passed."""

    code = "month_not_over"


class NothingFilled(Refused):
    """No answer was saved yet, so there is nothing to sign."""

    code = "nothing_filled"


class GapsUnstated(Refused):
    """Rows without an answer and without a reason; the codes are the arguments."""

    code = "gaps_unstated"


class NotSigned(Refused):
    """There is no signature to take back."""

    code = "not_signed"


class ReasonNeeded(Refused):
    """Who takes a signature back says why."""

    code = "reason_needed"


class WordsTooLong(Refused):
    """A comment or a reason longer than is kept."""

    code = "words_too_long"


class NotTheHead(Refused):
    """Who signs is off duty, or another person is recorded as the unit's head."""

    code = "not_the_head"


class NotAnAgency(Refused):
    """The form is filled in per perangkat daerah."""

    code = "not_an_agency"


class CountsDisagree(Refused):
    """More people away from the office than on duty."""

    code = "counts_disagree"


def save_form(*, unit_key: str, month: date, values: Mapping[str, Value], comment: str, version: int) -> int:
    """Store the answers as a new version, draft or whole; gives its number, or the old one where nothing changed.

    `values` are parsed answers by code; rows that are not asked are refused as a bug. `version` is the one the page
    was made from. Needs FILL_MONTHLY_FORM with the unit in scope.
    Raises OutsideScope, Forbidden, MonthAhead, NotAnAgency, MonthSigned, StaleForm, CountsDisagree, WordsTooLong.
    """
    work = current()
    unit = _unit(work, Right.FILL_MONTHLY_FORM, unit_key, month)
    words = comment.replace("\x00", "").strip()
    if len(words) > LONGEST_COMMENT:
        raise WordsTooLong
    locking.lock_rows({}, names=[LOCK])
    found = form_of(unit, month)
    if found.signature is not None:
        raise MonthSigned
    if found.form.version != version:
        raise StaleForm
    if form_fields.disagreeing(values):
        raise CountsDisagree
    if found.form.version and found.form.values == values and found.form.comment == words:
        return version
    row = store_version(unit_pk=unit.pk, month=month, values=values, comment=words, batch_pk=None)
    record(
        action="monthly_form.saved",
        subject=unit.key,
        facts={"unit": unit.key, "month": month.isoformat(), "version": row.pk, "digest": digest(row.values)},
    )
    return row.pk


def store_version(
    *, unit_pk: int, month: date, values: Mapping[str, Value], comment: str, batch_pk: int | None
) -> MonthlyForm:
    """Supersede the current version and insert the next. The caller holds LOCK and leaves the audit entry."""
    work = current()
    unknown = set(values) - {field.code for field in form_fields.FIELDS if field.asked}
    if unknown:
        raise ValueError(f"not asked: {sorted(unknown)}")
    MonthlyForm.objects.filter(unit=unit_pk, month=month, superseded_at=None).update(superseded_at=work.now)
    return MonthlyForm.objects.create(
        unit_id=unit_pk,
        month=month,
        values=dict(values),
        comment=comment,
        filled_by=work.actor.id,
        batch_id=batch_pk,
        recorded_at=work.now,
    )


def sign_month(
    *, unit_key: str, month: date, version: int, gaps: Mapping[str, str], capacity: Capacity | None = None
) -> str:
    """Sign the saved form of a month that is over; gives the signature's id.

    Every missing row needs a reason in `gaps` (code → words); reasons for other rows are dropped. Somebody with an
    account signs in the capacity of the role, a link's holder in the one given here (definitive where it is None).
    Needs SIGN_REPORT. Raises OutsideScope, Forbidden, MonthAhead, NotAnAgency, MonthNotOver, MonthSigned, StaleForm,
    NothingFilled, NotTheHead, GapsUnstated, WordsTooLong.
    """
    work = current()
    unit = _unit(work, Right.SIGN_REPORT, unit_key, month)
    if work.today <= month_end(month):
        raise MonthNotOver
    _require_head(work, unit, _capacity(work.actor, capacity))
    locking.lock_rows({}, names=[LOCK])
    found = form_of(unit, month)
    if found.signature is not None:
        raise MonthSigned
    if not found.form.version:
        raise NothingFilled
    if found.form.version != version:
        raise StaleForm
    stated = _stated(found, gaps)
    row = MonthlySignature.objects.create(
        unit_id=unit.pk,
        month=month,
        form_id=found.form.version,
        gaps=stated,
        values_sha256=digest(found.form.values),
        content=signed_content(unit.key, month, work.today),
        audit_head=verify.head(),
        signed_by=_signature(work.actor),
        signer=work.actor.id,
        capacity=_capacity(work.actor, capacity).value,
        signed_at=work.now,
    )
    _record_signature(row, unit.key)
    return row.public_id


def _record_signature(row: MonthlySignature, unit_key: str) -> None:
    record(
        action="monthly_report.signed",
        subject=unit_key,
        facts={
            "unit": unit_key,
            "month": row.month.isoformat(),
            "version": row.form_id,
            "digest": row.values_sha256,
            "gaps": sorted(row.gaps),
            "capacity": row.capacity,
            "head": row.audit_head,
        },
        detail={"signature": row.signed_by, **row.gaps},
    )


def note_report(*, unit_key: str, month: date, sha256: str) -> None:
    """Note the hash of the report file issued under the signature that holds; the first one stays.

    For the action that issues the report, which has checked the right. Raises NotSigned.
    """
    row = MonthlySignature.objects.select_for_update().filter(unit__key=unit_key, month=month, ended_at=None).first()
    if row is None:
        raise NotSigned
    if not row.report_sha256:
        row.report_sha256 = sha256
        row.save(update_fields=["report_sha256"])


def reopen(*, unit_key: str, month: date, reason: str) -> None:
    """Take the signature back, so that the form can be corrected and signed anew; the old one stays to be read.

    Needs SIGN_REPORT. Raises OutsideScope, Forbidden, NotSigned, ReasonNeeded, WordsTooLong.
    """
    work = current()
    unit = _unit(work, Right.SIGN_REPORT, unit_key, month)
    words = " ".join(reason.replace("\x00", "").split())
    if not words:
        raise ReasonNeeded
    if len(words) > LONGEST_REASON:
        raise WordsTooLong
    locking.lock_rows({}, names=[LOCK])
    row = MonthlySignature.objects.filter(unit=unit.pk, month=month, ended_at=None).first()
    if row is None:
        raise NotSigned
    row.ended_at, row.ended_by, row.ended_reason = work.now, work.actor.id, words
    row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    record(
        action="monthly_report.reopened",
        subject=unit.key,
        facts={"unit": unit.key, "month": month.isoformat(), "version": row.form_id},
        detail={"reason": words},
    )


def digest(values: Mapping[str, Value]) -> str:
    """The SHA-256 of a form's answers, the same whatever their order."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _unit(work: UnitOfWork, right: Right, unit_key: str, month: date) -> UnitRow:
    if month > work.today:
        raise MonthAhead
    day = standing_day(month, work.today)
    people_access.require_unit(work.actor, right, unit_key, day)
    unit = people.unit_on(unit_key, day)
    if unit is None or unit.kind != UnitKind.AGENCY:
        raise NotAnAgency
    return unit


def _require_head(work: UnitOfWork, unit: UnitRow, capacity: Capacity) -> None:
    """A role outlives a posting where nobody ended it; a link's holder is known by name alone and signs by that."""
    user = accounts.user_by_id(work.actor.id) if work.actor.kind is ActorKind.PERSON else None
    nip = (user.nip if user else "") or ""
    if not may_sign(unit.pk, nip, capacity=capacity.value, on=work.today):
        raise NotTheHead


def _stated(found: FormState, gaps: Mapping[str, str]) -> dict[str, str]:
    stated = {code: " ".join(gaps.get(code, "").replace("\x00", "").split()) for code in found.missing}
    unstated = [code for code, words in stated.items() if not words]
    if unstated:
        raise GapsUnstated(*unstated)
    if any(len(words) > LONGEST_REASON for words in stated.values()):
        raise WordsTooLong
    return stated


def _signature(actor: Actor) -> str:
    if actor.signature:
        return actor.signature
    user = accounts.user_by_id(actor.id)
    return user.name if user is not None else actor.id


def _capacity(actor: Actor, told: Capacity | None) -> Capacity:
    if actor.kind is ActorKind.PERSON and actor.capacity:
        return Capacity(actor.capacity)
    return told or Capacity.DEFINITIVE
