"""The one line in which a person notes a result of their own."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from luwes.apps.results.own_entry import LONGEST_LABEL, MOST
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input


class OwnForm(forms.Form):
    """What, how many, on which day: today unless told otherwise."""

    label = forms.CharField(
        label=gettext_lazy("Apa hasilnya"),
        max_length=LONGEST_LABEL,
        help_text=gettext_lazy("Misalnya: berkas diperiksa, surat dibalas, kunjungan selesai."),
    )
    count = forms.IntegerField(
        label=gettext_lazy("Berapa"),
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Tanggal hasil"), input_formats=ISO, validators=IN_OUR_TIME, widget=date_input()
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"day": today, "count": 1})
