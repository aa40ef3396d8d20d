"""Forms of spot checks."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from luwes.apps.results.spotchecks.actions import LONGEST_WAIT, Finding
from luwes.web.counter.forms import clock_input
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input

SERVED, REFUSED, SHUT = "dilayani", "tidak", "tutup"


class FindingForm(forms.Form):
    """What was found, in under a minute: one choice, the rest may stay empty."""

    found = forms.ChoiceField(
        label=gettext_lazy("Apa yang Anda temukan?"),
        choices=[
            (SERVED, gettext_lazy("Dilayani")),
            (REFUSED, gettext_lazy("Loket buka atau telepon diangkat, tetapi tidak dilayani")),
            (SHUT, gettext_lazy("Loket tutup atau telepon tidak diangkat")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih satu jawaban.")},
    )
    waited = forms.IntegerField(
        label=gettext_lazy("Menunggu berapa menit"),
        required=False,
        min_value=0,
        max_value=LONGEST_WAIT,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    said = forms.TimeField(label=gettext_lazy("Pukul berapa Anda di sana"), required=False, widget=clock_input())
    note = forms.CharField(label=gettext_lazy("Catatan"), required=False, max_length=200)
    photo = forms.FileField(
        label=gettext_lazy("Foto pintu yang tutup"),
        required=False,
        help_text=gettext_lazy("Tanpa orang. Data kamera dihapus, fotonya hilang setelah 30 hari."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg", "capture": "environment"}),
    )

    def finding(self) -> Finding:
        """What was filled in."""
        data = self.cleaned_data
        said = data["said"]
        return Finding(
            reached=data["found"] != SHUT,
            served=data["found"] == SERVED,
            waited=data["waited"],
            said_minute=said.hour * 60 + said.minute if said else None,
            note=data["note"],
        )


class ProcedureForm(forms.Form):
    """How is drawn from a day to come."""

    since = forms.DateField(
        label=gettext_lazy("Berlaku mulai"), input_formats=ISO, validators=IN_OUR_TIME, widget=date_input()
    )
    per_day = forms.IntegerField(label=gettext_lazy("Pemeriksaan sehari"), min_value=1, max_value=200)
    flexible_rate = forms.IntegerField(
        label=gettext_lazy("Bobot hari fleksibel"),
        min_value=1,
        max_value=10,
        help_text=gettext_lazy("2: loket pada hari fleksibelnya dua kali lebih mungkin terundi."),
    )
    base_percent = forms.DecimalField(
        label=gettext_lazy("Perkiraan tidak terlayani pada hari lain (%)"),
        min_value=0,
        max_value=Decimal("99.99"),
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
