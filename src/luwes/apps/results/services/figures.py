"""The sums of services per day, written anew for the services and days that were touched."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date

from django.db.models import Q

from luwes.apps.audit.unit_of_work import current
from luwes.apps.results.measures import AnswerSums, CaseSums, Measure, OpenSums, WaitSums, as_minutes
from luwes.apps.results.models import OpeningDay, QrAnswer, QueueDay, ServiceCase, ServiceFigure, SurveyAnswer
from luwes.apps.results.services import moments
from luwes.apps.results.services.catalogue import Catalogue, Days
from luwes.apps.results.services.stored import Pair, bounds, store
from luwes.apps.results.services.witnesses import follow_record
from luwes.apps.sources.kinds import Coverage
from luwes.core.indicators.queue import QueueSums
from luwes.core.indicators.speed import Case, count_cases
from luwes.core.indicators.sums import sum_by
from luwes.core.indicators.survey import sum_answers
from luwes.core.services.opentime import minutes_in, minutes_kept
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY, Period

# Above this an answer is content: the scale has no middle, 1 and 2 are complaints.
MIDDLE = 2
UNTOLD = "tidak disebut"
# The instrument, where answers of several stand in one figure.
BY_POSTER = "survei QR"


def sum_cases(pairs: Set[Pair]) -> None:
    """Write `within_time` anew. What is due today or later is not counted: the day is not over yet."""
    if not pairs:
        return
    through = current().today - DAY
    opened: Counter[Pair] = Counter()
    closed: Counter[Pair] = Counter()
    counting: dict[Pair, list[Case]] = defaultdict(list)
    for service, case in _cases(pairs):
        opened[service, case.opened.date()] += 1
        if case.closed is not None:
            closed[service, case.closed.date()] += 1
        if case.due is None or case.due.date() <= through:
            counting[service, (case.due or case.opened).date()].append(case)
    rows = {}
    for pair in pairs & {*opened, *closed, *counting}:
        counts = count_cases(counting[pair], Period(pair[1], pair[1] + DAY), through)
        sums = CaseSums(counts, opened[pair], closed[pair])
        rows[pair] = (counts.on_time, counts.due, sums.to_json())
    store(Measure.WITHIN_TIME, pairs, rows)


def _cases(pairs: Set[Pair]) -> Iterable[tuple[int, Case]]:
    """The current cases that are opened, due or closed within the days of the pairs."""
    services, first, last = bounds(pairs)
    span = (moments.at(first, 0), moments.end_of(last))
    near = Q(opened_at__range=span) | Q(due_at__range=span) | Q(closed_at__range=span)
    columns = ("service_id", "opened_at", "due_at", "closed_at", "whole_days", "due_given")
    rows = ServiceCase.objects.filter(near, superseded_at=None, service__in=services).values_list(*columns)
    for service, opened, due, closed, whole_days, due_given in rows.iterator(chunk_size=10_000):
        yield (
            service,
            Case(
                opened=moments.local(opened),
                due=None if due is None else moments.local(due),
                closed=None if closed is None else moments.local(closed),
                whole_days=whole_days,
                due_reckoned=due is not None and not due_given,
            ),
        )


def sum_queues(pairs: Set[Pair]) -> None:
    """Write `queue_wait` anew: counts per minute over all points of a service."""
    if not pairs:
        return
    services, first, last = bounds(pairs)
    rows = QueueDay.objects.filter(superseded_at=None, service__in=services, day__range=(first, last))
    columns = ("service_id", "day", "arrived", "called", "served", "waits", "serving")
    sums = sum_by(
        ((service, day), WaitSums(QueueSums(came, called, served, as_minutes(waits)), as_minutes(serving)))
        for service, day, came, called, served, waits, serving in rows.values_list(*columns)
        if (service, day) in pairs
    )
    store(Measure.QUEUE_WAIT, pairs, {pair: (0, 0, found.to_json()) for pair, found in sums.items()})


def sum_surveys(pairs: Set[Pair]) -> None:
    """Write `survey` anew from the answers of all sources: those of files, and those of QR posters.

    Flagged answers count and are counted beside; who shows the figure can take them out.
    """
    if not pairs:
        return
    services, first, last = bounds(pairs)
    rows = SurveyAnswer.objects.filter(superseded_at=None, service__in=services, day__range=(first, last))
    found: dict[Pair, list[SurveyAnswer | QrAnswer]] = defaultdict(list)
    for row in rows.iterator(chunk_size=10_000):
        if (row.service_id, row.day) in pairs:
            found[row.service_id, row.day].append(row)
    # None arrives before it is said, so the time of arrival, which has an index, bounds the search.
    sent = QrAnswer.objects.filter(received_at__gte=moments.at(first, 0), day__range=(first, last))
    for one in sent.filter(poster__point__service__in=services).select_related("poster__point"):
        if (one.poster.point.service_id, one.day) in pairs:
            found[one.poster.point.service_id, one.day].append(one)
    store(Measure.SURVEY, pairs, {pair: _answers(answers) for pair, answers in found.items()})


def _answers(rows: Sequence[SurveyAnswer | QrAnswer]) -> tuple[int, int, dict[str, object]]:
    kept = of = 0
    flagged, flagged_served = [0, 0, 0], [0, 0]
    channels: dict[str, int] = defaultdict(int)
    table = {"served": [0, 0], "promised": [0, 0], "content": [0, 0, 0, 0]}
    for row in rows:
        channels[BY_POSTER if isinstance(row, QrAnswer) else row.channel or UNTOLD] += 1
        given = [value for value in row.elements if value is not None]
        if row.was_served is not None:
            table["served"][row.was_served] += 1
        if row.as_promised is not None:
            table["promised"][row.as_promised] += 1
        if row.satisfied is not None:
            table["content"][row.satisfied - 1] += 1
            given = given or [row.satisfied]
        content = sum(given) > MIDDLE * len(given)
        of += bool(given)
        kept += content
        if isinstance(row, QrAnswer) and row.flags:
            flagged = [flagged[0] + content, flagged[1] + bool(given), flagged[2] + 1]
            if row.was_served is not None:
                flagged_served[row.was_served] += 1
    sums = AnswerSums(
        answers=len(rows),
        survey=sum_answers(row.elements for row in rows if row.elements),
        served=tuple(table["served"]),
        promised=tuple(table["promised"]),
        content=tuple(table["content"]),
        channels=dict(sorted(channels.items())),
        flagged=tuple(flagged),
        flagged_served=tuple(flagged_served),
    )
    return kept, of, sums.to_json()


def sum_openings(pairs: Set[Pair], catalogue: Catalogue | None = None) -> None:
    """Write `hours_kept` anew, by the standard in force on each day and the calendar of the owner.

    Where single points are recorded, a record of the service as a whole does not count beside them; where a counter
    taps itself, what a file says of it does not count beside that.
    """
    if not pairs:
        return
    services, first, last = bounds(pairs)
    rows = OpeningDay.objects.filter(superseded_at=None, service__in=services, day__range=(first, last))
    found: dict[Pair, list[OpeningDay]] = defaultdict(list)
    for row in rows.iterator(chunk_size=10_000):
        if (row.service_id, row.day) in pairs:
            found[row.service_id, row.day].append(row)
    known, days = catalogue or Catalogue.read(), Days.read(first, last)
    stored: dict[Pair, tuple[int, int, dict[str, object]]] = {}
    for pair, records in found.items():
        tapped = {row.point_id for row in records if row.instrument == OpeningDay.Instrument.TAP}
        told = [row for row in records if row.instrument == OpeningDay.Instrument.TAP or row.point_id not in tapped]
        counted = [row for row in told if row.point_id is not None] or told
        sums = OpenSums()
        for row in counted:
            sums += _opening(row, known, days)
        stored[pair] = (sums.kept, sums.promised, sums.to_json())
    store(Measure.HOURS_KEPT, pairs, stored)
    follow_record(pairs)


def _opening(row: OpeningDay, catalogue: Catalogue, days: Days) -> OpenSums:
    whole = int(row.point_id is None)
    tapped = int(row.instrument == OpeningDay.Instrument.TAP)
    service = catalogue.on(row.service_id, row.day)
    spot = None if row.point_id is None else catalogue.spot(row.service_id, row.point_id, row.day)
    try:
        promised = [] if service is None else days.promised(service, spot, row.day)
    except MissingYear:
        promised = []
    minutes = minutes_in(promised)
    if row.opened is None and row.closed is None:
        return OpenSums(promised=minutes, records=1, shut_days=1, whole=whole, tapped=tapped)
    if row.opened is None or row.closed is None:
        return OpenSums(records=1, unknown=1, whole=whole, tapped=tapped)
    kept = minutes_kept(promised, row.opened, row.closed, row.shut_minutes)
    return OpenSums(promised=minutes, kept=kept, records=1, whole=whole, tapped=tapped)


def coverage(measure: Measure) -> Callable[[Sequence[date]], Mapping[date, Coverage]]:
    """How many of the confirmed services have a figure of this measure, by month."""

    def count(months: Sequence[date]) -> Mapping[date, Coverage]:
        span = (min(months), next_month(max(months)) - DAY)
        having: dict[date, set[int]] = defaultdict(set)
        rows = ServiceFigure.objects.filter(measure=measure.value, day__range=span).values_list("service_id", "day")
        for service, day in rows:
            having[day.replace(day=1)].add(service)
        known = Catalogue.read()
        found = {}
        for month in months:
            expected = {one.pk for one in known.standing(next_month(month) - DAY) if one.confirmed}
            found[month] = Coverage(len(having[month] & expected), len(expected))
        return found

    return count
