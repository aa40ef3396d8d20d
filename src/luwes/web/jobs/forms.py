"""Forms behind job links."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 1_900  # two answers and their headings fit into one note


class BudgetNoteForm(forms.Form):
    """Why realisation stands where it stands, and what is being done."""

    cause = forms.CharField(
        label=gettext_lazy("Penyebab"),
        max_length=LONGEST,
        help_text=gettext_lazy("Apa yang membuat realisasi seperti ini?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    measure = forms.CharField(
        label=gettext_lazy("Tindak lanjut"),
        max_length=LONGEST,
        help_text=gettext_lazy("Apa yang sedang dikerjakan, oleh siapa, dan kapan selesai?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    year = forms.IntegerField(widget=forms.HiddenInput)
    as_of = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])

    def text(self) -> str:
        """Both answers as one note."""
        data = self.cleaned_data
        return _("Penyebab: %(cause)s\n\nTindak lanjut: %(measure)s") % {
            "cause": data["cause"],
            "measure": data["measure"],
        }
