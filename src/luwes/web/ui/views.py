"""The gallery: every component in every state, for builders, testers and reviewers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luwes.web.access import PUBLIC, page
from luwes.web.ui import drawings, palette, sample_form, samples

STATES = {
    "400": "400.html",
    "403": "403.html",
    "404": "404.html",
    "500": "500.html",
    "pemeliharaan": "maintenance.html",
}


@page(access=PUBLIC)
def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components with invented content; nothing here reads or writes data."""
    context = {
        "themes": palette.THEMES,
        "ramp": samples.ramp(),
        "roles": samples.roles(),
        "statuses": samples.statuses(),
        "tones": samples.tones(),
        "icons": samples.icon_words(),
        "verdicts": samples.verdicts(),
        "reasons": samples.reasons(),
        "events": samples.events(),
        "steps": samples.steps(),
        "definitions": samples.definitions(),
        "rows": samples.rows(),
        "tabs": samples.tabs(),
        "units": samples.units(),
        "trail": samples.trail(),
        "charts": drawings.all_charts(),
        "form": sample_form.SampleForm(),
        "wrong_form": sample_form.wrong_form(),
        "states": STATES,
    }
    return render(request, "ui/gallery/index.html", context)


@page(access=PUBLIC)
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Show one of the pages for what cannot be shown, with status 200 because nothing is wrong."""
    if code not in STATES:
        raise Http404
    return render(request, STATES[code], samples.state_context(code))
