"""Reads for who runs the survey: rounds, services with their answers, one service with posters and flags."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q

from luwes.apps.people.models import ServiceVersion
from luwes.apps.people.services import queries as services
from luwes.apps.results.intake.slow import above_others
from luwes.apps.results.intake.summing import by_flag
from luwes.apps.results.measures import AnswerSums, CaseSums, Measure
from luwes.apps.results.models import QrAnswer, RoundKind, ServiceFigure, SurveyComment, SurveyPoster, SurveyRound
from luwes.apps.results.services.figures import BY_POSTER
from luwes.core.indicators.survey import sum_answers
from luwes.core.indicators.survey.sums import SurveySums
from luwes.core.workdays.periods import DAY

# How far back the pages look.
LOOK_BACK = timedelta(days=30)
COMMENTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round; `unit` is the key of its unit ("": everybody), `last` its last day."""

    key: str
    kind: RoundKind
    name: str
    unit: str
    since: date
    last: date | None
    answers: int

    def runs(self, day: date) -> bool:
        """Whether it takes answers on the day."""
        return self.since <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Content:
    """How many are content, of those who say so: all together, and without the flagged.

    `answers` are those from posters and, `by_file` of them, from files.
    """

    answers: int = 0
    by_file: int = 0
    kept: int = 0
    of: int = 0
    flagged: int = 0
    flagged_kept: int = 0
    flagged_of: int = 0

    @property
    def without(self) -> tuple[int, int]:
        """The same without the flagged answers."""
        return self.kept - self.flagged_kept, self.of - self.flagged_of


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in the list: its answers of the last days, and the cases closed in them (None: not recorded)."""

    key: str
    name: str
    content: Content
    delivered: int | None


@dataclass(frozen=True, slots=True)
class PosterRow:
    """A poster; `answers` are those of the last days."""

    code: str
    point: str
    place: str
    answers: int
    retired: bool


@dataclass(frozen=True, slots=True)
class ServiceSurvey:
    """One service: figures of the last days, posters, flags, when people answer, and the nine elements both ways.

    `above` is how many times the others' answers per visit it has, None unless that is far above them.
    """

    content: Content
    delivered: int | None
    posters: Sequence[PosterRow]
    points: Sequence[tuple[str, str]]
    flags: Mapping[str, int]
    by_weekday: Mapping[int, int]
    official: SurveySums = field(default_factory=SurveySums)
    official_without: SurveySums = field(default_factory=SurveySums)
    above: float | None = None


def rounds(unit_keys: Set[str] | None) -> Sequence[RoundRow]:
    """The rounds of everybody and of these units (None: of all), the newest first."""
    rows = SurveyRound.objects.annotate(taken=Count("answers")).select_related("unit").order_by("-since", "-pk")
    if unit_keys is not None:
        rows = rows.filter(Q(unit=None) | Q(unit__key__in=unit_keys))
    return [
        RoundRow(
            key=row.key,
            kind=RoundKind(row.kind),
            name=row.name,
            unit=row.unit.key if row.unit else "",
            since=row.since,
            last=None if row.until is None else row.until - DAY,
            answers=row.taken,
        )
        for row in rows
    ]


def surveyed(unit_keys: Set[str] | None, today: date) -> Sequence[ServiceRow]:
    """The services with a poster, by name, with their answers of the last days; four queries."""
    having = SurveyPoster.objects.values("point__service")
    rows = ServiceVersion.objects.filter(superseded_at=None, period__contains=today, service__in=having)
    if unit_keys is not None:
        rows = rows.filter(owner__key__in=unit_keys)
    named = {row.service_id: row for row in rows.select_related("service")}
    content, delivered = _figures(set(named), today)
    return [
        ServiceRow(row.service.key, row.name, content.get(pk, Content()), delivered.get(pk))
        for pk, row in sorted(named.items(), key=lambda item: (item[1].name_key, item[0]))
    ]


def survey_of(service_key: str, today: date) -> ServiceSurvey:
    """One service with all that its survey says."""
    found = ServiceVersion.objects.filter(service__key=service_key).values_list("service_id", flat=True).first() or 0
    content, delivered = _figures({found}, today)
    points = {row.key: row.name for row in services.points(today, service_keys=[service_key])}
    since = today - LOOK_BACK
    recent = Count("answers", filter=Q(answers__day__gt=since))
    posters = SurveyPoster.objects.filter(point__service=found).annotate(recent=recent).select_related("point")
    answers = list(QrAnswer.objects.filter(poster__point__service=found, day__gt=since, summed_at__isnull=False))
    return ServiceSurvey(
        content=content.get(found, Content()),
        delivered=delivered.get(found),
        posters=[
            PosterRow(row.code, points.get(row.point.key, ""), row.place, row.recent, row.retired_at is not None)
            for row in posters.order_by("retired_at", "recorded_at", "pk")
        ],
        points=sorted(points.items(), key=lambda item: item[1]),
        flags=by_flag(row.flags for row in answers),
        by_weekday=Counter(row.day.isoweekday() for row in answers),
        official=sum_answers(row.elements for row in answers if row.elements),
        official_without=sum_answers(row.elements for row in answers if row.elements and not row.flags),
        above=above_others(found, today, LOOK_BACK),
    )


def comments(service_key: str) -> Sequence[tuple[date, str]]:
    """What people wrote about a service, newest first. Who may read it is asked by the page."""
    rows = SurveyComment.objects.filter(answer__poster__point__service__key=service_key)
    return list(rows.order_by("-received_at", "-pk").values_list("answer__day", "text")[:COMMENTS_SHOWN])


def poster_point(code: str) -> str:
    """The key of the point a poster hangs at; "" for an unknown code."""
    return SurveyPoster.objects.filter(code=code).values_list("point__key", flat=True).first() or ""


def _figures(pks: Set[int], today: date) -> tuple[Mapping[int, Content], Mapping[int, int]]:
    """Content and closed cases of the last days: the same daily figures that every report reads."""
    content: dict[int, Content] = {}
    delivered: dict[int, int] = {}
    rows = ServiceFigure.objects.filter(
        service__in=pks, day__gt=today - LOOK_BACK, measure__in=[Measure.SURVEY.value, Measure.WITHIN_TIME.value]
    )
    for service, measure, kept, of, data in rows.values_list("service_id", "measure", "kept", "of", "sums"):
        if measure == Measure.WITHIN_TIME:
            delivered[service] = delivered.get(service, 0) + CaseSums.from_json(data).closed
            continue
        sums, before = AnswerSums.from_json(data), content.get(service, Content())
        content[service] = Content(
            answers=before.answers + sums.answers,
            by_file=before.by_file + sums.answers - sums.channels.get(BY_POSTER, 0),
            kept=before.kept + kept,
            of=before.of + of,
            flagged=before.flagged + sums.flagged[2],
            flagged_kept=before.flagged_kept + sums.flagged[0],
            flagged_of=before.flagged_of + sums.flagged[1],
        )
    return content, delivered
