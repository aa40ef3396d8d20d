"""How the installation stands: the same lines as `luwes check`."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from luwes.apps.accounts.roles import Right
from luwes.apps.audit.verify import head
from luwes.web.access import page
from luwes.web.frame.requests import PageRequest

TONES = {"ok": "success", "warn": "warning", "fail": "danger"}


class Line(Protocol):
    """One line of health as the wiring gives it; `state` is "ok", "warn" or "fail"."""

    @property
    def line(self) -> str: ...

    @property
    def state(self) -> str: ...

    @property
    def remedy(self) -> str: ...


@page(access=Right.SEE_SYSTEM)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Red lines first, each with what to do; then what stands well."""
    now = cast(PageRequest, request).now
    # Web may not import config, where the checks are wired; the settings name them.
    checks: Iterable[Callable[[datetime], Iterable[Line]]] = import_string(settings.HEALTH_CHECKS)
    lines = sorted(
        (line for check in checks for line in check(now)), key=lambda line: list(TONES)[::-1].index(line.state)
    )
    events = [{"title": line.line, "text": line.remedy, "tone": TONES[line.state]} for line in lines]
    open_points = sum(1 for line in lines if line.state != "ok")
    context = {"events": events, "open_points": open_points, "version": settings.VERSION, "head": head(), "now": now}
    return render(request, "system/health.html", context)
