"""Writes of strategic programmes: each save is a new version, the old ones stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.actions import NoSuchUnit
from luwes.apps.people.changes import announce
from luwes.apps.people.models import ProgramMilestone, ProgramVersion, StrategicProgram, Unit
from luwes.core.workdays.periods import Period


class NoSuchProgram(Refused):
    """There is no such programme."""

    code = "no_such_program"


class StaleProgram(Refused):
    """Somebody saved a newer version since the form was shown."""

    code = "stale_program"


class NameMissing(Refused):
    """A programme needs a name."""

    code = "program_name_missing"


class ProgressWithoutDate(Refused):
    """Progress is a figure of a date, which is missing."""

    code = "progress_without_date"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step: what is due when, and when it was reached (None: not yet)."""

    due: date
    name: str
    reached: date | None = None


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """What one version says. Physical figures are percent, money is whole rupiah, `team` are unit keys."""

    name: str
    owner: str
    team: Sequence[str]
    period: Period
    milestones: Sequence[Milestone] = ()
    as_of: date | None = None
    physical_target: Decimal | None = None
    physical_progress: Decimal | None = None
    money_target: int | None = None
    money_progress: int | None = None


def create_program(*, facts: ProgramFacts) -> str:
    """Record a new programme; gives its key. Raises NameMissing, NoSuchUnit, ProgressWithoutDate."""
    owner = _checked(facts)
    program = StrategicProgram.objects.create()
    _store(program, 1, owner, facts, "")
    announce(kind="program", subject=program.key, unit=facts.owner, period=facts.period)
    record(action="program.created", subject=program.key, facts=_said(facts, 1))
    return program.key


def change_program(*, key: str, number: int, facts: ProgramFacts, reason: str = "") -> None:
    """Save a new version over version `number`, which the form was made from.

    Raises NoSuchProgram, StaleProgram and what `create_program` raises.
    """
    owner = _checked(facts)
    found = StrategicProgram.objects.filter(key=key).first()
    program = locking.lock_row(StrategicProgram, found.pk) if found else None
    if program is None:
        raise NoSuchProgram(key)
    old = ProgramVersion.objects.get(program=program, superseded_at=None)
    if old.number != number:
        raise StaleProgram(key)
    _replace(old, owner, facts, reason)


def revise_programs(*, changes: Mapping[str, ProgramFacts], reason: str) -> None:
    """Save new versions of several programmes at once, by their keys, as one file tells them.

    The caller has locked all programmes (`lock_programs`) before it compared. Raises what `create_program` raises.
    """
    olds = ProgramVersion.objects.filter(program__key__in=changes, superseded_at=None).select_related("program")
    for old in olds.order_by("program"):
        facts = changes[old.program.key]
        _replace(old, _checked(facts), facts, reason)


def lock_programs() -> None:
    """Keep every programme from being changed by others until this unit of work ends.

    For files, whose import has taken its own locks already. Nobody else ever waits for anything while holding a
    programme, so taking these later cannot close a circle.
    """
    list(StrategicProgram.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _replace(old: ProgramVersion, owner: Unit, facts: ProgramFacts, reason: str) -> None:
    program, number = old.program, old.number
    old.superseded_at = current().now
    old.save(update_fields=["superseded_at"])
    _store(program, number + 1, owner, facts, reason)
    # Days of the old run are touched as much as those of the new one.
    for period in {Period(old.period.lower, old.period.upper), facts.period}:
        announce(kind="program", subject=program.key, unit=facts.owner, period=period)
    record(action="program.changed", subject=program.key, facts=_said(facts, number + 1), basis=reason)


def _checked(facts: ProgramFacts) -> Unit:
    access.require_whole(current().actor, Right.MANAGE_CALENDAR)
    if not facts.name.strip():
        raise NameMissing
    if facts.as_of is None and (facts.physical_progress is not None or facts.money_progress is not None):
        raise ProgressWithoutDate
    known = {unit.key: unit for unit in Unit.objects.filter(key__in=[facts.owner, *facts.team])}
    for key in (facts.owner, *facts.team):
        if key not in known:
            raise NoSuchUnit(key)
    return known[facts.owner]


def _store(program: StrategicProgram, number: int, owner: Unit, facts: ProgramFacts, reason: str) -> None:
    version = ProgramVersion.objects.create(
        program=program,
        number=number,
        name=facts.name.strip(),
        owner=owner,
        team=sorted(set(facts.team)),
        period=DateRange(facts.period.start, facts.period.end, "[)"),
        as_of=facts.as_of,
        physical_target=facts.physical_target,
        physical_progress=facts.physical_progress,
        money_target=facts.money_target,
        money_progress=facts.money_progress,
        reason=reason,
        recorded_at=current().now,
    )
    ProgramMilestone.objects.bulk_create(
        ProgramMilestone(version=version, due=one.due, name=one.name, reached=one.reached) for one in facts.milestones
    )


def _said(facts: ProgramFacts, number: int) -> dict[str, str | int]:
    return {"unit": facts.owner, "version": number, "milestones": len(facts.milestones)}
