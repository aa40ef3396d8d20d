"""The officer's page behind the counter: the address on the printed code is the key, nothing tells who tapped."""

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.audit.actor import system
from luwes.apps.results.counters import actions, wording
from luwes.apps.results.counters.days import State
from luwes.web.access import JOB_LINK, page
from luwes.web.counter import tapping
from luwes.web.counter.forms import PauseForm, YesterdayForm
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

OFFICER = system("loket")


@page(access=JOB_LINK)
@require_http_methods(["GET", "HEAD", "POST"])
def inside(request: HttpRequest, key: str, seal: str) -> HttpResponse:
    """Three buttons; a code that does not hold is told so without saying why."""
    visit = cast(PageRequest, request)
    try:
        actions.inside(key, seal, visit.today)
    except actions.SealBroken as refused:
        return _private(render(visit, "counter/broken.html", {"told": wording.refusal(refused.code)}, status=404))
    found = tapping.standing(visit, key)
    if found is None:
        return _private(render(visit, "counter/broken.html", {"told": wording.refusal("seal_broken")}, status=404))
    posted = visit.POST if visit.method == "POST" else None
    late = posted is not None and tapping.YESTERDAY in posted
    pause, yesterday = PauseForm(None if late else posted), YesterdayForm(posted if late else None)

    def tap(state: State, reason: str) -> None:
        once.run(visit, lambda: _tap(key, seal, state, reason), actor=OFFICER)

    done = _close(visit, yesterday, key, seal) if late else posted is not None and tapping.tapped(visit, pause, tap)
    if done:
        return _private(HttpResponseRedirect(visit.path))
    shown = {**tapping.context(visit, found, pause, yesterday), "action": visit.path}
    return _private(render(visit, "counter/inside.html", shown, status=422 if posted is not None else 200))


def _tap(key: str, seal: str, state: State, reason: str) -> str:
    actions.tap_inside(point_key=key, seal=seal, state=state, reason=reason)
    return key


def _close(visit: PageRequest, form: YesterdayForm, key: str, seal: str) -> bool:
    if not form.is_valid():
        return False

    def act() -> str:
        actions.close_late(point_key=key, day=form.cleaned_data["kemarin"], minute=form.minute(), seal=seal)
        return key

    try:
        once.run(visit, act, actor=OFFICER)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return False
    return True


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
