"""Forms of documents."""

from django import forms
from django.utils.translation import gettext_lazy


class LetterheadForm(forms.Form):
    """The lines of a letterhead as they are printed, from the top."""

    lines = forms.CharField(
        label=gettext_lazy("Baris kop"),
        max_length=400,
        help_text=gettext_lazy("Satu baris per baris cetak, misalnya nama pemerintah daerah lalu nama dinas."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    address = forms.CharField(
        label=gettext_lazy("Alamat"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Jalan, kota, telepon, laman."),
    )
    place = forms.CharField(
        label=gettext_lazy("Tempat"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Kota terbit, dicetak di kaki laporan bersama tanggalnya."),
    )


class CodeForm(forms.Form):
    """The code printed at the foot of a document."""

    code = forms.CharField(
        label=gettext_lazy("Kode dokumen"),
        max_length=40,
        help_text=gettext_lazy("Enam belas huruf dan angka di kaki halaman."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The code as it is stored, however it was typed."""
        return "".join(c for c in str(self.cleaned_data["code"]).lower() if c.isascii() and c.isalnum())
