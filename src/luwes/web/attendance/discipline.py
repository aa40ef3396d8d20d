"""What the unexcused days of a year would point to: for who supervises, heads or inspects; nothing is imposed here."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luwes.apps.accounts.roles import Right
from luwes.apps.attendance import discipline, wording
from luwes.apps.attendance.discipline import PersonYear
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.staff.queries import below
from luwes.core import formats
from luwes.web.access import page
from luwes.web.attendance.chosen import language
from luwes.web.frame import params
from luwes.web.frame.requests import PageRequest

YEAR, PAGE = "tahun", "halaman"


@page(access=Right.SEE_DISCIPLINE, own="attendance:discipline_unit")
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """The whole government."""
    return _listed(cast(PageRequest, request), "", None, reverse("attendance:discipline"))


@page(access=Right.SEE_DISCIPLINE, scoped=True)
@require_safe
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """One unit with all below it."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.SEE_DISCIPLINE, key, visit.today)
    tree = units.units_on(visit.today)
    name = next(row.name for row in tree if row.key == key)
    return _listed(visit, name, below(key, tree), reverse("attendance:discipline_unit", args=[key]))


def _listed(visit: PageRequest, name: str, inside: Iterable[str] | None, base: str) -> HttpResponse:
    known = discipline.years()
    asked = params.text(visit, YEAR)
    year = int(asked) if asked.isdecimal() and int(asked) in known else _usual(known, visit.today)
    at = params.text(visit, PAGE)
    number = int(at) if at.isdecimal() and 1 <= int(at) < 10_000 else 1
    found = discipline.year_of(year, visit.today, unit_keys=inside, page=number)
    context = {
        "unit_name": name,
        "year": year,
        "known": bool(known),
        "previous_url": _address(base, year - 1) if year - 1 in known else "",
        "following_url": _address(base, year + 1) if year + 1 in known else "",
        "rows": [_row(row) for row in found.rows],
        "total": found.total,
        "first_url": _address(base, year) if number > 1 else "",
        "next_url": _address(base, year, number + 1) if found.more else "",
    }
    return render(visit, "attendance/discipline.html", context)


def _usual(known: Iterable[int], today: date) -> int:
    past = [year for year in known if year <= today.year]
    return past[-1] if past else today.year


def _address(base: str, year: int, number: int = 1) -> str:
    return f"{base}?{urlencode({YEAR: year} | ({PAGE: number} if number > 1 else {}))}"


def _row(row: PersonYear) -> dict[str, Any]:
    return {
        "name": row.name,
        "url": reverse("people:person", args=[row.id]),
        "unit": row.unit_name,
        "days": row.sums.absent,
        "minutes": row.sums.minutes,
        "missing": row.sums.missing,
        "longest": row.sums.longest,
        "proposal": wording.measure(row.proposal.code) if row.proposal else "",
        "why_none": _("belum sampai 3 hari") if row.civil_servant else _("PPPK: menurut perjanjian kerjanya"),
        "absent": ", ".join(formats.short_date(day, language()) for day in row.absent),
        "open_days": row.open_days,
        "on_record": row.on_record,
    }
