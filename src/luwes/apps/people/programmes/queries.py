"""Reads of strategic programmes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from luwes.apps.people.models import ProgramVersion
from luwes.apps.people.programmes.actions import Milestone, ProgramFacts
from luwes.apps.sources.kinds import Coverage
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import Period


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """One version of a programme."""

    key: str
    number: int
    facts: ProgramFacts
    reason: str
    recorded_at: datetime


def programs(known_at: datetime | None = None) -> Sequence[ProgramRow]:
    """Every programme as known now, or as known at an instant; the one ending first stands first."""
    known = Q(superseded_at=None)
    if known_at is not None:
        known = Q(recorded_at__lte=known_at) & (known | Q(superseded_at__gt=known_at))
    return _rows(ProgramVersion.objects.filter(known))


def programs_on(day: date, units: Sequence[str], known_at: datetime | None = None) -> Sequence[ProgramRow]:
    """Programmes that run on the day and are owned by, or worked on in, one of the units."""
    return [
        row
        for row in programs(known_at)
        if day in row.facts.period and (row.facts.owner in units or set(row.facts.team) & set(units))
    ]


def versions_of(key: str) -> Sequence[ProgramRow]:
    """Every version of a programme, newest first; [] for an unknown key."""
    return sorted(_rows(ProgramVersion.objects.filter(program__key=key)), key=lambda row: -row.number)


def progress_coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """Of the programmes running in a month, how many told their progress on a day of it, in any version."""
    running = [(row.key, row.facts.period) for row in programs()]
    told = {
        (key, as_of.replace(day=1))
        for key, as_of in ProgramVersion.objects.filter(as_of__isnull=False).values_list("program__key", "as_of")
        if as_of is not None
    }
    found: dict[date, Coverage] = {}
    for month in months:
        span = Period(month, next_month(month))
        keys = [key for key, period in running if period.overlaps(span)]
        found[month] = Coverage(sum((key, month) in told for key in keys), len(keys))
    return found


def _rows(versions: QuerySet[ProgramVersion]) -> list[ProgramRow]:
    found = versions.select_related("program", "owner").prefetch_related("milestones")
    rows = [_row(version) for version in found]
    return sorted(rows, key=lambda row: (row.facts.period.end or date.max, row.facts.name, row.key))


def _row(version: ProgramVersion) -> ProgramRow:
    steps = sorted(version.milestones.all(), key=lambda step: (step.due, step.name))
    return ProgramRow(
        key=version.program.key,
        number=version.number,
        facts=ProgramFacts(
            name=version.name,
            owner=version.owner.key,
            team=list(version.team),
            period=Period(version.period.lower, version.period.upper),
            milestones=[Milestone(step.due, step.name, step.reached) for step in steps],
            as_of=version.as_of,
            physical_target=version.physical_target,
            physical_progress=version.physical_progress,
            money_target=version.money_target,
            money_progress=version.money_progress,
        ),
        reason=version.reason,
        recorded_at=version.recorded_at,
    )
