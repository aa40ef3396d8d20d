"""The form of a strategic programme."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.people.programmes.actions import Milestone, ProgramFacts
from luwes.apps.people.queries import UnitRow
from luwes.web.calendar.forms import LONG, PeriodForm, day_field, read_day, set_choices

MOST_RUPIAH = 10**15


class RupiahField(forms.CharField):
    """Whole rupiah, however the thousands are set apart."""

    def clean(self, value: Any) -> int | None:
        """The amount, or None where the field is empty."""
        text = re.sub(r"^rp|[.\s]", "", str(super().clean(value)).lower())
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or int(text) > MOST_RUPIAH:
            raise forms.ValidationError(_("Tulis rupiah utuh tanpa koma, misalnya 61.000.000.000."))
        return int(text)


def percent_field(label: object) -> forms.DecimalField:
    """Percent of the whole, with a decimal comma or point."""
    return forms.DecimalField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


def rupiah_field(label: object) -> RupiahField:
    """An amount of money that may be unknown."""
    return RupiahField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class ProgramForm(PeriodForm):
    """Whose the programme is, until when, and how far it has come."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("Nama program"), max_length=LONG)
    owner = forms.ChoiceField(label=gettext_lazy("Perangkat daerah pemilik"))
    team = forms.MultipleChoiceField(
        label=gettext_lazy("Unit lain yang ikut mengerjakan"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    milestones = forms.CharField(
        label=gettext_lazy("Tonggak"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Satu per baris: tanggal; nama; tanggal tercapai bila sudah. Contoh: 2026-11-01; Lelang selesai; 2026-10-28"
        ),
    )
    physical_target = percent_field(gettext_lazy("Target fisik (%)"))
    physical_progress = percent_field(gettext_lazy("Capaian fisik (%)"))
    money_target = rupiah_field(gettext_lazy("Target keuangan (Rp)"))
    money_progress = rupiah_field(gettext_lazy("Capaian keuangan (Rp)"))
    as_of = day_field(gettext_lazy("Capaian per tanggal"), required=False)
    reason = forms.CharField(label=gettext_lazy("Alasan perubahan"), max_length=LONG, required=False)
    field_order = ("name", "owner", "team", "first", "last", "milestones")

    def __init__(self, units: Sequence[UnitRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.key, unit.name) for unit in units if unit.parent_key]
        set_choices(self, "owner", choices)
        set_choices(self, "team", choices)

    def clean_milestones(self) -> list[Milestone]:
        """The steps; each line that does not fit is named."""
        found: list[Milestone] = []
        faults = []
        for row, line in enumerate(str(self.cleaned_data["milestones"]).splitlines(), start=1):
            parts = [part.strip() for part in line.split(";")]
            if parts == [""]:
                continue
            due = read_day(parts[0])
            reached = read_day(parts[2]) if len(parts) == 3 and parts[2] else None
            unread = len(parts) == 3 and bool(parts[2]) and reached is None
            if due is None or len(parts) not in (2, 3) or not parts[1] or unread:
                faults.append(_("Baris %(row)s: tulis tanggal; nama; tanggal tercapai bila sudah.") % {"row": row})
            elif any((one.due, one.name) == (due, parts[1]) for one in found):
                faults.append(_("Baris %(row)s: tonggak ini sudah ada di baris lain. Sisakan satu.") % {"row": row})
            else:
                found.append(Milestone(due, parts[1], reached))
        if faults:
            raise forms.ValidationError(faults)
        return found

    def facts(self) -> ProgramFacts:
        """What was filled in."""
        data = self.cleaned_data
        return ProgramFacts(
            name=data["name"],
            owner=data["owner"],
            team=[key for key in data["team"] if key != data["owner"]],
            period=self.period(),
            milestones=data["milestones"],
            as_of=data["as_of"],
            physical_target=data["physical_target"],
            physical_progress=data["physical_progress"],
            money_target=data["money_target"],
            money_progress=data["money_progress"],
        )


def as_initial(facts: ProgramFacts, number: int) -> dict[str, Any]:
    """A stored version as the form shows it."""
    return {
        "number": number,
        "name": facts.name,
        "owner": facts.owner,
        "team": list(facts.team),
        "first": facts.period.start,
        "last": facts.period.last,
        "milestones": "\n".join(
            "; ".join([one.due.isoformat(), one.name, *([one.reached.isoformat()] if one.reached else [])])
            for one in facts.milestones
        ),
        "as_of": facts.as_of,
        "physical_target": facts.physical_target,
        "physical_progress": facts.physical_progress,
        "money_target": facts.money_target,
        "money_progress": facts.money_progress,
    }
