"""The chain of a service by form: which unit or post does what, and how heavily it weighs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.people.services import actions, unfinished, wording
from luwes.apps.people.services.facts import Link
from luwes.apps.people.services.queries import ServiceDetail
from luwes.core.names import name_key
from luwes.web.access import page
from luwes.web.frame import once
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input
from luwes.web.services.editing import managed, renew
from luwes.web.services.unit_names import UnitField, UnitNames

MORE = "tambah"
ROLES = ("depan", "verifikasi", "tanda_tangan", "ti")
Posts = Mapping[str, Mapping[str, tuple[str, str]]]


class ChainForm(forms.Form):
    """From when on the chain is so; `version` names the links the form was made from."""

    since = forms.DateField(
        label=gettext_lazy("Berlaku sejak"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """One link: what is done, by which unit or post, how heavily it weighs. An empty line is left out."""

    role = forms.ChoiceField(label=gettext_lazy("Peran"))
    unit = UnitField(label=gettext_lazy("Unit"), required=False)
    post = forms.CharField(label=gettext_lazy("Jabatan"), required=False, max_length=300)
    weight = forms.IntegerField(label=gettext_lazy("Bobot"), required=False, min_value=1, max_value=100)

    def __init__(self, *args: Any, names: UnitNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].names = names  # type: ignore[attr-defined] # a UnitField
        self.fields["role"].choices = [(role, wording.link_role(role)) for role in ROLES]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["post"].widget.attrs |= {"list": "nama-jabatan", "autocomplete": "off"}
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            if name == "weight":
                field.widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        """A post is one of the unit beside it, and a post alone names no unit."""
        data = super().clean() or self.cleaned_data
        if data.get("post") and not data.get("unit"):
            if "unit" not in self.errors:
                self.add_error("unit", _("Pilih unit dari jabatan ini."))
        elif data.get("post"):
            known = unfinished.posts_of([data["unit"]]).get(data["unit"], {}).get(name_key(data["post"]))
            if known is None:
                self.add_error("post", _("Jabatan ini tidak ada di unit itu. Kosongkan bila seluruh unit terlibat."))
            else:
                data["post"] = known[0]
        return data


if TYPE_CHECKING:
    Lines = forms.BaseFormSet[LinkForm]
else:
    # Django's formsets take no type parameter when the code runs.
    Lines = forms.BaseFormSet


class BaseLinks(Lines):
    """The links of a chain; a line is taken out by its box or by emptying it."""

    def add_fields(self, form: LinkForm, index: int | None) -> None:
        """The box that takes a line out, by name."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Hapus")
        form.fields["DELETE"].widget.attrs["aria-label"] = _("Hapus baris")

    def links(self) -> list[Link]:
        """The links of the filled lines."""
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [Link(one["role"], one["unit"], one["post"], one["weight"] or 1) for one in kept if one["unit"]]


Links = forms.formset_factory(LinkForm, formset=BaseLinks, extra=2, max_num=40, can_delete=True)


@require_http_methods(["GET", "HEAD", "POST"])
@page(access=Right.MANAGE_SERVICES, scoped=True)
def chain(request: HttpRequest, key: str) -> HttpResponse:
    """Show the chain as lines; what is sent holds from a day on."""
    visit = cast(PageRequest, request)
    found = managed(visit, key, visit.today)
    names = UnitNames(visit.today)
    version = actions.chain_version(key, visit.today)
    data = visit.POST if visit.method == "POST" else None
    more = data is not None and MORE in data
    form = ChainForm(data, initial={"since": visit.today, "version": version})
    lines = _lines(_longer(data) if data is not None and more else data, found, names)
    stale = False
    if data is not None and not more and form.is_valid() and lines.is_valid():
        response = _save(visit, form, lines, key)
        if response is not None:
            return response
        stale = form.cleaned_data["version"] != version
        if stale:
            renew(form, "version", version)
    failed = not more and (bool(form.errors) or bool(lines.total_error_count()))
    context = {
        "service": found,
        "form": form,
        "lines": lines,
        "units": names.offered,
        "posts": _post_names(found),
        "present": [_said(link, names) for link in found.links] if stale else [],
        "more": more,
    }
    return render(request, "services/chain.html", context, status=422 if failed else 200)


def _save(visit: PageRequest, form: ChainForm, lines: BaseLinks, key: str) -> HttpResponse | None:
    """Store the chain and go back; None where the form now says what is wrong."""
    data = form.cleaned_data

    def act() -> str:
        actions.set_chain(key=key, links=lines.links(), since=data["since"], version=data["version"])
        return reverse("services:service", args=[key])

    try:
        response = once.redirect(visit, act)
    except Refused as refused:
        form.add_error(None, sentence(refused, wording.refusal))
        return None
    messages.success(visit, _("Rantai layanan tersimpan."))
    return response


def _lines(data: QueryDict | None, found: ServiceDetail, names: UnitNames) -> BaseLinks:
    initial = [
        {"role": link.role, "unit": names.name(link.unit_key), "post": link.post_name, "weight": link.weight}
        for link in found.links
    ]
    return cast(BaseLinks, Links(data, initial=initial, form_kwargs={"names": names}))


def _longer(data: QueryDict) -> QueryDict:
    """What was sent, with two more lines."""
    fresh = data.copy()
    total = fresh.get("form-TOTAL_FORMS", "")
    fresh["form-TOTAL_FORMS"] = str(min(int(total) if total.isdigit() else 0, 38) + 2)
    return fresh


def _post_names(found: ServiceDetail) -> Sequence[str]:
    known = unfinished.posts_of({found.standard.owner, *(link.unit_key for link in found.links)})
    return sorted({name for posts in known.values() for _id, name in posts.values()})


def _said(link: Any, names: UnitNames) -> str:
    parts = [wording.link_role(link.role), names.name(link.unit_key), link.post_name]
    return " · ".join([*filter(None, parts), _("bobot %(weight)d") % {"weight": link.weight}])
