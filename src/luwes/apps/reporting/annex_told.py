"""Which units may tell in their annex how many rows of a file they stand on, where each row is somebody.

A unit shows the rows of all below it, so the rows of one office are the rows of the unit above less those of the
others: the line is drawn over the whole tree, file by file, as it is for the sums themselves (`tellable`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet

from luwes.apps.attendance.models import Punch
from luwes.apps.people import queries as people
from luwes.apps.people.models import Counting, ServiceVersion
from luwes.apps.reporting.form_queries import standing_day
from luwes.apps.reporting.memory import remembered
from luwes.apps.reporting.tellable import few, with_below
from luwes.apps.results.models import ClosedReport, OutputRow, QrAnswer, ServiceCase, SurveyAnswer
from luwes.core.indicators import suppress
from luwes.core.workdays.months import next_month

# What is counted for people: a kind of rows, and the file by pk.
File = tuple[str, int]
# Gathered here, by taps and posters.
NO_FILE = 0
CASES, SURVEY, OUTPUTS, CLOSED, ANSWERS = "cases", "survey", "outputs", "closed", "answers"
# More rows than this of fewer than five people would be forty punches of each on every day of the month.
FEW_PUNCHES = 5_000


@dataclass(frozen=True, slots=True)
class AnnexTold:
    """The units (by key) that may count each file; `top` is the government, the key meant by "".

    `punches` are the files (by pk) with punches of so few people that nobody may count them.
    """

    top: str
    units: Mapping[File, frozenset[str]]
    punches: frozenset[int]

    def hides(self, kind: str, file: int, key: str) -> bool:
        """Whether a unit ("": the government) must not tell how many of its rows are in the file."""
        told = self.units.get((kind, file))
        return told is not None and (key or self.top) not in told


def annex_told(month: date, today: date) -> AnnexTold:
    """Draw the line for the month that begins on `month`; about ten queries, kept until a fact changes."""
    # What is gathered here leaves no import behind.
    rows = (OutputRow, ClosedReport, QrAnswer)
    newest = tuple(model._default_manager.aggregate(last=Max("pk"))["last"] for model in rows)
    return remembered(("annex", today, newest), month, lambda: _annex_told(month, today))


def _annex_told(month: date, today: date) -> AnnexTold:
    day, end = standing_day(month, today), next_month(month)
    tree = people.units_on(day)
    parents = {row.key: row.parent_key for row in tree}
    keys = {row.pk: row.key for row in tree}
    owners = {service: keys[owner] for service, owner in _owners(month, end).items() if owner in keys}
    days = {"day__gte": month, "day__lt": end}
    due = {"due_at__date__gte": month, "due_at__date__lt": end}
    amounts: dict[File, Counter[str]] = {}
    rows: QuerySet[Any]
    cases = ServiceCase.objects.filter(superseded_at=None, **due)
    survey = SurveyAnswer.objects.filter(superseded_at=None, batch__isnull=False, **days)
    for kind, rows in ((CASES, cases), (SURVEY, survey)):
        _add(amounts, kind, rows.order_by().values_list("batch", "service").annotate(n=Count("pk")), owners)
    closed, answers = ClosedReport.objects.filter(**days), QrAnswer.objects.filter(**days)
    for kind, rows, at in ((CLOSED, closed, "point__service"), (ANSWERS, answers, "poster__point__service")):
        here = rows.order_by().values_list(at).annotate(n=Count("pk"))
        _add(amounts, kind, ((NO_FILE, service, count) for service, count in here), owners)
    outputs = OutputRow.objects.filter(superseded_at=None, since__gte=month, since__lt=end)
    persons = outputs.order_by().values_list("batch", "unit").annotate(n=Count("employee", distinct=True))
    _add(amounts, OUTPUTS, persons, keys)
    top = people.government(day)
    units = {file: suppress.tellable(parents, with_below(own, parents), few) for file, own in amounts.items()}
    return AnnexTold(top.key if top else "", units, _few_punched(month, end))


def _owners(month: date, end: date) -> Mapping[int, int]:
    """Whose each confirmed service is, by its last version in the month."""
    rows = ServiceVersion.objects.filter(superseded_at=None, period__overlap=(month, end)).order_by("period")
    latest = {service: (owner, status) for service, owner, status in rows.values_list("service", "owner", "status")}
    return {service: owner for service, (owner, status) in latest.items() if status == Counting.CONFIRMED}


def _add(
    amounts: dict[File, Counter[str]], kind: str, rows: Iterable[tuple[int, int, int]], keys: Mapping[int, str]
) -> None:
    for file, of, count in rows:
        if of in keys:
            amounts.setdefault((kind, file), Counter())[keys[of]] += count


def _few_punched(month: date, end: date) -> frozenset[int]:
    rows = Punch.objects.filter(day__gte=month, day__lt=end).order_by()
    counts = dict(rows.values_list("batch").annotate(n=Count("row_number")))
    small = [batch for batch, count in counts.items() if count <= FEW_PUNCHES]
    persons = rows.filter(batch__in=small).values_list("batch").annotate(n=Count("employee", distinct=True))
    return frozenset(batch for batch, count in persons if suppress.hides(count))
