"""Every night: answers of the last days that look given by one person for many are flagged, and their days summed."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from luwes.apps.audit import locking
from luwes.apps.results.intake.summing import LOCKS
from luwes.apps.results.measures import AnswerSums, CaseSums, Measure
from luwes.apps.results.models import QrAnswer, ServiceFigure
from luwes.apps.results.services import figures
from luwes.core.intake import Flag, Given, alike, far_above_others, more_than_served
from luwes.core.workdays.periods import DAY

# One source is told apart within a day; a week shows it at a busy poster, three weeks where few others answer.
SOURCES_BACK = timedelta(days=7), timedelta(days=21)
# Visits are recorded by files, which come later.
VISITS_BACK = timedelta(days=35)


def flag_slow(*, now: datetime) -> int:
    """Flag slow stuffing among the answers summed already; gives how many were flagged. A second run flags none."""
    locking.lock_rows({}, names=LOCKS)
    today = timezone.localdate(now)
    flags: dict[int, set[Flag]] = defaultdict(set)
    rows = QrAnswer.objects.filter(
        day__gt=today - VISITS_BACK, received_at__gt=now - VISITS_BACK - DAY, summed_at__isnull=False
    ).select_related("poster__point")
    answers = list(rows.order_by("pk"))
    for back in SOURCES_BACK:
        for key in alike(_given(row) for row in answers if row.day > today - back):
            flags[key].add(Flag.ALIKE)
    crowded = _more_than_served(answers, today)
    for row in answers:
        if row.day in crowded.get(row.poster.point.service_id, ()):
            flags[row.pk].add(Flag.MORE)
    return _store([row for row in answers if row.pk in flags], flags)


def above_others(service: int, today: date, back: timedelta) -> float | None:
    """How many times the others' answers per visit a service has, where that is far above them; else None."""
    days = _by_day(today, back)
    sums = {pk: (sum(a for a, _ in of.values()), sum(v for _, v in of.values())) for pk, of in days.items()}
    return far_above_others(sums).get(service)


def _given(row: QrAnswer) -> Given:
    said = tuple(row.elements) or (row.was_served, row.as_promised, row.satisfied)
    return Given(row.pk, row.poster_id, row.day, row.network, row.device, row.said_at, said)


def _more_than_served(answers: list[QrAnswer], today: date) -> Mapping[int, frozenset[date]]:
    counted = Counter((row.poster.point.service_id, row.day) for row in answers)
    visits = _visits(today, VISITS_BACK)
    days: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    for (service, day), came in visits.items():
        days[service][day] = (counted[service, day], came)
    return {service: more_than_served(of) for service, of in days.items()}


def _by_day(today: date, back: timedelta) -> Mapping[int, Mapping[date, tuple[int, int]]]:
    """Answers from posters and visits of every service, on the days of which visits are recorded."""
    visits = _visits(today, back)
    rows = ServiceFigure.objects.filter(day__gt=today - back, measure=Measure.SURVEY.value)
    answers: Counter[tuple[int, date]] = Counter()
    for service, day, sums in rows.values_list("service_id", "day", "sums"):
        answers[service, day] = AnswerSums.from_json(sums).channels.get(figures.BY_POSTER, 0)
    found: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    for (service, day), came in visits.items():
        found[service][day] = (answers[service, day], came)
    return found


def _visits(today: date, back: timedelta) -> Mapping[tuple[int, date], int]:
    """Who came on a day, as far as files tell: cases opened and cases closed. Days without either are not recorded."""
    rows = ServiceFigure.objects.filter(day__gt=today - back, measure=Measure.WITHIN_TIME.value)
    found = {}
    for service, day, data in rows.values_list("service_id", "day", "sums"):
        sums = CaseSums.from_json(data)
        if sums.opened + sums.closed:
            found[service, day] = sums.opened + sums.closed
    return found


def _store(rows: list[QrAnswer], flags: Mapping[int, set[Flag]]) -> int:
    changed = []
    for row in rows:
        # A flag once given stays: later the network is forgotten, and with it the reason.
        told = sorted({*row.flags, *(flag.value for flag in flags[row.pk])})
        if told != row.flags:
            row.flags = told
            changed.append(row)
    QrAnswer.objects.bulk_update(changed, ["flags"], batch_size=1_000)
    figures.sum_surveys({(row.poster.point.service_id, row.day) for row in changed})
    return len(changed)
