"""The gallery's form: untouched and as it comes back with errors."""

from django import forms
from django.utils.translation import gettext_lazy


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=gettext_lazy("Nama sumber"), help_text=gettext_lazy("Misalnya Rekap TEPRA."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Jenis data"),
        choices=[("", gettext_lazy("Pilih jenis")), ("budget", gettext_lazy("Realisasi anggaran"))],
    )
    as_of = forms.DateField(label=gettext_lazy("Data per tanggal"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label=gettext_lazy("Berkas"), help_text=gettext_lazy("XLSX atau CSV, paling besar 50 MB."))
    place = forms.ChoiceField(
        label=gettext_lazy("Tempat kerja"),
        widget=forms.RadioSelect,
        choices=[("office", gettext_lazy("Kantor")), ("home", gettext_lazy("Rumah"))],
    )
    note = forms.CharField(label=gettext_lazy("Catatan"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    sure = forms.BooleanField(label=gettext_lazy("Angka ini sudah diperiksa bendahara"))


def wrong_form() -> SampleForm:
    """Give the form as it comes back after a faulty submission."""
    form = SampleForm({"name": "", "as_of": "31 Februari"}, prefix="salah")
    form.is_valid()
    return form
