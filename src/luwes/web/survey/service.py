"""B11 for one service: posters, response, flags with and without, and to its head what people wrote."""

from decimal import Decimal
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people.services import queries as services
from luwes.apps.people.services import wording as service_words
from luwes.apps.reporting.wording import language
from luwes.apps.results.intake import queries, wording
from luwes.core.formats import number
from luwes.core.indicators.suppress import hidden_parts, hides
from luwes.core.intake import Flag
from luwes.web.access import page
from luwes.web.frame.requests import PageRequest
from luwes.web.survey.shown import content_words, index, per_delivered


@require_safe
@page(access=Right.SEE_UNIT, scoped=True)
def service(request: HttpRequest, key: str) -> HttpResponse:
    """What the survey of one service says, and its posters."""
    visit = cast(PageRequest, request)
    found = services.service(key, visit.today)
    if found is None:
        raise Http404
    access.require_unit(visit.actor, Right.SEE_UNIT, found.standard.owner, visit.today)
    survey = queries.survey_of(key, visit.today)
    reads = rights.allows(visit.actor, Right.READ_CITIZENS_WORDS)
    context = {
        "service": found,
        "words": content_words(survey.content),
        "per_delivered": per_delivered(survey.content.answers, survey.delivered),
        "official": survey.official.complete + survey.official.incomplete > 0,
        "index": index(survey.official),
        "index_without": _without(survey),
        "flags": [
            {"term": wording.flag(Flag(name)), "value": _few(count)} for name, count in survey.flags.items() if count
        ],
        "above": "" if survey.above is None else number(Decimal(survey.above), 1, language()),
        "spread": _spread(survey),
        "posters": [{"row": row, "answers": _few(row.answers), "papers": ("a4", "a5")} for row in survey.posters],
        "points": [{"key": point, "name": name} for point, name in survey.points],
        "may_manage": rights.allows(visit.actor, Right.MANAGE_SERVICES),
        "reads": reads,
        "comments": queries.comments(key) if reads else [],
    }
    return render(request, "survey/service.html", context)


def _without(survey: queries.ServiceSurvey) -> str:
    # Two indices that differ by a few answers tell what those few said.
    apart = survey.official.complete - survey.official_without.complete
    if hides(apart):
        return _("di bawah lima jawaban bertanda")
    if survey.official.complete and not survey.official_without.complete:
        return _("semua jawaban bertanda")
    return index(survey.official_without)


def _spread(survey: queries.ServiceSurvey) -> list[dict[str, str]]:
    counts = [survey.by_weekday.get(day, 0) for day in range(1, 8)]
    hidden = hidden_parts(counts)
    return [
        {"term": service_words.weekday(day), "value": _("kurang dari 5") if day - 1 in hidden else _few(count)}
        for day, count in enumerate(counts, start=1)
        if count
    ]


def _few(count: int) -> str:
    return _("kurang dari 5") if hides(count) else number(count, 0, language())
