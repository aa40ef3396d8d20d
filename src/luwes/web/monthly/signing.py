"""Signing a month: the reasons for rows without an answer, and in which capacity; taking the signature back."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.accounts import wording as accounts_wording
from luwes.apps.accounts.roles import Capacity
from luwes.apps.reporting import form_actions
from luwes.apps.reporting.form_fields import BY_CODE
from luwes.apps.reporting.form_queries import FormState
from luwes.web.monthly.form import Posted

GAP = "alasan-"


class SignForm(forms.Form):
    """One reason per row without an answer. `capacity` is asked of who signs without an account's role."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Posted, *, state: FormState, asks_capacity: bool) -> None:
        # On the page of a job link it stands below the form itself, whose ids it must not repeat.
        super().__init__(data, auto_id="tanda_%s")
        self.state = state
        self.initial["version"] = state.form.version
        for code in state.missing:
            self.fields[f"{GAP}{code}"] = forms.CharField(
                label=_("%(section)d. %(row)s: alasan belum ada")
                % {"section": BY_CODE[code].section, "row": BY_CODE[code].label},
                max_length=form_actions.LONGEST_REASON,
                error_messages={"required": _("Tulis alasan belum ada, atau kembali dan isi butirnya.")},
            )
        if asks_capacity:
            self.fields["capacity"] = forms.ChoiceField(
                label=_("Menandatangani sebagai"),
                choices=[(one.value, accounts_wording.capacity(one) or _("Definitif")) for one in Capacity],
                initial=Capacity.DEFINITIVE.value,
                widget=forms.RadioSelect,
            )

    def sign(self) -> str:
        """Sign by what a valid form says; gives the signature's id."""
        data: dict[str, Any] = self.cleaned_data
        capacity = data.get("capacity")
        return form_actions.sign_month(
            unit_key=self.state.unit.key,
            month=self.state.month,
            version=data["version"],
            gaps={code: data[f"{GAP}{code}"] for code in self.state.missing},
            capacity=Capacity(capacity) if capacity else None,
        )


class ReopenForm(forms.Form):
    """Why a signature is taken back."""

    reason = forms.CharField(label=gettext_lazy("Alasan membuka lagi"), max_length=form_actions.LONGEST_REASON)
