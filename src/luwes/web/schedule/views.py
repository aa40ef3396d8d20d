"""How exposure is reckoned, and the months it is kept for."""

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


@page(access=Right.SEE_GOVERNMENT)
@require_safe
def exposure(request: HttpRequest) -> HttpResponse:
    """The rule with a worked example, then one month of services and units."""
    visit = cast(PageRequest, request)
    language = get_language() or "id"
    months = queries.months()
    chosen = _chosen(params.text(request, MONTH), months, visit.today)
    every = params.text(request, EVERY) == "ya"
    at_least = threshold_on(visit.today, thresholds.thresholds())
    context: dict[str, Any] = {"example": example(at_least, language), "month": None}
    if chosen is not None:
        at = months.index(chosen)
        tables = [queries.services_in(chosen), queries.agencies_in(chosen) if not every else queries.units_in(chosen)]
        services, units = ([_shown(line, language) for line in table] for table in tables)
        told_by = {value for table in tables for line in table for value in line.thresholds}
        context |= {
            "month": f"{formats.month_name(chosen, language)} {chosen.year}",
            "services": services,
            "units": units,
            "every": every,
            "thresholds": [exact(Fraction(value), language) for value in sorted(told_by)],
            "previous_url": _address(months[at - 1], every) if at else "",
            "next_url": _address(months[at + 1], every) if at + 1 < len(months) else "",
            "other_url": _address(chosen, not every),
        }
    return render(request, "schedule/exposure.html", context)


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
