"""Posters: made, printed and taken down."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import access
from luwes.apps.people.services import queries as services
from luwes.apps.people.services.queries import PointRow
from luwes.apps.reporting.wording import language
from luwes.apps.results.intake import posters, queries, wording
from luwes.apps.results.intake.poster_pdf import PAPERS, Poster, poster_pdf
from luwes.apps.results.intake.public import poster_page
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.survey.forms import ConfirmForm, PosterForm


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def make(request: HttpRequest, key: str) -> HttpResponse:
    """Make a poster for a service point."""
    visit = cast(PageRequest, request)
    point = _point(visit, key, Right.MANAGE_SERVICES)
    form = PosterForm(visit.POST if visit.method == "POST" else None)
    if form.is_valid():

        def act() -> str:
            posters.make_poster(point_key=key, place=form.cleaned_data["place"])
            return reverse("survey:service", args=[point.service_key])

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Poster siap dicetak."))
            return response
    context = {"form": form, "point": point}
    return render(request, "survey/make_poster.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Take a poster down."""
    visit = cast(PageRequest, request)
    point = _point(visit, queries.poster_point(code), Right.MANAGE_SERVICES)
    form = ConfirmForm(visit.POST if visit.method == "POST" else None)
    if form.is_valid():

        def act() -> str:
            posters.retire_poster(code=code)
            return reverse("survey:service", args=[point.service_key])

        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, _("Poster ditarik."))
            return response
    context = {"form": form, "point": point, "code": code}
    return render(request, "survey/retire_poster.html", context, status=422 if form.errors else 200)


@require_safe
@page(access=Right.SEE_UNIT, scoped=True)
def pdf(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    """The poster to print. The address on it is the one this page was opened under."""
    visit = cast(PageRequest, request)
    _point(visit, queries.poster_point(code), Right.SEE_UNIT)
    found = poster_page(code, visit.today)
    if found is None or paper not in PAPERS:
        raise Http404
    poster = Poster(
        address=visit.build_absolute_uri(reverse("answer:survey", args=[code])),
        code=code,
        service=found.service,
        agency=found.agency,
        point=found.point,
    )
    response = HttpResponse(
        poster_pdf(poster, paper=paper, language=language(), now=visit.now), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = f'inline; filename="poster-{code}-{paper}.pdf"'
    return response


def _point(visit: PageRequest, key: str, right: Right) -> PointRow:
    point = services.point(key, visit.today) if key else None
    if point is None:
        raise Http404
    access.require_unit(visit.actor, right, point.unit_key, visit.today)
    return point
