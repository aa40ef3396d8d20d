"""The calm pages for what cannot be shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luwes.apps.accounts import access, wording
from luwes.apps.accounts.roles import Right


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself makes no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, reason: Right | Exception | None = None) -> HttpResponse:
    """403: inside the scope, without the right; says which right and who holds it."""
    context = {}
    if isinstance(reason, Right):
        holders = [wording.role(role) for role in access.holders(reason)]
        context = {"right": wording.right(reason), "holders": holders}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or one outside the scope; which of these is not told."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: with the request id to tell the operator."""
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that outlived its session."""
    message = _("Formulir ini sudah kedaluwarsa. Muat ulang halaman, lalu kirim kembali.")
    return render(request, "403.html", {"message": message}, status=403)
