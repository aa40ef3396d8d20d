"""The month as a whole with its reckonings, and one unit's sums."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.roles import Right
from luwes.apps.attendance import hours, overview, queries, wording
from luwes.apps.attendance.overview import PersonMonth, RunRow
from luwes.apps.attendance.queries import PresenceLine
from luwes.apps.people import access
from luwes.apps.people import queries as units
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting.tellable import tellable
from luwes.core import formats
from luwes.core.exposure.shares import DayKind
from luwes.core.workdays.months import month_end
from luwes.core.worktime.day import Status
from luwes.web.access import page
from luwes.web.attendance.chosen import address, chosen, language
from luwes.web.frame import params
from luwes.web.frame.requests import PageRequest

SEARCH, AFTER = "cari", "sesudah"
# Of a list that should be empty, so many are shown.
SHOWN = 50
# Reckonings shown from the newest on.
NEWEST = 3


@page(access=Right.MANAGE_ATTENDANCE)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """One month: how far it is, what each reckoning came to, and what came too late or fits nobody."""
    visit = cast(PageRequest, request)
    here = chosen(request, overview.months_with_punches(), visit.today, reverse("attendance:month"))
    runs = overview.runs_of(here.first, visit.now)
    strays = overview.strays(here.first)
    agencies = units.units_on(month_end(here.first), kinds=[units.kind("perangkat_daerah")])
    sums = queries.presence_months(here.first, [row.key for row in agencies])
    context = {
        "month": here,
        **_told_runs(runs),
        "running": _running(runs),
        "died": any(run.died for run in runs),
        "closed": next((run for run in runs if run.closed), None),
        "over": visit.today > month_end(here.first),
        "agencies": [
            _line(row.name, sums[row.key], address(reverse("attendance:unit", args=[row.key]), here.first))
            for row in agencies
            if row.key in sums
        ],
        "late": overview.late_files(here.first),
        "without_hours": _without_hours(here.first),
        "strays": strays[:SHOWN],
        "stray_count": len(strays),
        "may_propose": rights.allows(visit.actor, Right.MANAGE_SERVICES),
        "may_import": rights.allows(visit.actor, Right.IMPORT),
    }
    return render(request, "attendance/month.html", context)


def _told_runs(runs: Sequence[RunRow]) -> dict[str, Any]:
    """The newest, the first and every closing one: an open month is reckoned every night."""
    found = list(reversed(_runs(runs)))
    told = [one for at, one in enumerate(found) if at < NEWEST or at == len(found) - 1 or one["row"].final]
    return {"runs": told, "untold": len(found) - len(told)}


def _without_hours(first: date) -> list[str]:
    found = hours.without_hours(first)
    names = {row.key: row.name for row in units.units_on(month_end(first))} if found else {}
    return [
        names.get(key, _("Unit yang tidak berlaku lagi")) if key else _("Seluruh pemerintah daerah") for key in found
    ]


@page(access=Right.SEE_UNIT, scoped=True)
@require_safe
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """A unit's sums by kind of day; its people only for who may see staff."""
    visit = cast(PageRequest, request)
    access.require_unit(visit.actor, Right.SEE_UNIT, key, visit.today)
    base = reverse("attendance:unit", args=[key])
    here = chosen(request, queries.months(), visit.today, base)
    tree = units.units_on(visit.today)
    sums = queries.presence_month(key, here.first)
    may_see = rights.allows(visit.actor, Right.SEE_STAFF)
    days = sum(line.days for line in sums.values())
    context: dict[str, Any] = {
        "unit": next(row for row in tree if row.key == key),
        "month": here,
        "days": days,
        "hidden": tellable(here.first, visit.today).presence.hides(key, kinds=True) and not may_see,
        "kinds": [_kind(line) for line in sums.values() if line.days],
        "bands": _bands(sums.values()),
        "runs": _state(overview.runs_of(here.first, visit.now)),
        "people": None,
    }
    if may_see:
        context |= _people(visit, key, here.first, base)
    return render(request, "attendance/unit.html", context)


def _people(visit: PageRequest, key: str, first: date, base: str) -> dict[str, Any]:
    search = params.text(visit, SEARCH)
    inside = below(key, units.units_on(visit.today))
    found = overview.people_of(first, unit_keys=inside, search=search, after=params.text(visit, AFTER))
    return {
        "people": [_person(row) for row in found.rows],
        "total": found.total,
        "search": search,
        "first_url": address(base, first, **{SEARCH: search}) if params.text(visit, AFTER) else "",
        "next_url": address(base, first, **{SEARCH: search, AFTER: found.next}) if found.next else "",
    }


def _person(row: PersonMonth) -> Mapping[str, Any]:
    said = wording.reason(row.reason, formats.short_date(row.on, language()) if row.on else "")
    days = [f"{wording.status(Status(code))} {count}" for code, count in sorted(row.statuses.items(), key=_most)]
    missing = sum(row.statuses.get(code, 0) for code in (Status.MISSING_IN, Status.MISSING_OUT))
    return {
        "name": row.name,
        "url": reverse("people:person", args=[row.id]),
        "unit": row.unit_name,
        "required": row.required,
        "present": row.required - row.statuses.get(Status.ABSENT, 0),
        "late": row.late,
        "minutes": row.late_minutes,
        "missing": missing,
        "absent": row.statuses.get(Status.ABSENT, 0),
        "note": said or ", ".join(days),
    }


def _most(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _runs(runs: Sequence[RunRow]) -> list[dict[str, Any]]:
    """Each reckoning beside the one before it, so that a number which shrank can be read."""
    found: list[dict[str, Any]] = []
    before: Mapping[str, int] | None = None
    for run in runs:
        if run.finished_at is None:
            continue
        figures = {name: _figure(run.counts, name) for name in FIGURES}
        moved = {
            name: wording.change(_figure(before, name), value, language()) if before is not None else ""
            for name, value in figures.items()
        }
        found.append({"row": run, "figures": [{"value": figures[n], "moved": moved[n]} for n in FIGURES]})
        before = run.counts
    return found


FIGURES = ("required", "present", "late", "missing", "absent", "excused", "no_data")


def _figure(counts: Mapping[str, int], name: str) -> int:
    if name == "missing":
        return counts.get("status.missing_in", 0) + counts.get("status.missing_out", 0)
    return counts.get("status.no_data", 0) if name == "no_data" else counts.get(name, 0)


def _running(runs: Sequence[RunRow]) -> dict[str, Any] | None:
    """How far the run under way is, in days of the month."""
    run = next((one for one in runs if one.running), None)
    if run is None:
        return None
    return {
        "value": run.through.day if run.through else 0,
        "through": run.through,
        "since": run.run_at,
    }


def _state(runs: Sequence[RunRow]) -> str:
    if any(run.closed for run in runs):
        return _("Bulan ini sudah ditutup.")
    if runs:
        return _("Hitungan ini masih sementara dan dapat berubah.")
    return _("Bulan ini belum dihitung.")


def _line(name: str, sums: Mapping[DayKind, PresenceLine], url: str) -> dict[str, Any]:
    numbers: Counter[str] = Counter()
    for line in sums.values():
        numbers.update(line.numbers)
        numbers["no_data"] += line.no_data
    required, present = numbers["required"], numbers["present"]
    return {
        "name": name,
        "url": url,
        "share": _share(Fraction(present, required)) if required else "",
        **{key: numbers[key] for key in ("required", "present", "late", "absent", "elsewhere", "no_data")},
    }


def _kind(line: PresenceLine) -> dict[str, Any]:
    presence, realised = line.presence, line.realised
    titles = {
        DayKind.FLEXIBLE: _("Hari fleksibel"),
        DayKind.OTHER: _("Hari lain"),
        DayKind.UNDEFINED: _("Tanpa rencana"),
    }
    return {
        "title": titles[line.kind],
        "days": line.days,
        "known": line.known,
        "no_data": line.no_data,
        "required": line.numbers["required"],
        "attendance": _share(presence.attendance),
        "lateness": _share(presence.lateness),
        "planned": _share(realised.planned_share),
        "realised": _share(realised.share),
        "unknown": realised.unknown,
    }


def _share(value: Fraction | None) -> str:
    return "" if value is None else formats.percent(float(value * 100), 1, language())


def _bands(lines: Iterable[PresenceLine]) -> list[dict[str, Any]]:
    late: Counter[str] = Counter()
    early: Counter[str] = Counter()
    for line in lines:
        late.update(line.presence.late_bands)
        early.update(line.presence.early_bands)
    ordered = [*sorted(late.items()), *sorted(early.items())]
    return [{"term": code, "value": formats.number(count, 0, language())} for code, count in ordered]
