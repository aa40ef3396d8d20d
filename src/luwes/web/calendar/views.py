"""Reading pages of the calendar: one year, and the working hours."""

from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.people import queries as people
from luwes.apps.people.calendars import queries, rulebooks, wording
from luwes.apps.people.programmes import queries as programmes
from luwes.core import formats
from luwes.core.workdays.worktime import Season, WorkingTime
from luwes.web.access import SIGNED_IN, page
from luwes.web.calendar import shown
from luwes.web.calendar.ics import holidays_file
from luwes.web.frame import params
from luwes.web.frame.requests import PageRequest

# Years outside are typing mistakes: nobody plans or looks up a calendar there.
YEARS = range(2000, 2101)


@page(access=SIGNED_IN)
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """One year: twelve small months, the decreed days, Ramadan, blackouts, programmes, versions."""
    visit = cast(PageRequest, request)
    asked = params.text(request, "tahun")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in YEARS else visit.today.year
    start, end = date(wanted, 1, 1), date(wanted + 1, 1, 1)
    calendar = queries.calendar(wanted)
    known = wanted in calendar.years
    ramadan = [one for one in queries.ramadan() if one.period.start < end and (one.period.end or end) > start]
    blackouts = queries.blackouts(start, end)
    units = people.units_on(visit.today)
    names = {unit.key: unit.name for unit in units}
    context = {
        "year": wanted,
        "known": known,
        "figures": shown.figures(wanted, calendar) if known else None,
        "months": shown.months(wanted, calendar, ramadan, blackouts, visit.today) if known else [],
        "weekdays": [(name[0], name) for name in formats.weekday_names(shown.language())],
        "holidays": shown.holidays(calendar, wanted) if known else [],
        "versions": [
            {"row": row, "added": shown.named(row.added), "removed": shown.named(row.removed)}
            for row in queries.versions_of(wanted)
        ],
        "ramadan": [{"window": one, "status": wording.status(one.status)} for one in ramadan],
        "blackouts": shown.blackout_rows(blackouts, names, {unit.key: unit.parent_key for unit in units}),
        "programs": [
            {
                "title": row.facts.name,
                "url": reverse("calendar:program", args=[row.key]),
                "note": _("%(unit)s, sampai %(day)s")
                % {
                    "unit": names.get(row.facts.owner, _("Unit yang tidak berlaku lagi")),
                    "day": formats.short_date(row.facts.period.last or row.facts.period.start, shown.language()),
                },
            }
            for row in programmes.programs()
            if row.facts.period.start < end and (row.facts.period.end or end) > start
        ],
        "previous_url": _address(wanted - 1),
        "next_url": _address(wanted + 1),
        "may_change": access.allows(visit.actor, Right.MANAGE_CALENDAR) and not visit.actor.scope,
    }
    return render(request, "calendar/year.html", context)


@page(access=SIGNED_IN)
@require_safe
def ics(request: HttpRequest, year: int) -> HttpResponse:
    """The decreed days of a year as a file for the calendar of a phone."""
    found = queries.calendar(year).years.get(year)
    if found is None:
        raise Http404
    days = sorted(found.values(), key=lambda holiday: holiday.day)
    name = _("Hari libur %(year)s") % {"year": year}
    # The stamp of the file is in UTC, which `now` already is.
    content = holidays_file(days, name=name, now=cast(PageRequest, request).now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="hari-libur-{year}.ics"'
    return response


@page(access=SIGNED_IN)
@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """Which working hours hold where, and every schedule with what there is to say about it."""
    visit = cast(PageRequest, request)
    shipped = rulebooks.schedules()
    names = {unit.key: unit.name for unit in people.units_on(visit.today)}
    context = {
        "assigned": [
            {
                "unit": names.get(one.unit, _("Unit yang tidak berlaku lagi")) if one.unit else "",
                "schedule": shipped[one.schedule].name,
                "pattern": wording.pattern(one.pattern),
                "season": wording.season(one.season),
                "period": one.period,
                "left_open": [
                    names.get(key, _("Unit yang tidak berlaku lagi")) if key else _("Seluruh pemerintah daerah")
                    for key in (queries.left_open(one) if one.season is Season.EMERGENCY else ())
                ],
            }
            for one in queries.assigned_hours()
        ],
        "schedules": [_schedule(one) for one in shipped.values()],
        "may_change": access.allows(visit.actor, Right.MANAGE_CALENDAR) and not visit.actor.scope,
    }
    return render(request, "calendar/hours.html", context)


def _schedule(one: WorkingTime) -> dict[str, object]:
    days = formats.weekday_names(shown.language())
    patterns = [
        {
            "name": wording.pattern(pattern),
            "weekly": formats.number(one.weekly_minutes(pattern) / 60, 1, shown.language()),
            "notices": [wording.notice(notice) for notice in one.notices(pattern)],
            "days": [
                {
                    "day": days[weekday],
                    "hours": _span(hours.hours.start, hours.hours.end),
                    "breaks": ", ".join(_span(pause.start, pause.end) for pause in hours.breaks),
                    "clock_in": _span(hours.clock_in.start, hours.clock_in.end) if hours.clock_in else "",
                    "clock_out": _span(hours.clock_out.start, hours.clock_out.end) if hours.clock_out else "",
                }
                for weekday, hours in sorted(week.items())
            ],
        }
        for pattern, week in one.patterns.items()
    ]
    return {
        "schedule": one,
        "season": wording.season(one.season),
        "status": wording.status(one.status),
        "patterns": patterns,
    }


def _span(start: int, end: int) -> str:
    """Minutes of the day as "07.30–16.00"."""
    return "–".join(f"{minutes // 60:02}.{minutes % 60:02}" for minutes in (start, end))


def _address(wanted: int) -> str:
    return f"{reverse('calendar:year')}?tahun={wanted}" if wanted in YEARS else ""
