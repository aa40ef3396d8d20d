"""The import kind `punches`: what machines and phones recorded, stored as events that are never corrected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luwes.apps.attendance import punch_file, punch_wording
from luwes.apps.attendance.models import MonthRun, StagedPunch
from luwes.apps.attendance.punch_people import Who, whoever
from luwes.apps.attendance.punch_rows import nights_of, rows_of
from luwes.apps.attendance.punch_store import WRITTEN, File, Number, days_with_punches, machines_of, numbers_of
from luwes.apps.attendance.tasks import ask_for
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.calendars import queries as calendars
from luwes.apps.sources.kinds import NO_CODES, Comparison, Coverage, Finding, ImportKind, Stage
from luwes.apps.sources.reading.contract import Reject
from luwes.core.workdays.calendar import Pattern
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY

_COLUMN_OF = {"badge_unknown": "nip", "in_the_future": "waktu", "time_missing": "waktu", "out_before_in": "pulang"}


@dataclass(frozen=True, slots=True)
class _Read:
    """A staged file with whom its numbers mean; `unknown` numbers mean nobody, `rows` can be stored.

    `notes` are the codes of which something may be to tell; `quiet` rows tell of a day without any punch.
    """

    file: File
    numbers: Mapping[str, Number]
    span: tuple[date, date]
    unknown: Sequence[str]
    rows: int
    notes: Sequence[str]
    quiet: tuple[int, tuple[int, ...]]


def compare(stage: Stage) -> Comparison:
    """Hold the staged punches against those stored; reads only."""
    read = _read(stage)
    if read is None:
        return Comparison()
    distinct = read.file.distinct()
    known = read.file.known(*read.span) if read.file.any_stored(*read.span) else 0
    return _comparison(read, new=distinct - known, repeated=read.rows - distinct)


def write(stage: Stage) -> Comparison:
    """Store the punches that are not stored yet; their months are reckoned anew in the background."""
    read = _read(stage)
    if read is None:
        return Comparison()
    some_stored = read.file.any_stored(*read.span)
    new = read.file.store(current().now, some_stored=some_stored)
    repeated = read.rows - (read.file.distinct() if some_stored else new)
    if new:
        ask_for(_open_months(*read.span))
    return _comparison(read, new=new, repeated=repeated)


def _read(stage: Stage) -> _Read | None:
    reading = rows_of(stage.batch_pk)
    numbers = numbers_of(reading, today=stage.today)
    quiet = reading.quiet()
    if not numbers and not quiet[0]:
        return None
    # A file in which no row tells a time has no days; any will do to say so.
    first = min((one.first for one in numbers.values() if one.first), default=stage.today)
    last = max((one.last for one in numbers.values() if one.last), default=stage.today)
    who = whoever(list(numbers), lambda few: machines_of(stage.batch_pk, few), first, last)
    if reading.paired:
        # Whose leaving is the next morning's is known once the numbers mean somebody.
        reading = replace(reading, nights=nights_of(stage.batch_pk, who))
        numbers = numbers_of(reading, today=stage.today)
        who = [one for one in who if one.number in numbers]
        quiet = reading.quiet()
    closed = _closed(first, last)
    file = File.of(reading, who, today=stage.today, closed=closed)
    meant = {one.number: numbers[one.number] for one in who}
    if any(one.device is not None for one in who):
        # A number may mean somebody on one machine and nobody on the next.
        rows = file.events()
    else:
        rows = sum(one.rows - one.untimely for one in meant.values())
    notes = [code for code in WRITTEN if any(one.noted.get(code) for one in meant.values())]
    if any(_may_be_outside(one, numbers[one.number]) for one in who):
        notes.append("not_in_service")
    if closed:
        notes.append("month_closed")
    # Another zone's midnight may lie a day off.
    span = (first - DAY, last + DAY) if any(one.zoned for one in meant.values()) else (first, last)
    return _Read(file, numbers, span, [number for number in numbers if number not in meant], rows, notes, quiet)


def _may_be_outside(who: Who, number: Number) -> bool:
    if not who.outside or number.first is None or number.last is None:
        return False
    return who.since <= number.last and number.first < who.until


def _comparison(read: _Read, *, new: int, repeated: int) -> Comparison:
    total = sum(number.rows for number in read.numbers.values())
    return Comparison(
        new=new,
        unchanged=read.rows - new + read.quiet[0],
        rejects=tuple(_rejects(read.file)) if read.rows < total else (),
        rejected_rows=total - read.rows,
        findings=tuple(_findings(read, repeated)),
        newest=max((number.last for number in read.numbers.values() if number.last), default=None),
    )


def _findings(read: _Read, repeated: int) -> Iterator[Finding]:
    if read.unknown:
        rows = sum(read.numbers[number].rows for number in read.unknown)
        yield Finding("badges_unknown", {"count": len(read.unknown), "rows": rows})
    if repeated:
        yield Finding("repeated_rows", {"count": repeated}, read.file.repeated())
    for code in read.notes:
        count, told = read.file.noted(code)
        if count:
            yield Finding(code, {"count": count}, told)
    if read.quiet[0]:
        yield Finding("day_without_punch", {"count": read.quiet[0]}, read.quiet[1])


def _rejects(file: File) -> Iterator[Reject]:
    for one in file.unstored():
        yield Reject(one.row, punch_file.LAYOUT.column(_COLUMN_OF[one.code]).label, one.code, one.value[:40])


def _open_months(first: date, last: date) -> list[date]:
    """The months of the span that punches are on file for and that are not closed."""
    closed = _closed(first, last)
    months = []
    month = first.replace(day=1)
    while month <= last:
        days = [month + n * DAY for n in range((next_month(month) - month).days)]
        if month not in closed and days_with_punches(days):
            months.append(month)
        month = next_month(month)
    return months


def _closed(first: date, last: date) -> list[date]:
    """Months of the span that were closed: what comes late for them changes no figure until they are reopened."""
    runs = MonthRun.objects.filter(final=True, finished_at__isnull=False, reopened_at=None)
    return list(runs.filter(month__gte=first.replace(day=1), month__lte=last).values_list("month", flat=True))


def coverage(months: Sequence[date]) -> Mapping[date, Coverage]:
    """On how many of the working days of each month anybody has a punch; a month without a calendar is not told."""
    calendar = calendars.calendar()
    days = {
        month: list(calendar.working_days(month, next_month(month), Pattern.FIVE))
        for month in months
        if month.year in calendar.years
    }
    having = days_with_punches([day for working in days.values() for day in working])
    return {month: Coverage(len(having & set(working)), len(working)) for month, working in days.items()}


PUNCHES = ImportKind(
    code="punches",
    label=punch_wording.kind,
    layout=punch_file.LAYOUT,
    example=punch_file.EXAMPLE,
    asked=(),
    vocabulary=NO_CODES,
    compare=compare,
    write=write,
    say=punch_wording.say,
    personal=True,
    spellings=punch_file.SPELLINGS,
    own_stage=StagedPunch,
    cadence_days=10,
    coverage=coverage,
    covers=punch_wording.covers,
    affects=punch_wording.affects,
)
