"""Forms about staff: who heads a unit, and what posts allow."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.people.staff import wording
from luwes.apps.people.staff.actions import CRITERIA, FLAGS, LONGEST_REASON, QUESTIONS

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
ANSWERS = ("ya", "tidak", "belum")
CAPACITIES = ("definitif", "plt", "plh")


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HeadshipForm(forms.Form):
    """In which capacity a unit is headed, from when until when."""

    capacity = forms.ChoiceField(label=gettext_lazy("Kedudukan"))
    since = forms.DateField(label=gettext_lazy("Mulai tanggal"), widget=_calendar(), input_formats=DAY_FORMATS)
    until = forms.DateField(
        label=gettext_lazy("Berakhir sebelum tanggal"),
        required=False,
        help_text=gettext_lazy("Wajib untuk Plt. dan Plh. Sesudahnya pimpinan sebelumnya berlaku lagi."),
        widget=_calendar(),
        input_formats=DAY_FORMATS,
    )
    basis = forms.CharField(
        label=gettext_lazy("Dasar penunjukan"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Nomor dan tanggal surat."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = [(code, wording.head_capacity(code)) for code in CAPACITIES]  # type: ignore[attr-defined] # a ChoiceField


class HeadForm(HeadshipForm):
    """The unit somebody heads."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit yang dipimpin"))
    field_order = ("unit",)

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined] # a ChoiceField


class UnitHeadForm(HeadshipForm):
    """Who of its own people heads a unit."""

    person = forms.ChoiceField(
        label=gettext_lazy("Pimpinan"),
        help_text=gettext_lazy("Pegawai unit ini. Untuk orang dari unit lain, buka halaman pegawainya."),
    )
    field_order = ("person",)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined] # a ChoiceField


class AssessForm(forms.Form):
    """Answers for the posts chosen; a question left alone keeps each post's own answer."""

    everything = forms.BooleanField(label=gettext_lazy("Terapkan ke semua jabatan yang cocok"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Alasan masih kosong. Tulis mengapa jabatan dinilai begitu.")},
        help_text=gettext_lazy("Dicatat pada setiap jabatan dan pada jejak audit."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Biarkan")), *((code, wording.answer(code)) for code in ANSWERS)]
        for name in QUESTIONS:
            self.fields[name] = forms.ChoiceField(label=wording.question(name), required=False, choices=choices)

    @property
    def flag_fields(self) -> list[forms.BoundField]:
        """What the work is like."""
        return [self[name] for name in FLAGS]

    @property
    def criterion_fields(self) -> list[forms.BoundField]:
        """The five task criteria."""
        return [self[name] for name in CRITERIA]
