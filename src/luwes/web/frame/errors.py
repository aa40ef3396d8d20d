"""The calm pages for what cannot be shown."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from luwes.apps.accounts import access, wording
from luwes.apps.accounts.roles import Right
from luwes.web.frame import context


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself makes no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, reason: Right | Exception | None = None) -> HttpResponse:
    """403: inside the scope, without the right; says which right and who holds it."""
    told = {}
    if isinstance(reason, Right):
        holders = [wording.role(role) for role in access.holders(reason)]
        told = {"right": wording.right(reason), "holders": holders}
    return render(request, "403.html", told, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or one outside the scope; which of these is not told."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with the request id to tell the operator; 503 while the database does not answer.

    Rendered without the request, so that no context processor asks the database again.
    """
    database_gone = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    name, status = ("maintenance.html", 503) if database_gone else ("500.html", 500)
    return HttpResponse(render_to_string(name, context.bare(request)), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that outlived its session."""
    message = _("Formulir ini sudah kedaluwarsa. Muat ulang halaman, lalu kirim kembali.")
    return render(request, "403.html", {"message": message}, status=403)
