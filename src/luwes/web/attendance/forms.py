"""Forms about presence: an outage, a reason, and the buttons of a month."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input

TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
MIDNIGHT = 24 * 60


def clock_field(label: Any) -> forms.TimeField:
    """A time of day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, input_formats=TIMES, widget=widget)


class OutageForm(forms.Form):
    """Who could not punch, when, and why it is believed."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit yang terkena"), required=False)
    day = forms.DateField(
        label=gettext_lazy("Tanggal"), widget=date_input(), input_formats=ISO, validators=[*IN_OUR_TIME]
    )
    start = clock_field(gettext_lazy("Mulai"))
    end = clock_field(gettext_lazy("Sampai"))
    cause = forms.CharField(
        label=gettext_lazy("Sebab dan buktinya"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Misalnya nomor laporan gangguan dan siapa yang memastikannya."),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = ("", _("Seluruh pemerintah daerah"))
        self.fields["unit"].choices = [everybody, *units]  # type: ignore[attr-defined] # a ChoiceField

    @property
    def window(self) -> tuple[int, int]:
        """From minute, until minute; midnight as the end is the end of the day."""
        data = self.cleaned_data
        return minutes_of(data["start"]), minutes_of(data["end"]) or MIDNIGHT

    def clean(self) -> dict[str, Any]:
        """It must run forward."""
        data = super().clean() or self.cleaned_data
        if data.get("start") is not None and data.get("end") is not None and self.window[0] >= self.window[1]:
            self.add_error("end", _("“Sampai” harus sesudah “mulai”."))
        return data


class ReasonForm(forms.Form):
    """Why something is taken back or opened again."""

    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def minutes_of(clock: time) -> int:
    """The minute of the day."""
    return clock.hour * 60 + clock.minute
