"""The filter of the audit trail."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.audit import wording
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input


class FilterForm(forms.Form):
    """What to look for. Everything may stay empty."""

    tindakan = forms.ChoiceField(label=gettext_lazy("Tindakan"), required=False)
    pelaku = forms.CharField(label=gettext_lazy("Nama pelaku"), required=False, max_length=200)
    objek = forms.CharField(label=gettext_lazy("Id objek"), required=False, max_length=64)
    dari = forms.DateField(
        label=gettext_lazy("Dari tanggal"),
        required=False,
        widget=date_input(),
        input_formats=ISO,
        validators=IN_OUR_TIME,
    )
    sampai = forms.DateField(
        label=gettext_lazy("Sampai tanggal"),
        required=False,
        widget=date_input(),
        input_formats=ISO,
        validators=IN_OUR_TIME,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        deeds = sorted(((code, wording.deed(code)) for code in wording.SENTENCES), key=lambda item: item[1])
        self.fields["tindakan"].choices = [("", _("Semua tindakan")), *deeds]  # type: ignore[attr-defined]
