"""What one person has produced, for that person alone: results of a month, on which days, and which file says so."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luwes.apps.people.models import Employee
from luwes.apps.results.models import OutputRow, OwnOutput
from luwes.apps.schedule.models import PersonDay
from luwes.apps.sources.models import BatchState, ImportBatch
from luwes.core.exposure.states import FLEXIBLE
from luwes.core.indicators.outputs import OutputSums
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of the month with a result or a plan to work elsewhere; `away` says which plan held."""

    day: date
    away: bool
    count: int


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file behind the results."""

    name: str
    sender: str
    arrived: date


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """What the person noted; `replaced` where a file has come that tells the day."""

    id: str
    day: date
    label: str
    count: int
    replaced: bool


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """A person's results by label, daily and monthly rows alike, and by day where a row names one.

    `entries` are the person's own notes, newest day first; they are in no other figure.
    """

    name: str
    entries: Sequence[OwnEntry]
    lines: Sequence[tuple[str, OutputSums]]
    days: Sequence[OwnDay]
    files: Sequence[OwnFile]


def own_months(nip: str) -> Sequence[date]:
    """The months the person has results or notes of, oldest first."""
    days = OutputRow.objects.filter(superseded_at=None, employee__nip=nip).values_list("since", flat=True)
    noted = OwnOutput.objects.filter(superseded_at=None, employee__nip=nip).values_list("day", flat=True)
    return sorted({day.replace(day=1) for day in [*days.distinct(), *noted.distinct()]})


def own_month(nip: str, month: date) -> OwnMonth | None:
    """The month that begins on `month` of the person with this NIP; None where no employee has it."""
    person = Employee.objects.filter(nip=nip).first()
    if person is None:
        return None
    end = next_month(month)
    rows = OutputRow.objects.filter(superseded_at=None, employee=person, since__gte=month, since__lt=end)
    spans: list[tuple[date, date]] = []
    sums: dict[str, OutputSums] = {}
    counts: Counter[date] = Counter()
    batches = set()
    for row in rows:
        targeted = 0 if row.target is None else row.count
        sums[row.label] = sums.get(row.label, OutputSums()) + OutputSums(row.count, targeted, row.target or 0)
        batches.add(row.batch_id)
        spans.append((row.since, row.until))
        if row.until - row.since == DAY:
            counts[row.since] += row.count
    planned = PersonDay.objects.filter(employee=person, superseded_at=None, yields_to="", state__in=FLEXIBLE)
    away = set(planned.filter(day__gte=month, day__lt=end).values_list("day", flat=True))
    return OwnMonth(
        name=person.name,
        entries=[
            OwnEntry(
                row.public_id,
                row.day,
                row.label,
                row.count,
                any(since <= row.day < until for since, until in spans),
            )
            for row in OwnOutput.objects.filter(
                employee=person, superseded_at=None, day__gte=month, day__lt=end
            ).order_by("-day", "label")
        ],
        lines=sorted(sums.items()),
        days=[OwnDay(day, day in away, counts[day]) for day in sorted(away | set(counts))],
        files=[
            OwnFile(batch.file_name, batch.source.name, batch.staged_at.date())
            for batch in ImportBatch.objects.filter(pk__in=batches).select_related("source").order_by("pk")
        ],
    )


def last_outputs_arrival() -> date | None:
    """When results of anybody last came in."""
    rows = ImportBatch.objects.filter(source__kind="outputs", state=BatchState.CONFIRMED)
    newest = rows.order_by("-staged_at").values_list("staged_at", flat=True).first()
    return newest.date() if newest else None
