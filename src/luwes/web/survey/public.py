"""C1 and C2: a citizen answers, without an account, a cookie or a session.

The form carries no CSRF token on purpose. Such a token keeps another site from acting with the cookies of somebody
signed in; here nobody is signed in and no cookie is read or set, so a forged form could do nothing that its sender
could not do alone. What it needs instead is a bound on floods and a number that makes a form count once: both are in
`results.intake.receiving`. A token would also cost the cookie that this page promises not to set.
"""

from typing import cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts.access import Refused
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.intake import wording
from luwes.apps.results.intake.answers import ELEMENT_FIELDS, LONGEST_COMMENT, understood
from luwes.apps.results.intake.public import PosterPage, poster_page
from luwes.apps.results.intake.receiving import Outcome, PosterRetired, RoundClosed, TooMany, UnknownCode, receive
from luwes.web.access import PUBLIC, page
from luwes.web.frame.address import client_address
from luwes.web.frame.requests import PageRequest

CITIZEN = system("survey.citizen")
# Status of what is refused; the phone keeps an answer only where sending it again can help (429 and what the server
# itself fails at).
STATUS = {UnknownCode.code: 404, PosterRetired.code: 410, RoundClosed.code: 410, TooMany.code: 429}
AGAIN_AFTER = 3600
AGAIN = "lagi"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page(access=PUBLIC)
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of a poster; what is sent is stored once."""
    visit = cast(PageRequest, request)
    if visit.method == "POST":
        return _sent(visit, code.lower())
    found = poster_page(code.lower(), visit.today)
    if found is None:
        return _told(visit, UnknownCode.code)
    if not found.taking:
        return _told(visit, PosterRetired.code if found.retired else RoundClosed.code, status=200)
    context = {
        "poster": found,
        "number": str(uuid4()),
        "questions": _questions(found),
        "longest": LONGEST_COMMENT,
    }
    return _private(HttpResponse(render_to_string("survey/survey.html", context)))


@require_safe
@page(access=PUBLIC)
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """That it counted, where the results appear, and where complaints are answered."""
    context = {"again": AGAIN in request.GET, "code": code}
    return _private(HttpResponse(render_to_string("survey/thanks.html", context)))


@require_safe
@page(access=PUBLIC)
def offline(request: HttpRequest) -> HttpResponse:
    """What a phone that has answered before shows where there is no signal; the answer that waits goes out from it."""
    return HttpResponse(render_to_string("survey/offline.html"), headers={"X-Robots-Tag": "noindex"})


def _sent(visit: PageRequest, code: str) -> HttpResponse:
    try:
        said = understood(visit.POST.dict())
        with unit_of_work(CITIZEN, visit.now, request_id=visit.request_id):
            outcome = receive(
                code=code, said=said, address=client_address(visit), agent=visit.headers.get("User-Agent", "")
            )
    except Refused as refused:
        return _told(visit, refused.code)
    there = reverse("answer:thanks", args=[code])
    if outcome is Outcome.DOUBLE:
        there += f"?{AGAIN}"
    return JsonResponse({"to": there}) if _by_script(visit) else HttpResponseRedirect(there, status=303)


def _told(visit: PageRequest, code: str, *, status: int = 0) -> HttpResponse:
    """The refusal in words, as a page or for the script."""
    sentence, answer = wording.refusal(code), status or STATUS.get(code, 422)
    response: HttpResponse
    if _by_script(visit):
        response = JsonResponse({"told": sentence}, status=answer)
    else:
        response = HttpResponse(render_to_string("survey/told.html", {"sentence": sentence}), status=answer)
    if answer == STATUS[TooMany.code]:
        response.headers["Retry-After"] = str(AGAIN_AFTER)
    return _private(response)


def _by_script(visit: PageRequest) -> bool:
    return visit.headers.get("Accept", "") == "application/json"


def _questions(found: PosterPage) -> list[dict[str, object]]:
    if found.official:
        asked = [
            (field, text, [(str(value), word) for value, word in enumerate(words, start=1)])
            for field, (text, words) in zip(ELEMENT_FIELDS, wording.questions(), strict=True)
        ]
    else:
        yes_no = [("ya", _("Ya")), ("tidak", _("Tidak"))]
        asked = [
            ("dilayani", _("Apakah Anda dilayani pada kunjungan ini?"), yes_no),
            ("janji", _("Apakah layanannya sesuai dengan yang dijanjikan?"), yes_no),
            (
                "puas",
                _("Seberapa puas Anda dengan kunjungan ini?"),
                [(str(value), wording.satisfied(value)) for value in wording.SCALE],
            ),
        ]
    return [{"name": name, "text": text, "answers": answers} for name, text, answers in asked]


def _private(response: HttpResponse) -> HttpResponse:
    """Every form has a number of its own, so no copy may be kept on the way."""
    patch_cache_control(response, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
