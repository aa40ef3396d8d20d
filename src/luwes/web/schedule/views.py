"""What exposure is, and the months it is kept for."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.schedule import queries, thresholds
from luwes.apps.schedule.queries import MonthLine
from luwes.core import formats
from luwes.core.exposure.shares import DayKind, threshold_on
from luwes.web.access import page
from luwes.web.frame import params
from luwes.web.frame.requests import PageRequest
from luwes.web.schedule.example import exact, example

MONTH, EVERY = "bulan", "semua"
# Who looks first looks for the most exposed; a province has more than a hundred services.
FIRST = 12


@page(access=Right.SEE_GOVERNMENT)
@require_safe
def exposure(request: HttpRequest) -> HttpResponse:
    """A worked example, one month of services and units, and the rule step by step."""
    visit = cast(PageRequest, request)
    language = get_language() or "id"
    at_least = threshold_on(visit.today, thresholds.thresholds())
    context: dict[str, Any] = {
        "example": example(at_least, language),
        "may_set": access.allows(visit.actor, Right.SET_THRESHOLD) and not visit.actor.scope,
        "month": None,
    }
    months = queries.months()
    chosen = _chosen(params.text(request, MONTH), months, visit.today)
    if chosen is not None:
        every = params.text(request, EVERY) == "ya"
        context |= _month(chosen, months, language, every=every)
    return render(request, "schedule/exposure.html", context)


def _month(chosen: date, months: Sequence[date], language: str, *, every: bool) -> dict[str, Any]:
    """The most exposed of one month, or with `every` all of it by name."""
    whole = queries.government_in(chosen)
    tables = [queries.services_in(chosen), queries.units_in(chosen) if every else queries.agencies_in(chosen)]
    services, units = (
        [_shown(line, language) for line in (table if every else sorted(table, key=_most_exposed)[:FIRST])]
        for table in tables
    )
    told_by = {value for table in [[whole] if whole else [], *tables] for line in table for value in line.thresholds}
    at = months.index(chosen)
    return {
        "month": f"{formats.month_name(chosen, language)} {chosen.year}",
        "whole": _shown(whole, language) if whole else None,
        "services": services,
        "services_total": len(tables[0]),
        "units": units,
        "units_total": len(tables[1]),
        "every": every,
        "thresholds": [exact(Fraction(value), language) for value in sorted(told_by)],
        "previous_url": _address(months[at - 1], every) if at else "",
        "next_url": _address(months[at + 1], every) if at + 1 < len(months) else "",
        "other_url": _address(chosen, not every),
    }


def _most_exposed(line: MonthLine) -> tuple[Decimal, str]:
    return -(line.mean or Decimal(0)), line.name


def _chosen(asked: str, months: Sequence[date], today: date) -> date | None:
    """The month asked for, else this month or the latest before it; None while nothing is kept."""
    named = next((month for month in months if f"{month:%Y-%m}" == asked), None)
    past = [month for month in months if month <= today]
    return named or (past[-1] if past else months[0] if months else None)


def _address(month: date, every: bool) -> str:
    query = {MONTH: f"{month:%Y-%m}"} | ({EVERY: "ya"} if every else {})
    return f"{reverse('schedule:exposure')}?{urlencode(query)}"


def _shown(line: MonthLine, language: str) -> dict[str, Any]:
    def pct(value: Decimal | None) -> str:
        return "" if value is None else formats.percent(value * 100, 1, language)

    return {
        "name": line.name,
        "flexible_days": line.days[DayKind.FLEXIBLE],
        "other_days": line.days[DayKind.OTHER],
        "undefined_days": line.days[DayKind.UNDEFINED],
        "mean": pct(line.mean),
        "mean_flexible": pct(line.mean_flexible),
        "largest": pct(line.largest),
    }
