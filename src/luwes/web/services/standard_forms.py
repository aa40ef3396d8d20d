"""Forms about a service's standard: one service in full, or many in a list."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.people.services.facts import Standard
from luwes.core.services.hours import HoursUnread, Window, read_hours
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input
from luwes.web.services.unit_names import UnitField, UnitNames

DAYS, HOURS, MINUTES = "hari_kerja", "jam", "menit"
USUAL_HOURS = "Senin–Kamis 08.00–15.00; Jumat 08.00–11.00"


class HoursField(forms.CharField):
    """Opening hours as people write them; cleans to the text, which then can be read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, label=gettext_lazy("Jam buka"), **kwargs)

    def clean(self, value: Any) -> str:
        """The text. Raises ValidationError where any part of it cannot be understood."""
        text: str = super().clean(value)
        try:
            read_hours(text)
        except HoursUnread as error:
            raise forms.ValidationError(
                _("Jam ini tidak terbaca. Tulis hari lalu jamnya, misalnya: %(example)s.") % {"example": USUAL_HOURS}
            ) from error
        return text


class RupiahField(forms.IntegerField):
    """Whole rupiah, with or without the points people write."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        """ "Rp150.000" → 150000."""
        text = str(value or "").replace("Rp", "").replace(".", "").replace(" ", "")
        return super().to_python(text)


def unit_choices() -> list[tuple[str, str]]:
    """In what a promised time is counted."""
    return [(DAYS, _("hari kerja")), (HOURS, _("jam")), (MINUTES, _("menit"))]


def promised(amount: int | None, unit: str) -> tuple[int | None, int | None]:
    """(minutes, working days) of an amount as a form states it."""
    if amount is None:
        return None, None
    return (None, amount) if unit == DAYS else (amount * (60 if unit == HOURS else 1), None)


def stated(standard: Standard) -> tuple[int | None, str]:
    """The promised time as a form states it."""
    if standard.minutes is None:
        return standard.days, DAYS
    return (standard.minutes // 60, HOURS) if standard.minutes % 60 == 0 else (standard.minutes, MINUTES)


class PromiseForm(forms.Form):
    """What one service promises, and what it takes."""

    amount = forms.IntegerField(label=gettext_lazy("Waktu penyelesaian"), required=False, min_value=1, max_value=1_000)
    unit = forms.ChoiceField(label=gettext_lazy("Satuan waktu"), initial=DAYS)
    cost = RupiahField(
        label=gettext_lazy("Biaya (Rp)"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=gettext_lazy("0 bila gratis."),
    )
    implementers = forms.IntegerField(
        label=gettext_lazy("Jumlah pelaksana"), required=False, min_value=1, max_value=10_000
    )
    hours = HoursField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices()  # type: ignore[attr-defined] # a ChoiceField
        for name in ("amount", "implementers", "cost"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def windows(self) -> Sequence[Window]:
        """The opening hours of a valid form."""
        return read_hours(self.cleaned_data["hours"])


def required_share_field() -> forms.IntegerField:
    """The share of cases that must keep the promised time."""
    return forms.IntegerField(
        label=gettext_lazy("Wajib tepat waktu (%)"),
        initial=90,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=gettext_lazy("Dari tiap 100 perkara, paling sedikit sekian selesai dalam waktu yang dijanjikan."),
    )


class StandardForm(PromiseForm):
    """Name, owner and published standard of one service, and from when on they hold."""

    name = forms.CharField(label=gettext_lazy("Nama layanan"), max_length=300)
    owner = UnitField(label=gettext_lazy("Unit pemilik"))
    share = required_share_field()
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=300,
        help_text=gettext_lazy("Keputusan atau maklumat yang memuat standar pelayanan ini."),
    )
    since = forms.DateField(
        label=gettext_lazy("Berlaku sejak"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order: Sequence[str] = (
        *("name", "owner", "amount", "unit", "share", "cost", "implementers", "hours", "source", "since"),
    )

    def __init__(self, *args: Any, names: UnitNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].names = names  # type: ignore[attr-defined] # a UnitField
        self.fields["hours"].help_text = _("Misalnya: %(example)s.") % {"example": USUAL_HOURS}

    def standard(self) -> Standard:
        """What a valid form says."""
        data = self.cleaned_data
        minutes, days = promised(data["amount"], data["unit"])
        return Standard(
            name=data["name"],
            owner=data["owner"],
            minutes=minutes,
            days=days,
            cost=data["cost"],
            implementers=data["implementers"],
            hours=data["hours"],
            windows=self.windows(),
            source=data["source"],
            required_share=data["share"],
        )


def initial_of(standard: Standard, owner_name: str) -> dict[str, object]:
    """A standard as the initial values of `StandardForm`."""
    amount, unit = stated(standard)
    return {
        "name": standard.name,
        "owner": owner_name,
        "amount": amount,
        "unit": unit,
        "share": standard.required_share,
        "cost": standard.cost,
        "implementers": standard.implementers,
        "hours": standard.hours,
        "source": standard.source,
    }


class CreateForm(StandardForm):
    """A new service also says where it is given."""

    point = forms.CharField(
        label=gettext_lazy("Titik layanan"),
        max_length=200,
        initial=gettext_lazy("Loket utama"),
        help_text=gettext_lazy("Tempat warga dilayani. Titik lain dapat ditambah kemudian."),
    )

    field_order = (*StandardForm.field_order, "point")


class EndForm(forms.Form):
    """From when on a service is no more, and why."""

    since = forms.DateField(
        label=gettext_lazy("Tidak ada lagi sejak"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)


class SharedForm(forms.Form):
    """What holds for all services of a list: where it is written, from when on, where they are given, the floor."""

    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=300,
        help_text=gettext_lazy("Keputusan atau maklumat yang memuat standar pelayanan ini."),
    )
    since = forms.DateField(
        label=gettext_lazy("Berlaku sejak"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )
    share = required_share_field()
    point = forms.CharField(
        label=gettext_lazy("Titik layanan"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Dicatat untuk layanan yang belum punya titik."),
    )
    floor_share = forms.IntegerField(
        label=gettext_lazy("Lantai: paling sedikit hadir (% pelaksana)"),
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=gettext_lazy(
            "Pada semua jam buka, dibulatkan ke atas. Kosongkan bila Anda mengatur lantai nanti; "
            "sampai saat itu hari fleksibel di sana tetap tertutup."
        ),
    )


class LineForm(PromiseForm):
    """One service of a list. A line without time and implementers is left for later."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label
            field.help_text = ""

    @property
    def answered(self) -> bool:
        """Whether the line says anything."""
        return any(self.cleaned_data.get(name) is not None for name in ("amount", "implementers"))

    def clean(self) -> dict[str, Any]:
        """A line is answered whole or not at all."""
        data = super().clean() or self.cleaned_data
        if not self.errors and self.answered:
            for name in ("amount", "implementers", "hours"):
                if not data.get(name):
                    self.add_error(name, _("Lengkapi, atau kosongkan waktu dan pelaksana untuk mengisinya nanti."))
        return data
