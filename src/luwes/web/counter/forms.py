"""Forms at the counter."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.results.counters import wording
from luwes.apps.results.counters.actions import LONGEST_NOTE, REASONS, Closure
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input


def clock_input() -> forms.TimeInput:
    """The browser's own time picker."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PauseForm(forms.Form):
    """Why the counter is shut for a while."""

    reason = forms.ChoiceField(label=gettext_lazy("Alasan tutup sementara"), widget=forms.Select)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [("", _("Pilih alasan")), *((code, wording.reason(code)) for code in REASONS)]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]


class YesterdayForm(forms.Form):
    """When the counter closed on the last day it opened, yesterday or before a weekend."""

    kemarin = forms.DateField(input_formats=ISO, widget=forms.HiddenInput)
    closed = forms.TimeField(label=gettext_lazy("Hari itu tutup pukul"), widget=clock_input())

    def minute(self) -> int:
        """The minute of the day."""
        moment = self.cleaned_data["closed"]
        return int(moment.hour) * 60 + int(moment.minute)


class ClosureForm(forms.Form):
    """A closure told beforehand."""

    day = forms.DateField(label=gettext_lazy("Tanggal"), input_formats=ISO, validators=IN_OUR_TIME, widget=date_input())
    start = forms.TimeField(label=gettext_lazy("Mulai pukul"), widget=clock_input())
    end = forms.TimeField(label=gettext_lazy("Sampai pukul"), widget=clock_input())
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=120,
        help_text=gettext_lazy("Dibaca warga, misalnya: upacara, pelatihan petugas."),
    )

    def closure(self) -> Closure:
        """What was filled in."""
        data = self.cleaned_data
        start, end = (int(data[name].hour) * 60 + int(data[name].minute) for name in ("start", "end"))
        return Closure(data["day"], start, end, data["reason"])


class NoteForm(forms.Form):
    """What citizens read beside a service."""

    online = forms.CharField(
        label=gettext_lazy("Yang dapat dilakukan daring"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    complaint = forms.CharField(
        label=gettext_lazy("Saluran pengaduan"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("Bila kosong, warga diarahkan ke SP4N-LAPOR!"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
