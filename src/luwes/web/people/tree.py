"""The unit tree by form: a new unit, another name or place, and merging, splitting and succeeding.

A reorganisation is looked at before it is done: the first button only tells what will follow.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people import actions, following, succession, wording
from luwes.apps.people import queries as units
from luwes.apps.people.queries import UnitRow
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.people.unit_forms import MergeForm, SplitForm, SucceedForm, UnitForm
from luwes.web.services.editing import renew, wants_check
from luwes.web.services.unit_names import UnitNames


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.IMPORT)
def create(request: HttpRequest, key: str) -> HttpResponse:
    """A new unit below this one, from a day on."""
    visit = cast(PageRequest, request)
    here, names = _unit(visit, key), UnitNames(visit.today)
    initial = {"since": visit.today, "parent": names.name(key), "kind": units.kind_below(here.kind)}
    form = UnitForm(visit.POST if visit.method == "POST" else None, names=names, initial=initial)

    def act() -> str:
        data = form.cleaned_data
        made = actions.create_unit(
            code=data["code"],
            name=data["name"],
            kind=units.kind(data["kind"]),
            parent=units.unit_of(data["parent"]),
            since=data["since"],
            basis=data["basis"],
        )
        return reverse("people:unit", args=[made.key])

    told = (_("Tambah unit"), _("Unit baru tercatat sejak tanggal yang Anda pilih."), _("Catat unit"))
    return _answer(visit, here, form, act, told=told, done=_("Unit tercatat."))


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.IMPORT)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Another code, name, kind or place in the tree, from a day on; earlier days keep what they had."""
    visit = cast(PageRequest, request)
    here, names = _unit(visit, key), UnitNames(visit.today)
    initial = {
        "since": visit.today,
        "code": here.code,
        "name": here.name,
        "kind": here.kind,
        "parent": names.name(here.parent_key),
        "version": units.version_of(key, visit.today),
    }
    form = UnitForm(visit.POST if visit.method == "POST" else None, names=names, initial=initial)

    def act() -> str:
        data = form.cleaned_data
        actions.change_unit(
            unit_key=key,
            since=data["since"],
            code=data["code"],
            name=data["name"],
            kind=units.kind(data["kind"]),
            parent=units.unit_of(data["parent"]),
            version=data["version"] or 0,
            basis=data["basis"],
        )
        return reverse("people:unit", args=[key])

    told = (_("Ubah unit"), _("Hari-hari sebelum tanggal itu tetap memakai nama dan tempat lama."), _("Simpan unit"))
    return _answer(visit, here, form, act, told=told, done=_("Unit tersimpan."))


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.IMPORT)
def merge(request: HttpRequest, key: str) -> HttpResponse:
    """This unit and others become one new unit."""
    visit = cast(PageRequest, request)
    here, names = _unit(visit, key), UnitNames(visit.today)
    form = MergeForm(visit.POST if visit.method == "POST" else None, names=names, initial={"since": visit.today})

    def act() -> str:
        data = form.cleaned_data
        heir = succession.merge_units(
            unit_keys=[key, *form.others], on=data["since"], code=data["code"], name=data["name"], basis=data["basis"]
        )
        return reverse("people:unit", args=[heir])

    told = (
        _("Gabungkan unit"),
        _("Unit-unit ini berakhir pada tanggal itu. Satu unit baru meneruskan pekerjaannya; riwayatnya tetap utuh."),
        _("Gabungkan unit"),
    )
    ending = {key, *form.others} if form.is_bound and form.is_valid() else {key}
    return _answer(visit, here, form, act, told=told, done=_("Unit digabung."), ending=ending)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.IMPORT)
def split(request: HttpRequest, key: str) -> HttpResponse:
    """This unit becomes several."""
    visit = cast(PageRequest, request)
    here, names = _unit(visit, key), UnitNames(visit.today)
    services = following.naming({key}, visit.today).services
    sent = visit.POST if visit.method == "POST" else None
    form = SplitForm(sent, names=names, services=services, initial={"since": visit.today})

    def act() -> str:
        data = form.cleaned_data
        heirs = succession.split_unit(
            unit_key=key,
            on=data["since"],
            parts=form.parts,
            basis=data["basis"],
            main=form.place(data["main"]),
            placing=form.placing,
        )
        return reverse("people:unit", args=[heirs[form.place(data["main"])]])

    told = (
        _("Pecah unit"),
        _("Unit ini berakhir pada tanggal itu. Bagian-bagiannya meneruskan pekerjaannya; riwayatnya tetap utuh."),
        _("Pecah unit"),
    )
    return _answer(visit, here, form, act, told=told, done=_("Unit dipecah."), ending={key})


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.IMPORT)
def succeed(request: HttpRequest, key: str) -> HttpResponse:
    """A unit that stands already does this one's work."""
    visit = cast(PageRequest, request)
    here, names = _unit(visit, key), UnitNames(visit.today)
    form = SucceedForm(visit.POST if visit.method == "POST" else None, names=names, initial={"since": visit.today})

    def act() -> str:
        data = form.cleaned_data
        succession.succeed(unit_key=key, heir_key=data["heir"], on=data["since"], basis=data["basis"])
        return reverse("people:unit", args=[data["heir"]])

    told = (
        _("Ganti unit"),
        _("Unit ini berakhir pada tanggal itu. Unit lain meneruskan pekerjaannya; riwayatnya tetap utuh."),
        _("Ganti unit"),
    )
    return _answer(visit, here, form, act, told=told, done=_("Unit diganti."), ending={key})


def _unit(visit: PageRequest, key: str) -> UnitRow:
    found = units.unit_on(key, visit.today)
    if found is None:
        raise Http404
    return found


def _answer(
    visit: PageRequest,
    here: UnitRow,
    form: forms.Form,
    act: Callable[[], str],
    *,
    told: tuple[str, str, str],
    done: str,
    ending: set[str] | None = None,
) -> HttpResponse:
    if visit.method == "POST" and form.is_valid() and not wants_check(visit):
        try:
            response = once.redirect(visit, act)
        except Refused as refused:
            form.add_error(_field(refused, form), sentence(refused, wording.refusal))
            if refused.code == "stale_unit":
                renew(form, "version", str(units.version_of(here.key, visit.today)))
        else:
            messages.success(visit, done)
            return response
    title, lead, button = told
    context: Mapping[str, object] = {
        "unit": here,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "ends": ending is not None,
        "follows": _follows(visit, form, ending) if ending and wants_check(visit) and not form.errors else None,
        "units": UnitNames(visit.today).offered,
    }
    return render(visit, "people/reorganise.html", context, status=422 if form.errors else 200)


def _follows(visit: PageRequest, form: forms.Form, ending: set[str]) -> Sequence[str]:
    on: date = form.cleaned_data.get("since", visit.today)
    return wording.follows(following.naming(ending, on))


def _field(refused: Refused, form: forms.Form) -> str | None:
    name = {"code_taken": "code", "parent_below_itself": "parent", "basis_missing": "basis"}.get(refused.code)
    return name if name in form.fields else None
