"""The import kind `badges`: whom the numbers mean that presensi machines know instead of a NIP."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from luwes.apps.attendance import punch_wording
from luwes.apps.attendance.models import Badge
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import Employee
from luwes.apps.people.staff import swift
from luwes.apps.sources.kinds import NO_CODES, Comparison, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Revision, Stored, comparison, revise
from luwes.apps.sources.reading.contract import Reject
from luwes.apps.sources.reading.layout import Column, Layout
from luwes.core.nip import NotANip, parse_nip

LONGEST = 40
LAYOUT = Layout(
    kind="badges",
    columns=(
        Column(
            *("badge", "Nomor badge", "code", True),
            aliases=("Badge Number", "No Badge", "AC-No.", "AC No", "PIN", "Enroll Number", "ID Mesin", "ID Absen"),
        ),
        Column(
            *("mesin", "Nomor seri mesin", "code", False),
            aliases=("SN", "Serial Number", "Mesin", "Nomor Mesin", "No Mesin"),
        ),
        Column("nip", "NIP", "code", True, ("NIP Baru", "NIP/NI PPPK", "NIP Pegawai")),
    ),
    key=("badge", "nip"),
)
EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {"badge": "00045", "mesin": "0012345", "nip": "199503172020032001"},
    {"badge": "10731", "nip": "199011052015042002"},
)


@dataclass(slots=True)
class Plan:
    """What confirming would do; `said` by row number: number, machine, person."""

    said: dict[int, tuple[str, str, int]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    revision: Revision = field(default_factory=Revision)


def compare(stage: Stage) -> Comparison:
    """Hold the list against the one that holds; reads only."""
    return _comparison(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Store what is new or changed. Punches that were refused for their number come with their file once more."""
    plan = _plan(stage)
    now = current().now
    superseded = plan.revision.superseded(withdraw_gone=stage.withdraw_gone)
    Badge.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
    inserts = [(entry.row, *plan.said[entry.row]) for entry in plan.revision.inserts]
    rows = [
        Badge(
            badge=badge, device=device, employee_id=employee, batch_id=stage.batch_pk, row_number=row, recorded_at=now
        )
        for row, badge, device, employee in inserts
    ]
    swift.insert(Badge, rows)
    return _comparison(plan)


def _plan(stage: Stage) -> Plan:
    plan = Plan()
    people = dict(Employee.objects.values_list("nip", "pk"))
    for row in stage.rows():
        _read(row, people, plan)
    entries = [Entry((badge, device), (employee,), row) for row, (badge, device, employee) in plan.said.items()]
    stored: dict[tuple[Hashable, ...], Stored] = {
        (badge, device): Stored(pk, (employee,), source)
        for pk, badge, device, employee, source in Badge.objects.filter(superseded_at=None).values_list(
            "pk", "badge", "device", "employee_id", "batch__source_id"
        )
    }
    plan.revision = revise(entries, stored, source_pk=stage.source_pk)
    return plan


def _read(row: Staged, people: Mapping[str, int], plan: Plan) -> None:
    badge, device, nip = (str(row.values[name] or "") for name in ("badge", "mesin", "nip"))
    for column, text in (("badge", badge), ("mesin", device)):
        if len(text) > LONGEST:
            plan.rejects.append(_reject(row.number, column, "number_too_long", text))
            return
    try:
        employee = people.get(parse_nip(nip).digits)
    except NotANip:
        plan.rejects.append(_reject(row.number, "nip", "not_a_nip", nip))
        return
    if employee is None:
        plan.rejects.append(_reject(row.number, "nip", "employee_unknown", nip))
    else:
        plan.said[row.number] = (badge, device, employee)


def _comparison(plan: Plan) -> Comparison:
    return comparison(plan.revision, clash_column=LAYOUT.column("badge").label, rejects=plan.rejects)


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=LAYOUT.column(column).label, code=code, value=value[:40])


BADGES = ImportKind(
    code="badges",
    label=punch_wording.badges_kind,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=NO_CODES,
    compare=compare,
    write=write,
    say=punch_wording.say_of_badges,
    max_rows=100_000,
    personal=True,
    affects=punch_wording.badges_affect,
)
