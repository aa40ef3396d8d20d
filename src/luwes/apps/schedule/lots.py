"""The import kind `lots`: what was drawn, in which strata, among how many, when and with which seed."""

from dataclasses import dataclass, field
from datetime import date

from luwes.apps.audit.unit_of_work import current
from luwes.apps.schedule import wording
from luwes.apps.schedule.layout import LOTS, LOTS_EXAMPLE
from luwes.apps.schedule.models import LotRecord
from luwes.apps.sources.kinds import NO_CODES, Comparison, Finding, ImportKind, Stage, Staged
from luwes.apps.sources.reading.contract import Reject

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One stratum of one lot as a file states it."""

    row: int
    code: str
    stratum: str
    said: tuple[str, int, int, date, str]

    @property
    def key(self) -> Key:
        return (self.code, self.stratum)


@dataclass(slots=True)
class Plan:
    """What confirming would do; `superseded` are current rows that a drawing corrects."""

    new: list[Drawing] = field(default_factory=list)
    changed: list[Drawing] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    unchanged: int = 0
    repeated: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    newest: date | None = None


def compare(stage: Stage) -> Comparison:
    """Hold the staged lots against what is stored; reads only."""
    return _comparison(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more and store; a corrected lot supersedes, its earlier form stays readable."""
    plan, now = _plan(stage), current().now
    superseded = [*plan.superseded, *(plan.gone if stage.withdraw_gone else [])]
    LotRecord.objects.filter(pk__in=superseded).update(superseded_at=now)
    LotRecord.objects.bulk_create(
        LotRecord(
            code=one.code,
            stratum=one.stratum,
            drawn=one.said[0],
            candidates=one.said[1],
            winners=one.said[2],
            drawn_on=one.said[3],
            seed=one.said[4],
            batch_id=stage.batch_pk,
            row_number=one.row,
            recorded_at=now,
        )
        for one in (*plan.new, *plan.changed)
    )
    return _comparison(plan)


def _plan(stage: Stage) -> Plan:
    plan = Plan()
    read: dict[Key, list[Drawing]] = {}
    for row in stage.rows():
        drawing = _drawing(row)
        if drawing.said[2] > drawing.said[1]:
            value = str(drawing.said[2])
            plan.rejects.append(_reject(row.number, "terpilih", "more_winners", value))
        else:
            read.setdefault(drawing.key, []).append(drawing)
    stored = {
        (row.code, row.stratum): row for row in LotRecord.objects.filter(superseded_at=None).select_related("batch")
    }
    for key, same in read.items():
        if len({one.said for one in same}) > 1:
            plan.rejects.extend(_reject(one.row, "kode_undian", "lots_differ", one.code) for one in same)
            continue
        plan.repeated.extend(one.row for one in same[1:])
        known = stored.get(key)
        if known is None:
            plan.new.append(same[0])
        elif (known.drawn, known.candidates, known.winners, known.drawn_on, known.seed) == same[0].said:
            plan.unchanged += 1
        else:
            plan.changed.append(same[0])
            plan.superseded.append(known.pk)
    codes = {code for code, _ in read}
    # A file of one lot says nothing about the others.
    plan.gone = [
        row.pk
        for key, row in stored.items()
        if key not in read and row.code in codes and row.batch.source_id == stage.source_pk
    ]
    plan.newest = max((one.said[3] for same in read.values() for one in same), default=None)
    return plan


def _drawing(row: Staged) -> Drawing:
    values = row.values
    said = (
        str(values["diundi"]),
        int(values["calon"] or 0),
        int(values["terpilih"] or 0),
        date.fromisoformat(str(values["tanggal"])),
        str(values["benih"])[:80],
    )
    return Drawing(row.number, str(values["kode_undian"])[:60], str(values["strata"] or "")[:120], said)


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
    return Reject(row=number, column=LOTS.column(column).label, code=code, value=value[:40])


LOTS_KIND = ImportKind(
    code="lots",
    label=wording.lots_kind,
    layout=LOTS,
    example=LOTS_EXAMPLE,
    asked=(),
    vocabulary=NO_CODES,
    compare=compare,
    write=write,
    say=wording.say,
    max_rows=20_000,
)
