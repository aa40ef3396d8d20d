"""The import kind `discipline`: who serves a disciplinary measure, or is in process of one."""

from dataclasses import dataclass, field
from datetime import date

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import DisciplineRecord, Employee
from luwes.apps.people.staff import wording
from luwes.apps.people.staff.layout import DISCIPLINE, DISCIPLINE_EXAMPLE
from luwes.apps.sources.kinds import NO_CODES, Comparison, Finding, ImportKind, Stage, Staged
from luwes.apps.sources.reading.contract import Reject
from luwes.core.nip import NotANip, parse_nip

Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as a file states it."""

    row: int
    employee: int
    level: str
    starts: date
    ends: date | None
    in_process: bool

    @property
    def key(self) -> Key:
        return (self.employee, self.starts)

    @property
    def said(self) -> tuple[str, date | None, bool]:
        return (self.level, self.ends, self.in_process)


@dataclass(slots=True)
class Plan:
    """What confirming would do; `superseded` are current rows that a measure corrects."""

    new: list[Measure] = field(default_factory=list)
    changed: list[Measure] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    unchanged: int = 0
    repeated: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    newest: date | None = None


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    return _comparison(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more and store; corrections supersede, nothing is updated."""
    plan, now = _plan(stage), current().now
    superseded = [*plan.superseded, *(plan.gone if stage.withdraw_gone else [])]
    DisciplineRecord.objects.filter(pk__in=superseded).update(superseded_at=now)
    DisciplineRecord.objects.bulk_create(
        [
            DisciplineRecord(
                employee_id=one.employee,
                level=one.level,
                starts=one.starts,
                ends=one.ends,
                in_process=one.in_process,
                batch_id=stage.batch_pk,
                row_number=one.row,
                recorded_at=now,
            )
            for one in (*plan.new, *plan.changed)
        ],
        batch_size=1_000,
    )
    return _comparison(plan)


def _plan(stage: Stage) -> Plan:
    plan = Plan()
    people = dict(Employee.objects.values_list("nip", "pk"))
    read: dict[Key, list[Measure]] = {}
    for row in stage.rows():
        measure = _measure(row, people, plan)
        if measure is not None:
            read.setdefault(measure.key, []).append(measure)
    current_rows = DisciplineRecord.objects.filter(superseded_at=None).select_related("batch")
    stored = {(row.employee_id, row.starts): row for row in current_rows}
    for key, same in read.items():
        if len({one.said for one in same}) > 1:
            plan.rejects.extend(_reject(one.row, "nip_baru", "rows_differ", "") for one in same)
            continue
        plan.repeated.extend(one.row for one in same[1:])
        known = stored.get(key)
        if known is None:
            plan.new.append(same[0])
        elif (known.level, known.ends, known.in_process) == same[0].said:
            plan.unchanged += 1
        else:
            plan.changed.append(same[0])
            plan.superseded.append(known.pk)
    plan.gone = [row.pk for key, row in stored.items() if key not in read and row.batch.source_id == stage.source_pk]
    plan.newest = max((starts for _, starts in read), default=None)
    return plan


def _measure(row: Staged, people: dict[str, int], plan: Plan) -> Measure | None:
    values = row.values
    text = str(values["nip_baru"])
    try:
        digits = parse_nip(text).digits
    except NotANip:
        plan.rejects.append(_reject(row.number, "nip_baru", "not_a_nip", text))
        return None
    employee = people.get(digits)
    if employee is None:
        plan.rejects.append(_reject(row.number, "nip_baru", "employee_unknown", digits))
        return None
    starts = date.fromisoformat(str(values["mulai"]))
    ends = date.fromisoformat(str(values["sampai"])) if values["sampai"] else None
    if ends is not None and ends <= starts:
        plan.rejects.append(_reject(row.number, "sampai", "ends_before_start", ends.isoformat()))
        return None
    level = str(values["tingkat"]).casefold()
    return Measure(row.number, employee, level, starts, ends, values["dalam_proses"] == "Ya")


def _comparison(plan: Plan) -> Comparison:
    findings: tuple[Finding, ...] = ()
    if plan.repeated:
        findings = (Finding("repeated_rows", {"count": len(plan.repeated)}, tuple(plan.repeated[:20])),)
    return Comparison(
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged + len(plan.repeated),
        gone=len(plan.gone),
        rejects=tuple(sorted(plan.rejects, key=lambda reject: reject.row)),
        findings=findings,
        newest=plan.newest,
    )


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=DISCIPLINE.column(column).label, code=code, value=value[:40])


DISCIPLINE_KIND = ImportKind(
    code="discipline",
    label=wording.discipline_kind,
    layout=DISCIPLINE,
    example=DISCIPLINE_EXAMPLE,
    asked=(),
    vocabulary=NO_CODES,
    compare=compare,
    write=write,
    say=wording.say,
    max_rows=20_000,
    personal=True,
)
