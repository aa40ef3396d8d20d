"""C3: "Tutup padahal jam layanan", one tap without an account, and the code it is followed by.

The form carries no CSRF token on purpose: nobody is signed in and no cookie is read or set, so another site could
send nothing that its visitor could not send alone. What it needs instead is a bound on floods and a mark that makes a
press count once; both are in `results.counters.reports`. A token would cost the cookie that the page promises not to
set, and with it every cache.
"""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.secret import keyed
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.counters import photos, wording
from luwes.apps.results.counters.places import NoSuchPoint
from luwes.apps.results.counters.reports import Followed, KnownAlready, NoSuchReport, follow, report_closed
from luwes.web.access import PUBLIC, page
from luwes.web.frame import params
from luwes.web.frame.address import client_address
from luwes.web.frame.requests import PageRequest
from luwes.web.public.cached import own, rendered
from luwes.web.public.views import unknown
from luwes.web.sources import uploads

CITIZEN = system("warga")
LONGEST_MARK = 64
# Without scripts the page has no mark of its own: the same device pressing twice within two minutes counts once.
SAME_PRESS = 120
# What a form needs around its file.
FORM_BYTES = 100_000


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page(access=PUBLIC)
def closed(request: HttpRequest, key: str) -> HttpResponse:
    """Take the report and show its code; opened by hand the address leads back to the service."""
    visit = cast(PageRequest, request)
    if visit.method != "POST":
        return HttpResponseRedirect(reverse("public:service", args=[key]))
    point = params.clean(visit.POST.get("titik", ""))
    try:
        with unit_of_work(CITIZEN, visit.now, request_id=visit.request_id):
            code = report_closed(point_key=point, form=_mark(visit, point), address=client_address(visit))
    except NoSuchPoint:
        return own(unknown(visit))
    except KnownAlready as refused:
        told = {"told": wording.refusal(refused.code), "key": key}
        return own(rendered(visit, "public/known.html", told, status=429))
    response = own(HttpResponseRedirect(reverse("public:followed", args=[code])))
    response.status_code = 303
    return response


@page(access=PUBLIC)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a report."""
    visit = cast(PageRequest, request)
    code = "".join(
        letter for letter in params.text(request, "kode").casefold() if letter.isalnum() and letter.isascii()
    )
    if code:
        return own(HttpResponseRedirect(reverse("public:followed", args=[code])))
    return own(rendered(visit, "public/find.html", {}))


@page(access=PUBLIC)
@require_safe
def followed(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a report."""
    visit = cast(PageRequest, request)
    try:
        found = follow(code)
    except NoSuchReport as refused:
        return own(rendered(visit, "public/find.html", {"told": wording.refusal(refused.code)}, status=404))
    return own(_followed(visit, found))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@page(access=PUBLIC)
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """Add one picture of the closed door; the code is the key, and is looked at before the body is read."""
    visit = cast(PageRequest, request)
    try:
        found = follow(code)
    except NoSuchReport as refused:
        return own(rendered(visit, "public/find.html", {"told": wording.refusal(refused.code)}, status=404))
    back = reverse("public:followed", args=[found.code])
    if visit.method != "POST":
        return own(HttpResponseRedirect(back))
    if not photos.takes_photo(found.code, visit.now):
        return own(_followed(visit, found, wording.refusal(photos.PhotoClosed.code), status=409))
    uploads.allow(visit, photos.LARGEST + FORM_BYTES)
    sent = visit.FILES.get("foto")
    try:
        with unit_of_work(CITIZEN, visit.now, request_id=visit.request_id):
            # A file above the bound does not arrive at all.
            photos.add_photo(code=found.code, image=sent.read() if sent is not None else b"")
    except Refused as refused:
        too_large = sent is None and int(visit.META.get("CONTENT_LENGTH") or 0) > photos.LARGEST
        told = wording.refusal("photo_large" if too_large else refused.code)
        return own(_followed(visit, found, told, status=422))
    response = own(HttpResponseRedirect(back))
    response.status_code = 303
    return response


def _followed(visit: PageRequest, found: Followed, told: str = "", status: int = 200) -> HttpResponse:
    context = {
        "report": found,
        "flags": [wording.flag(flag) for flag in found.flags],
        "takes_photo": photos.takes_photo(found.code, visit.now),
        "told": told,
    }
    return rendered(visit, "public/followed.html", context, status)


def _mark(visit: PageRequest, point: str) -> str:
    given = params.clean(visit.POST.get("tanda", ""))
    if 16 <= len(given) <= LONGEST_MARK:
        return keyed("closed-mark", given)
    when = int(visit.now.timestamp()) // SAME_PRESS
    device = visit.headers.get("User-Agent", "")
    return keyed("closed-press", f"{when}\n{client_address(visit)}\n{device}\n{point}")
