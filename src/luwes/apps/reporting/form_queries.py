"""Reads of the monthly form: one unit's, the board of all, and the heads' own counts for others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from luwes.apps.accounts import queries as accounts
from luwes.apps.attendance.models import PresenceDay
from luwes.apps.people import queries as people
from luwes.apps.people.models import UnitKind
from luwes.apps.people.queries import UnitRow
from luwes.apps.people.staff.heads import HeadRow, headless, heads_on
from luwes.apps.reporting import form_fields
from luwes.apps.reporting.form_fields import Field, Value
from luwes.apps.reporting.models import MonthlyForm, MonthlySignature
from luwes.core.workdays.months import month_end
from luwes.core.workdays.periods import DAY

# Evidence that makes the head's own count needless.
EVIDENCE = ("punches", "recap")


class State(StrEnum):
    """How far the form of a unit is."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    COMPLETE = "complete"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class FormRow:
    """One version of a form; `version` 0 stands for none yet."""

    version: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    comment: str = ""
    filled_by: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature; `current` False once it was taken back."""

    id: str
    version: int
    gaps: Mapping[str, str]
    signed_by: str
    capacity: str
    signed_at: datetime
    values_sha256: str
    content: Mapping[str, Mapping[str, str]]
    report_sha256: str
    audit_head: str
    ended_at: datetime | None
    ended_reason: str

    @property
    def current(self) -> bool:
        """Whether it still holds."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class FormState:
    """Everything about one unit's month: the answers, what is asked and missing, and the signatures, newest first."""

    unit: UnitRow
    month: date
    form: FormRow
    carried: Mapping[str, Value]
    fields: Sequence[Field]
    missing: Sequence[str]
    signatures: Sequence[SignatureRow]

    @property
    def signature(self) -> SignatureRow | None:
        """The signature that holds now."""
        return next((one for one in self.signatures if one.current), None)

    @property
    def state(self) -> State:
        """How far it is."""
        return _state(self.form.version, self.missing, signed=self.signature is not None)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit on the board: state and since when, what is missing, who heads it and who filled it in last."""

    unit: UnitRow
    state: State
    since: datetime | None
    missing: Sequence[str]
    gaps: int
    head: HeadRow | None
    headless: bool
    filled_by: str


@dataclass(frozen=True, slots=True)
class HeadCount:
    """Person-days of one unit in one month as its head counts them, on flexible days and on others."""

    flexible_on_duty: int
    flexible_elsewhere: int
    other_on_duty: int
    other_elsewhere: int


def standing_day(month: date, today: date) -> date:
    """The day by which the units of a month are taken: its last, or today while it runs."""
    return min(month_end(month), today)


def form_of(unit: UnitRow, month: date) -> FormState:
    """The form of one unit and month, whether or not it was begun; about five queries."""
    before = (month - DAY).replace(day=1)
    rows = MonthlyForm.objects.filter(unit=unit.pk, month__in=(month, before), superseded_at=None)
    forms = {row.month: row for row in rows}
    has_presence = unit.pk in with_presence(month, [unit.pk])
    form = _form(forms[month]) if month in forms else FormRow()
    last = forms.get(before)
    return FormState(
        unit=unit,
        month=month,
        form=form,
        carried=form_fields.carried_over(last.values) if last else {},
        fields=form_fields.asked_fields(has_presence=has_presence),
        missing=form_fields.missing(form.values, has_presence=has_presence),
        signatures=[
            _signature(row) for row in MonthlySignature.objects.filter(unit=unit.pk, month=month).order_by("-pk")
        ],
    )


def changed_since(unit_pk: int, month: date, version: int) -> Sequence[str]:
    """Codes of the rows that differ between a version of this form and the current one, in the order of the form."""
    rows = {row.pk: row for row in MonthlyForm.objects.filter(unit=unit_pk, month=month)}
    now: Mapping[str, Value] = next((row.values for row in rows.values() if row.superseded_at is None), {})
    before = rows[version].values if version in rows else {}
    return [field.code for field in form_fields.FIELDS if now.get(field.code) != before.get(field.code)]


def board(month: date, today: date) -> Sequence[BoardRow]:
    """Every perangkat daerah of the month by name, and how far its form is; ten queries however many there are."""
    day = standing_day(month, today)
    units = people.units_on(day, kinds=[UnitKind.AGENCY])
    pks = [unit.pk for unit in units]
    forms = {row.unit_id: row for row in MonthlyForm.objects.filter(month=month, superseded_at=None, unit__in=pks)}
    signed = {row.unit_id: row for row in MonthlySignature.objects.filter(month=month, ended_at=None, unit__in=pks)}
    present = with_presence(month, pks)
    heads = heads_on(day, pks)
    lost = {one.unit_key for one in headless(day)}
    names = accounts.names(row.filled_by for row in forms.values())
    found = []
    for unit in units:
        form, signature = forms.get(unit.pk), signed.get(unit.pk)
        gaps = form_fields.missing(form.values if form else {}, has_presence=unit.pk in present)
        since = signature.signed_at if signature else form.recorded_at if form else None
        found.append(
            BoardRow(
                unit=unit,
                state=_state(form.pk if form else 0, gaps, signed=signature is not None),
                since=since,
                missing=gaps,
                gaps=len(signature.gaps) if signature else 0,
                head=heads.get(unit.pk),
                headless=unit.key in lost,
                filled_by=names.get(form.filled_by, "") if form else "",
            )
        )
    return found


def head_counts(month: date, unit_pks: Collection[int] | None = None) -> Mapping[int, HeadCount]:
    """What heads counted by hand in the month, by unit pk; only whole counts that can be. None: every unit."""
    rows = MonthlyForm.objects.filter(month=month, superseded_at=None)
    if unit_pks is not None:
        rows = rows.filter(unit__in=unit_pks)
    found = {}
    for pk, values in rows.values_list("unit_id", "values"):
        numbers = [values.get(code) for code in form_fields.HEAD_COUNT]
        if all(isinstance(number, int) for number in numbers):
            found[pk] = HeadCount(*numbers)
    return found


def with_presence(month: date, unit_pks: Collection[int]) -> set[int]:
    """The units whose presence in the month is on file, so that nobody needs to count by hand."""
    rows = PresenceDay.objects.filter(unit__in=unit_pks, day__gte=month, day__lte=month_end(month), source__in=EVIDENCE)
    return set(rows.values_list("unit_id", flat=True).distinct())


def months_with_forms() -> Sequence[date]:
    """The months any form was begun for, newest first."""
    return list(MonthlyForm.objects.order_by("-month").values_list("month", flat=True).distinct())


def _state(version: int, gaps: Sequence[str], *, signed: bool) -> State:
    if signed:
        return State.SIGNED
    if not version:
        return State.NOT_STARTED
    return State.DRAFT if gaps else State.COMPLETE


def _form(row: MonthlyForm) -> FormRow:
    name = accounts.names([row.filled_by]).get(row.filled_by, "")
    return FormRow(row.pk, row.values, row.comment, name, row.recorded_at)


def _signature(row: MonthlySignature) -> SignatureRow:
    return SignatureRow(
        id=row.public_id,
        version=row.form_id,
        gaps=row.gaps,
        signed_by=row.signed_by,
        capacity=row.capacity,
        signed_at=row.signed_at,
        values_sha256=row.values_sha256,
        content=row.content,
        report_sha256=row.report_sha256,
        audit_head=row.audit_head,
        ended_at=row.ended_at,
        ended_reason=row.ended_reason,
    )
