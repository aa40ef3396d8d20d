"""The import kind `programs`: strategic programmes with their progress, each change a new version."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from luwes.apps.people.models import Unit
from luwes.apps.people.programmes import queries, wording
from luwes.apps.people.programmes.actions import Milestone, ProgramFacts, create_program, lock_programs, revise_programs
from luwes.apps.people.programmes.layout import EXAMPLE, LAYOUT
from luwes.apps.people.programmes.queries import ProgramRow
from luwes.apps.people.staff import units
from luwes.apps.people.staff.units import Unor, UnorBook
from luwes.apps.sources.kinds import SKIP, Comparison, ImportKind, Stage, Staged, Unmapped, Vocabulary
from luwes.apps.sources.ledger import noted
from luwes.apps.sources.models import ImportBatch
from luwes.apps.sources.reading import dates
from luwes.apps.sources.reading.contract import Reject
from luwes.core.names import name_key
from luwes.core.workdays.periods import DAY, Period

# "<date>: <name> (tercapai <date>)"; the last part only once it was reached.
_STEP = re.compile(r"(?P<due>[^:]{6,30}):\s*(?P<name>[^:]+?)\s*(?:\(\s*tercapai\s+(?P<reached>[^()]+?)\s*\))?")
HUNDREDTH = Decimal("0.01")


class _Refuse(ValueError):
    """A cell that makes the row unusable: our column, a code, the value."""

    def __init__(self, column: str, code: str, value: str) -> None:
        super().__init__(code)
        self.column, self.code, self.value = column, code, value


@dataclass(slots=True)
class Plan:
    """What confirming would do; rows by their number in the file."""

    book: UnorBook
    keys: Mapping[int, str]
    new: list[tuple[int, ProgramFacts]] = field(default_factory=list)
    changed: list[tuple[int, ProgramRow, ProgramFacts]] = field(default_factory=list)
    unchanged: int = 0
    skipped: int = 0
    rejects: list[Reject] = field(default_factory=list)
    unmapped: dict[Unor, list[int]] = field(default_factory=dict)
    notes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    newest: date | None = None


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against the programmes known; reads only."""
    return _comparison(_plan(stage))


def write(stage: Stage) -> Comparison:
    """Compare once more, then create programmes and save new versions of those that changed."""
    lock_programs()
    plan = _plan(stage)
    done = _comparison(plan)
    if not done.unmapped:
        reason = wording.from_file(ImportBatch.objects.values_list("file_name", flat=True).get(pk=stage.batch_pk))
        for _, facts in plan.new:
            create_program(facts=facts)
        revise_programs(changes={before.key: facts for _, before, facts in plan.changed}, reason=reason)
    return done


def _plan(stage: Stage) -> Plan:
    plan = Plan(UnorBook.read(stage.today), dict(Unit.objects.values_list("pk", "key")))
    said: dict[str, list[tuple[int, ProgramFacts]]] = defaultdict(list)
    for row in stage.rows():
        facts = _facts(row, stage, plan)
        if facts is not None:
            said[name_key(facts.name)].append((row.number, facts))
    known: dict[str, list[ProgramRow]] = defaultdict(list)
    for program in queries.programs():
        known[name_key(program.facts.name)].append(program)
    for key, rows in said.items():
        number, facts = rows[0]
        if any(other != facts for _, other in rows[1:]):
            plan.rejects.extend(_reject(number, "nama", "rows_differ", one.name) for number, one in rows)
            continue
        plan.notes["repeated_rows"].extend(number for number, _ in rows[1:])
        plan.unchanged += len(rows) - 1
        _sort(number, facts, _same(known[key], facts), plan, stage.today)
    return plan


def _same(programs: Sequence[ProgramRow], facts: ProgramFacts) -> Sequence[ProgramRow]:
    """The programmes of the name; where there are several, those of the owner."""
    return programs if len(programs) < 2 else [one for one in programs if one.facts.owner == facts.owner] or programs


def _sort(number: int, facts: ProgramFacts, known: Sequence[ProgramRow], plan: Plan, today: date) -> None:
    if len(known) > 1:
        plan.rejects.append(_reject(number, "nama", "program_ambiguous", facts.name))
        return
    if facts.as_of is not None:
        plan.newest = max(plan.newest or facts.as_of, facts.as_of)
        if facts.as_of > today:
            plan.notes["in_the_future"].append(number)
    if not known:
        plan.new.append((number, facts))
        return
    before = known[0].facts
    if facts.as_of is not None and before.as_of is not None and facts.as_of < before.as_of:
        plan.notes["older"].append(number)
        plan.unchanged += 1
        return
    merged = _merged(before, facts)
    if merged == before:
        plan.unchanged += 1
        return
    if (merged.physical_progress or 0) < (before.physical_progress or 0):
        plan.notes["progress_fell"].append(number)
    plan.changed.append((number, known[0], merged))


def _merged(before: ProgramFacts, said: ProgramFacts) -> ProgramFacts:
    """What the sheet says over what is known: an empty cell leaves what stands there."""
    return replace(
        said,
        name=before.name if name_key(before.name) == name_key(said.name) else said.name,
        team=said.team or before.team,
        milestones=said.milestones or before.milestones,
        as_of=said.as_of or before.as_of,
        physical_target=before.physical_target if said.physical_target is None else said.physical_target,
        physical_progress=before.physical_progress if said.physical_progress is None else said.physical_progress,
        money_target=before.money_target if said.money_target is None else said.money_target,
        money_progress=before.money_progress if said.money_progress is None else said.money_progress,
    )


def _facts(row: Staged, stage: Stage, plan: Plan) -> ProgramFacts | None:
    """One row as facts; None where it is skipped, refused, or names a unit nothing of ours answers to."""
    values = {name: "" if value is None else str(value) for name, value in row.values.items()}
    owner = Unor(values["kode_pemilik"], values["pemilik"], "")
    if stage.values.get(owner.value) == SKIP:
        plan.skipped += 1
        return None
    helpers = [Unor("", name, "") for part in values["tim"].split(";") if (name := " ".join(part.split()))]
    helpers = [one for one in helpers if stage.values.get(one.value) != SKIP]
    found = {one: plan.book.resolve(one, stage.values) for one in (owner, *helpers)}
    unknown = [one for one, pk in found.items() if pk is None]
    for one in unknown:
        plan.unmapped.setdefault(one, []).append(row.number)
    if unknown:
        return None
    keys = {one: plan.keys[pk] for one, pk in found.items() if pk is not None}
    team = sorted({keys[one] for one in helpers} - {keys[owner]})
    try:
        return _said(values, keys[owner], team)
    except _Refuse as refuse:
        plan.rejects.append(_reject(row.number, refuse.column, refuse.code, refuse.value))
        return None


def _said(values: Mapping[str, str], owner: str, team: Sequence[str]) -> ProgramFacts:
    first, last = date.fromisoformat(values["mulai"]), date.fromisoformat(values["sampai"])
    if last < first:
        raise _Refuse("sampai", "ends_before_start", values["sampai"])
    progress = values["capaian_fisik"] or values["capaian_keuangan"]
    if progress and not values["per_tanggal"]:
        raise _Refuse("per_tanggal", "as_of_missing", progress)
    return ProgramFacts(
        name=" ".join(values["nama"].split()),
        owner=owner,
        team=team,
        period=Period(first, last + DAY),
        milestones=_milestones(values["tonggak"]),
        as_of=date.fromisoformat(values["per_tanggal"]) if values["per_tanggal"] else None,
        physical_target=_percent(values["target_fisik"]),
        physical_progress=_percent(values["capaian_fisik"]),
        money_target=int(values["target_keuangan"]) if values["target_keuangan"] else None,
        money_progress=int(values["capaian_keuangan"]) if values["capaian_keuangan"] else None,
    )


def _milestones(text: str) -> list[Milestone]:
    """Read "<date>: <name> (tercapai <date>)", parted by semicolons, in the order of their dates."""
    found: dict[tuple[date, str], Milestone] = {}
    for part in (part.strip() for part in text.split(";") if part.strip()):
        match = _STEP.fullmatch(part)
        due = dates.day(match["due"].strip()) if match else None
        reached = dates.day(match["reached"]) if match and match["reached"] else None
        if match is None or due is None or (match["reached"] and reached is None):
            raise _Refuse("tonggak", "milestone_unread", part)
        found[due, match["name"]] = Milestone(due, match["name"], reached)
    return [found[key] for key in sorted(found)]


def _percent(text: str) -> Decimal | None:
    return Decimal(text).quantize(HUNDREDTH) if text else None


def _comparison(plan: Plan) -> Comparison:
    return Comparison(
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        skipped=plan.skipped,
        unmapped_rows=len({row for rows in plan.unmapped.values() for row in rows}),
        rejects=tuple(sorted(plan.rejects, key=lambda reject: reject.row)),
        unmapped=tuple(
            Unmapped(value=one.value, label=one.label, count=len(rows), row=rows[0], nearest=plan.book.nearest(one))
            for one, rows in plan.unmapped.items()
        ),
        findings=tuple(noted(plan.notes)),
        newest=plan.newest,
    )


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=LAYOUT.column(column).label, code=code, value=value[:40])


PROGRAMS_KIND = ImportKind(
    code="programs",
    label=wording.kind,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=("per_tanggal",),
    vocabulary=Vocabulary(
        name="unor",
        label=wording.vocabulary,
        columns=("kode_pemilik", "pemilik"),
        options=units.options,
        creatable=units.creatable,
        create=units.create,
    ),
    compare=compare,
    write=write,
    say=wording.say,
    max_rows=5_000,
    cadence_days=35,
    coverage=queries.progress_coverage,
    covers=wording.covers,
    affects=wording.affects,
)
