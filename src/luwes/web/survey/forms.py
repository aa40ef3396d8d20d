"""Forms of who runs the survey."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from luwes.apps.results.intake import wording
from luwes.apps.results.intake.kinds import RoundKind
from luwes.apps.results.intake.posters import LONGEST_PLACE
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input


class RoundForm(forms.Form):
    """A round: what is asked, its name, and from when until when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Pertanyaan"),
        help_text=gettext_lazy("SKM resmi didahulukan selama berjalan; sesudahnya tiga pertanyaan berlanjut."),
    )
    name = forms.CharField(label=gettext_lazy("Nama putaran"), max_length=200)
    since = forms.DateField(label=gettext_lazy("Mulai"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME)
    last = forms.DateField(
        label=gettext_lazy("Hari terakhir"),
        widget=date_input(),
        input_formats=ISO,
        validators=IN_OUR_TIME,
        required=False,
        help_text=gettext_lazy("Kosongkan bila survei berjalan terus."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, wording.round_kind(kind)) for kind in RoundKind]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined] # a ChoiceField


class PosterForm(forms.Form):
    """Where the poster is going to hang."""

    place = forms.CharField(
        label=gettext_lazy("Tempat menempel"),
        max_length=LONGEST_PLACE,
        required=False,
        help_text=gettext_lazy("Misalnya “Meja tunggu” atau “Pintu keluar”, agar poster dapat dibedakan."),
    )


class ConfirmForm(forms.Form):
    """A step that needs no more than a yes."""
