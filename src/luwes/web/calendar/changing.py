"""Forms that change calendars: late decrees, whole years, Ramadan, blackouts, working hours."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luwes.apps.accounts import wording as account_wording
from luwes.apps.accounts.roles import Right
from luwes.apps.people import queries as people
from luwes.apps.people.calendars import actions, blackouts, queries, working_time
from luwes.core import formats
from luwes.core.workdays.calendar import HolidayKind, Pattern
from luwes.web.access import page
from luwes.web.calendar.forms import (
    BlackoutForm,
    DecreeForm,
    HolidayForm,
    HoursForm,
    RamadanForm,
    ReasonForm,
    read_day,
)
from luwes.web.calendar.saving import save, sent
from luwes.web.calendar.shown import language
from luwes.web.calendar.views import YEARS
from luwes.web.frame import once, params
from luwes.web.frame.requests import PageRequest

METHODS = ["GET", "HEAD", "POST"]


@page(access=Right.MANAGE_CALENDAR)
@require_POST
def seed(request: HttpRequest) -> HttpResponse:
    """Load the shipped calendars that are not here yet."""
    visit = cast(PageRequest, request)

    def act() -> str:
        actions.seed_calendars()
        return reverse("calendar:year")

    try:
        response = once.redirect(visit, act)
    except once.FormStale as stale:
        messages.error(visit, account_wording.refusal(stale.code))
        return HttpResponseRedirect(reverse("calendar:year"))
    messages.success(visit, _("Kalender bawaan dimuat. Yang sudah Anda ubah tetap seperti semula."))
    return response


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(METHODS)
def add_holiday(request: HttpRequest) -> HttpResponse:
    """Add a day by a later decree. The version the person looked at travels in the form."""
    visit = cast(PageRequest, request)
    year = _year(params.text(request, "tahun")) or visit.today.year
    form = HolidayForm(sent(visit), initial={"version": _version(year)})

    def act() -> str:
        data = form.cleaned_data
        actions.add_holiday(
            version=data["version"] if data["day"].year == year else _version(data["day"].year),
            day=data["day"],
            kind=HolidayKind(data["kind"]),
            name=data["name"],
            decree=data["decree"],
            number=data["number"],
            issued=data["issued"],
        )
        return _back(data["day"].year)

    words = {"title": _("Tambah hari libur"), "button": _("Tambah hari libur"), "eyebrow": str(year)}
    return save(visit, form, act, words=words, back=_back(year), said=_("Hari libur ditambahkan sebagai versi baru."))


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(METHODS)
def remove_holiday(request: HttpRequest, day: str) -> HttpResponse:
    """Take a day out, with the reason."""
    visit = cast(PageRequest, request)
    found = read_day(day)
    if found is None:
        raise Http404
    form = ReasonForm(sent(visit), initial={"version": _version(found.year)})

    def act() -> str:
        actions.remove_holiday(version=form.cleaned_data["version"], day=found, reason=form.cleaned_data["reason"])
        return _back(found.year)

    eyebrow = formats.long_date(found, language())
    words = {"title": _("Hapus hari libur"), "button": _("Hapus hari libur"), "eyebrow": eyebrow}
    return save(visit, form, act, words=words, back=_back(found.year), said=_("Hari libur dihapus pada versi baru."))


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(METHODS)
def decree(request: HttpRequest, year: int) -> HttpResponse:
    """Record a year's decree whole."""
    visit = cast(PageRequest, request)
    if year not in YEARS:
        raise Http404
    form = DecreeForm(year, sent(visit), initial={"version": _version(year), "days": _lines(year)})

    def act() -> str:
        data = form.cleaned_data
        actions.decree_calendar(
            year=year,
            version=data["version"],
            decree=data["decree"],
            number=data["number"],
            issued=data["issued"],
            holidays=data["days"],
        )
        return _back(year)

    words = {"title": _("Catat keputusan setahun"), "button": _("Simpan kalender"), "eyebrow": str(year)}
    return save(visit, form, act, words=words, back=_back(year), said=_("Kalender tersimpan sebagai versi baru."))


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(METHODS)
def ramadan(request: HttpRequest) -> HttpResponse:
    """Record or move a Ramadan."""
    visit = cast(PageRequest, request)
    form = RamadanForm(sent(visit))

    def act() -> str:
        data = form.cleaned_data
        actions.set_ramadan(hijri=data["hijri"], first=data["first"], last=data["last"], basis=data["basis"])
        return _back(data["first"].year)

    words = {"title": _("Catat masa Ramadan"), "button": _("Simpan masa Ramadan"), "eyebrow": ""}
    return save(visit, form, act, words=words, back=_back(visit.today.year), said=_("Masa Ramadan tersimpan."))


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(METHODS)
def add_blackout(request: HttpRequest) -> HttpResponse:
    """Close a period to flexible work."""
    visit = cast(PageRequest, request)
    form = BlackoutForm(people.units_on(visit.today), sent(visit))

    def act() -> str:
        data = form.cleaned_data
        blackouts.add_blackout(unit_key=data["unit"], period=form.period(), name=data["name"], basis=data["basis"])
        return _back(data["first"].year)

    words = {"title": _("Tetapkan masa larangan"), "button": _("Tetapkan masa larangan"), "eyebrow": ""}
    return save(visit, form, act, words=words, back=_back(visit.today.year), said=_("Masa larangan ditetapkan."))


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(METHODS)
def withdraw_blackout(request: HttpRequest, blackout_id: str) -> HttpResponse:
    """Take a blackout back, with the reason."""
    visit = cast(PageRequest, request)
    form = ReasonForm(sent(visit))

    def act() -> str:
        blackouts.withdraw_blackout(blackout_id=blackout_id, reason=form.cleaned_data["reason"])
        return _back(visit.today.year)

    words = {"title": _("Cabut masa larangan"), "button": _("Cabut masa larangan"), "eyebrow": ""}
    return save(visit, form, act, words=words, back=_back(visit.today.year), said=_("Masa larangan dicabut."))


@page(access=Right.MANAGE_CALENDAR)
@require_http_methods(METHODS)
def assign_hours(request: HttpRequest) -> HttpResponse:
    """Say which working hours hold where from when."""
    visit = cast(PageRequest, request)
    form = HoursForm(people.units_on(visit.today), sent(visit))
    back = reverse("calendar:hours")

    def act() -> str:
        data = form.cleaned_data
        working_time.assign_working_time(
            unit_key=data["unit"],
            schedule=data["schedule"],
            pattern=Pattern(data["pattern"]),
            period=form.period(),
        )
        return back

    words = {"title": _("Tetapkan jam kerja"), "button": _("Tetapkan jam kerja"), "eyebrow": ""}
    return save(visit, form, act, words=words, back=back, said=_("Jam kerja ditetapkan."))


def _version(year: int) -> str:
    return next((row.id for row in queries.versions_of(year) if row.superseded_at is None), "")


def _lines(year: int) -> str:
    days = queries.calendar(year).years.get(year, {})
    words = {HolidayKind.NATIONAL: "nasional", HolidayKind.JOINT: "cuti"}
    return "\n".join(f"{day.isoformat()}; {words[one.kind]}; {one.name}" for day, one in sorted(days.items()))


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) in YEARS else None


def _back(year: int) -> str:
    return f"{reverse('calendar:year')}?tahun={year}"
