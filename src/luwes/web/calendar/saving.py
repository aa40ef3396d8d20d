"""The one way a form of the calendar is saved."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from luwes.apps.accounts.access import Refused
from luwes.apps.people.calendars import wording
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest


def sent(visit: PageRequest) -> QueryDict | None:
    """What was sent, or None where the form is only shown."""
    return visit.POST if visit.method == "POST" else None


def save(
    visit: PageRequest, form: Form, act: Callable[[], str], *, words: dict[str, str], back: str, said: str
) -> HttpResponse:
    """Act once on a valid form and go where `act` says; else show the form again with what to repair."""
    if visit.method == "POST" and form.is_valid():
        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(None, sentence(refused, wording.refusal))
        else:
            messages.success(visit, said)
            return response
    context = {"form": form, "back": back, **words}
    return render(visit, "calendar/form.html", context, status=422 if form.errors else 200)
