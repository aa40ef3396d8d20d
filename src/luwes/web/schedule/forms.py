"""The form of the threshold."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy

from luwes.web.frame.widgets import ISO, date_input

LONG = 300
UNFIT = gettext_lazy("Tulis angka di atas 0 dan paling banyak 100, misalnya 10 atau 12,5.")


class ThresholdForm(forms.Form):
    """From which exposure a day is flexible, from when on, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    percent = forms.DecimalField(
        label=gettext_lazy("Ambang (%)"),
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        error_messages={"invalid": UNFIT, "min_value": UNFIT, "max_value": UNFIT},
        help_text=gettext_lazy("Hari dengan paparan sebesar ini atau lebih disebut hari fleksibel."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    since = forms.DateField(
        label=gettext_lazy("Berlaku mulai"),
        input_formats=ISO,
        widget=date_input(),
        help_text=gettext_lazy("Bulan yang sudah dihitung sejak tanggal ini dihitung ulang dalam beberapa menit."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dibaca semua orang yang melihat halaman ini."),
    )

    def share(self) -> Decimal:
        """The threshold as a fraction of 1."""
        percent: Decimal = self.cleaned_data["percent"]
        return percent / 100
