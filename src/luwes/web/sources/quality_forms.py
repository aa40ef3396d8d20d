"""Forms about the quality of sources: who answers for one, and what changed about how something is recorded."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.sources.breaks import LONGEST_DESCRIPTION, LONGEST_OWNER, Changed
from luwes.apps.sources.kinds import all_kinds
from luwes.apps.sources.wording import changed
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input

# Stands for no single kind or unit; keys are longer and codes English.
ALL = "semua"


def _kinds() -> list[tuple[str, str]]:
    return [(ALL, _("Semua jenis data")), *((kind.code, kind.label()) for kind in all_kinds().values())]


def _changes() -> list[tuple[str, str]]:
    return [(each.value, changed(each.value)) for each in Changed]


class OwnerForm(forms.Form):
    """Who answers for a source."""

    owner = forms.CharField(
        label=gettext_lazy("Penanggung jawab"),
        max_length=LONGEST_OWNER,
        required=False,
        help_text=gettext_lazy(
            "Nama atau jabatan yang dihubungi bila datanya terlambat, misalnya “Kasubbag Perencanaan, Dinas Kesehatan”."
        ),
    )


class BreakForm(forms.Form):
    """From when on which figures are recorded in another way."""

    kind = forms.ChoiceField(label=gettext_lazy("Jenis data"), choices=_kinds)
    on = forms.DateField(
        label=gettext_lazy("Berlaku sejak"),
        input_formats=ISO,
        widget=date_input(),
        validators=IN_OUR_TIME,
        help_text=gettext_lazy("Hari pertama pencatatan memakai cara yang baru."),
    )
    what = forms.ChoiceField(label=gettext_lazy("Yang berubah"), choices=_changes)
    description = forms.CharField(
        label=gettext_lazy("Keterangan"),
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Misalnya: aplikasi presensi baru, atau laporan harian hanya wajib pada hari fleksibel."
        ),
    )

    def __init__(self, units: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ChoiceField(
            label=gettext_lazy("Unit"),
            choices=[(ALL, _("Semua unit")), *units],
            help_text=gettext_lazy("Berlaku juga untuk unit di bawahnya."),
        )
        self.order_fields(["kind", "unit"])

    def facts(self) -> dict[str, Any]:
        """What `declare_break` takes."""
        data = self.cleaned_data
        return {
            "kind": "" if data["kind"] == ALL else data["kind"],
            "unit_key": "" if data["unit"] == ALL else data["unit"],
            "on": data["on"],
            "what": Changed(data["what"]),
            "description": data["description"],
        }
