"""The forms of the leader's pages."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from luwes.apps.reporting.actions import FORMATS
from luwes.apps.results.queries import BudgetDate
from luwes.web.leadership import dates


class DateForm(forms.Form):
    """Choose the date whose figures are shown."""

    per = forms.ChoiceField(label=_("Data per tanggal"))

    def __init__(self, known: Sequence[BudgetDate], shown: BudgetDate) -> None:
        super().__init__(initial={dates.PARAMETER: dates.encode(shown)}, auto_id="pilih_%s")
        field = self.fields["per"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
        field.choices = dates.choices(known)


class DownloadForm(forms.Form):
    """What file a reader wants, of which date."""

    format = forms.ChoiceField(choices=[(one, one) for one in FORMATS])
    per = forms.CharField(required=False, max_length=20)
