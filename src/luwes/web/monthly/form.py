"""The monthly form as people fill it in: answers by section, beside what files already say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.reporting import form_actions, form_fields, form_values, form_wording
from luwes.apps.reporting.form_fields import FIELDS, SECTIONS, Field, FieldKind, Value
from luwes.apps.reporting.form_queries import FormState
from luwes.apps.reporting.form_values import AnswerUnread

Posted = Mapping[str, Any] | None


class AnswerField(forms.CharField):
    """One row of the form; cleans to the answer, or to None. An empty row is never an error: a draft may have any."""

    def __init__(self, row: Field, *, note: str = "", **more: Any) -> None:
        label = f"{row.label} ({row.unit})" if row.unit else str(row.label)
        when = form_wording.required_when(row) if row.when else ""
        hints = (str(row.hint), f"{capfirst(when)}." if when else "", note)
        super().__init__(label=label, help_text=" ".join(filter(None, hints)), widget=_widget(row), **more)
        self.row = row
        # Only the label reads this: it marks what must be filled in before the month is signed.
        self.required = row.required and row.when is None

    def clean(self, value: Any) -> Value | None:
        """The answer. Raises ValidationError where the text is none."""
        try:
            return form_values.parse(self.row, str(value or ""))
        except AnswerUnread as refused:
            raise forms.ValidationError(form_wording.unread(refused.code)) from refused


@dataclass(frozen=True, slots=True)
class Line:
    """One row as shown: a control where it is asked, else its answer or figure and where that comes from."""

    label: str
    control: forms.BoundField | None
    said: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the fourteen; `empty` counts the rows that still must be filled in, `opened` shows it unfolded."""

    title: str
    lines: Sequence[Line]
    empty: int
    opened: bool

    @property
    def summary(self) -> str:
        """What is written on the fold."""
        if not self.empty:
            return self.title
        return _("%(title)s: %(count)d butir kosong") % {"title": self.title, "count": self.empty}


class MonthlyFormForm(forms.Form):
    """The rows asked of one unit for one month, made from what is stored or carried over."""

    use_required_attribute = False

    comment = forms.CharField(
        label=gettext_lazy("Catatan untuk laporan"),
        required=False,
        max_length=form_actions.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Posted, *, state: FormState) -> None:
        super().__init__(data)
        self.state = state
        started = bool(state.form.version)
        offered: Mapping[str, Value] = state.form.values if started else state.carried
        self.empty = form_fields.missing_of(state.fields, offered)
        for row in state.fields:
            value = offered.get(row.code)
            self.fields[row.code] = AnswerField(row, note=_note(row, value, state, started=started))
            self.initial[row.code] = "" if value is None else form_values.written(row, value)
        self.initial["comment"] = state.form.comment
        self.initial["version"] = state.form.version

    def clean(self) -> dict[str, Any]:
        """Say beside the count what the action would refuse anyway."""
        data: dict[str, Any] = super().clean() or {}
        for _on_duty, elsewhere in form_fields.disagreeing(form_values.known(data)):
            self.add_error(elsewhere, form_wording.refusal("counts_disagree"))
        return data

    def answers(self) -> dict[str, Value]:
        """The answers of a valid form by code."""
        return form_values.known({row.code: self.cleaned_data[row.code] for row in self.state.fields})

    def renew(self, version: int) -> None:
        """Make the sent form one of the version that stands now, so that sending it again is a decision."""
        fresh = cast(QueryDict, self.data).copy()
        fresh["version"] = str(version)
        self.data = fresh

    def sections(self, figures: Mapping[str, str | None]) -> Sequence[Section]:
        """All fourteen; the first with something missing is unfolded, and every one with an error."""
        found: list[Section] = []
        unfolded = bool(self.errors)
        for number in SECTIONS:
            rows = [row for row in FIELDS if row.section == number and (row.code in self.fields or not row.asked)]
            empty = sum(row.code in self.empty for row in rows)
            wrong = any(self.errors.get(row.code) for row in rows)
            found.append(_section(number, [self._line(row, figures) for row in rows], empty, wrong, not unfolded))
            unfolded = unfolded or found[-1].opened
        return found

    def _line(self, row: Field, figures: Mapping[str, str | None]) -> Line:
        if row.asked:
            return Line(str(row.label), self[row.code], "", "")
        return Line(str(row.label), None, figures.get(row.code) or _("belum ada data"), str(row.hint))


def read_only(state: FormState, figures: Mapping[str, str | None], language: str) -> Sequence[Section]:
    """The sections with answers as people read them, for who may not or need not fill them in."""
    found = []
    for number in SECTIONS:
        lines = []
        asked = [row for row in FIELDS if row.section == number]
        for row in asked:
            if not row.asked:
                lines.append(Line(str(row.label), None, figures.get(row.code) or _("belum ada data"), str(row.hint)))
            elif row.code in state.form.values or row.code in state.missing:
                lines.append(Line(str(row.label), None, _answer(row, state, language), ""))
        if lines:
            found.append(_section(number, lines, sum(row.code in state.missing for row in asked), False, False))
    return found


def _answer(row: Field, state: FormState, language: str) -> str:
    value = state.form.values.get(row.code)
    if value is not None:
        return form_values.shown(row, value, language)
    reason = state.signature.gaps.get(row.code, "") if state.signature else ""
    return _("belum ada: %(reason)s") % {"reason": reason} if reason else _("belum diisi")


def _section(number: int, lines: Sequence[Line], empty: int, wrong: bool, first: bool) -> Section:
    return Section(f"{number}. {SECTIONS[number]}", lines, empty, wrong or (first and bool(empty)))


def _note(row: Field, value: Value | None, state: FormState, *, started: bool) -> str:
    """Where an answer that was not given this month comes from."""
    if value is None or state.carried.get(row.code) != value:
        return ""
    return _("Sama dengan bulan lalu.") if started else _("Dari bulan lalu, periksa.")


def _widget(row: Field) -> forms.Widget:
    if row.options():
        return forms.RadioSelect(choices=[(code, str(label)) for code, label in row.options()])
    if row.kind is FieldKind.LIST:
        return forms.Textarea(attrs={"rows": 3})
    attrs = {"inputmode": "numeric"} if row.kind in (FieldKind.NUMBER, FieldKind.RUPIAH) else {}
    return forms.TextInput(attrs={**attrs, "autocomplete": "off"})
