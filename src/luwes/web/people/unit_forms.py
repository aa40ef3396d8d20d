"""Forms of the unit tree: a new unit, another name or place, and the three reorganisations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.people import wording
from luwes.apps.people.following import NamedService
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input
from luwes.web.services.unit_names import UnitField, UnitNames

# The kinds an admin may give; the government itself is not made here.
KINDS = ("perangkat_daerah", "unit", "tim")
MOST = 5


class DatedForm(forms.Form):
    """From which day it holds, and on which regulation it rests."""

    since = forms.DateField(
        label=gettext_lazy("Berlaku sejak"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )

    def __init__(self, *args: Any, names: UnitNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.names = names


class UnitForm(DatedForm):
    """A unit as it stands from a day on."""

    code = forms.CharField(label=gettext_lazy("Kode"), max_length=60)
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"))
    parent = UnitField(label=gettext_lazy("Berada di bawah"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    basis = forms.CharField(
        label=gettext_lazy("Dasar"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Nomor dan tanggal peraturan, bila ada."),
    )
    field_order = ("code", "name", "kind", "parent", "since", "basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, wording.kind(code)) for code in KINDS]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined] # a ChoiceField


class BasisForm(DatedForm):
    """A reorganisation rests on a regulation."""

    basis = forms.CharField(
        label=gettext_lazy("Dasar"),
        max_length=300,
        help_text=gettext_lazy("Nomor dan tanggal peraturan, misalnya Perda Nomor 7 Tahun 2026."),
    )


class MergeForm(BasisForm):
    """The other units, and what they are called together."""

    other_1 = UnitField(label=gettext_lazy("Digabung dengan"))
    other_2 = UnitField(label=gettext_lazy("Dan dengan"), required=False)
    other_3 = UnitField(label=gettext_lazy("Dan dengan"), required=False)
    code = forms.CharField(label=gettext_lazy("Kode unit baru"), max_length=60)
    name = forms.CharField(label=gettext_lazy("Nama unit baru"), max_length=200)
    field_order = ("other_1", "other_2", "other_3", "code", "name", "since", "basis")

    @property
    def others(self) -> list[str]:
        """The keys of the other units."""
        return [key for name in ("other_1", "other_2", "other_3") if (key := self.cleaned_data[name])]


class SucceedForm(BasisForm):
    """The unit that takes over the work."""

    heir = UnitField(label=gettext_lazy("Digantikan oleh"))
    field_order = ("heir", "since", "basis")


class SplitForm(BasisForm):
    """Two to five parts, and which of them does the work of each service."""

    def __init__(self, *args: Any, services: Sequence[NamedService], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = range(1, MOST + 1)
        for number in numbers:
            required = number <= 2
            label = _("bagian %(number)d") % {"number": number}
            self.fields[f"code_{number}"] = forms.CharField(
                label=_("Kode %(part)s") % {"part": label}, max_length=60, required=required
            )
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Nama %(part)s") % {"part": label}, max_length=200, required=required
            )
        choices = [(number, _("bagian %(number)d") % {"number": number}) for number in numbers]
        self.fields["main"] = forms.TypedChoiceField(
            label=_("Pegawai dan layanan lain ikut"),
            choices=choices,
            coerce=int,
            help_text=_("Berkas pegawai berikutnya menempatkan tiap orang pada bagiannya."),
        )
        self.services = {f"service_{service.key}": service for service in services}
        for field, service in self.services.items():
            self.fields[field] = forms.TypedChoiceField(
                label=_("Layanan “%(name)s” ikut") % {"name": service.name},
                choices=[("", _("bagian utama")), *choices],
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.order_fields([*(name for name in self.fields if name not in ("since", "basis")), "since", "basis"])

    def clean(self) -> dict[str, Any]:
        """Half a part is no part, and nothing follows a part that is not there."""
        data: dict[str, Any] = super().clean() or {}
        for number in range(1, MOST + 1):
            if bool(data.get(f"code_{number}")) != bool(data.get(f"name_{number}")):
                missing = f"name_{number}" if data.get(f"code_{number}") else f"code_{number}"
                if missing not in self.errors:
                    self.add_error(missing, _("Isi kode dan nama, atau kosongkan keduanya."))
        there = {number for number in range(1, MOST + 1) if data.get(f"name_{number}")}
        for field in ("main", *self.services):
            if (chosen := data.get(field)) is not None and chosen not in there:
                self.add_error(field, _("Bagian ini belum diisi. Pilih bagian lain atau isi kode dan namanya."))
        return data

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Code and name of each part that is there, in order."""
        data = self.cleaned_data
        return [(data[f"code_{n}"], data[f"name_{n}"]) for n in self._there()]

    def place(self, number: int) -> int:
        """The place of a part among those that are there."""
        return self._there().index(number)

    @property
    def placing(self) -> dict[str, int]:
        """Which part each service was put with, by its key."""
        chosen = {service.key: self.cleaned_data[field] for field, service in self.services.items()}
        return {key: self.place(number) for key, number in chosen.items() if number is not None}

    def _there(self) -> list[int]:
        return [number for number in range(1, MOST + 1) if self.cleaned_data.get(f"name_{number}")]
