"""Forms of the calendar. Dates are plain dates; a last day is always inside."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.people.calendars import rulebooks, wording
from luwes.apps.people.queries import UnitRow
from luwes.core.workdays.calendar import Holiday, HolidayKind, Pattern
from luwes.core.workdays.periods import Period
from luwes.core.workdays.status import Status
from luwes.web.frame.widgets import ISO, date_input

LONG = 300
KINDS = {"nasional": HolidayKind.NATIONAL, "national": HolidayKind.NATIONAL, "cuti": HolidayKind.JOINT}
KINDS |= {"cuti bersama": HolidayKind.JOINT, "joint": HolidayKind.JOINT}
FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


def day_field(label: object, *, required: bool = True, help_text: object = "") -> forms.DateField:
    """A plain date from the browser's own picker."""
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        required=required,
        help_text=help_text,  # type: ignore[arg-type]
        input_formats=ISO,
        widget=date_input(),
    )


def read_day(text: str) -> date | None:
    """A date as people type it in a list: 2028-01-31 or 31/01/2028."""
    for one in FORMATS:
        try:
            return datetime.strptime(text.strip(), one).date()  # noqa: DTZ007 (a plain date)
        except ValueError:
            continue
    return None


class PeriodForm(forms.Form):
    """First and last day, both inside."""

    first = day_field(gettext_lazy("Hari pertama"))
    last = day_field(gettext_lazy("Hari terakhir"))

    def clean(self) -> dict[str, Any]:
        """The last day must not lie before the first."""
        data = super().clean() or self.cleaned_data
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Hari terakhir lebih awal daripada hari pertama. Periksa kedua tanggal."))
        return data

    def period(self) -> Period:
        """The days as a half-open period; without a last day it does not end."""
        data = self.cleaned_data
        return Period(data["first"], data["last"] + timedelta(days=1) if data.get("last") else None)


class HolidayForm(forms.Form):
    """A day added by a later decree."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    day = day_field(gettext_lazy("Tanggal"))
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"))
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=LONG)
    decree = forms.CharField(
        label=gettext_lazy("Keputusan"), max_length=LONG, help_text=gettext_lazy("Keputusan yang menambahkan hari ini.")
    )
    number = forms.CharField(label=gettext_lazy("Nomor"), max_length=LONG, required=False)
    issued = day_field(gettext_lazy("Ditetapkan tanggal"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "kind", [(kind.value, wording.holiday_kind(kind)) for kind in reversed(HolidayKind)])


class ReasonForm(forms.Form):
    """Why something is taken back."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=LONG)


class DecreeForm(forms.Form):
    """A whole year, one day per line."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    decree = forms.CharField(label=gettext_lazy("Keputusan"), max_length=LONG)
    number = forms.CharField(label=gettext_lazy("Nomor"), max_length=LONG, required=False)
    issued = day_field(gettext_lazy("Ditetapkan tanggal"), required=False)
    days = forms.CharField(
        label=gettext_lazy("Hari libur dan cuti bersama"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Satu hari per baris: tanggal; nasional atau cuti; nama. Contoh: 2028-01-01; nasional; Tahun Baru"
        ),
    )

    def __init__(self, year: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_days(self) -> list[Holiday]:
        """The days; each line that does not fit is named."""
        found: dict[date, Holiday] = {}
        faults = []
        for number, line in enumerate(str(self.cleaned_data["days"]).splitlines(), start=1):
            parts = [part.strip() for part in line.split(";", 2)]
            if parts == [""]:
                continue
            day = read_day(parts[0])
            kind = KINDS.get(parts[1].lower()) if len(parts) == 3 else None
            if day is None or day.year != self.year:
                faults.append(_("Baris %(row)s: tanggal harus pada tahun %(year)s, ditulis seperti %(year)s-01-31."))
            elif kind is None or not parts[2]:
                faults.append(_("Baris %(row)s: tulis tanggal; nasional atau cuti; nama."))
            elif day in found:
                faults.append(_("Baris %(row)s: tanggal ini sudah ada di baris lain. Sisakan satu."))
            else:
                found[day] = Holiday(day, kind, parts[2], Status.SEEN)
                continue
            faults[-1] = faults[-1] % {"row": number, "year": self.year}
        if faults:
            raise forms.ValidationError(faults)
        return [found[day] for day in sorted(found)]


class RamadanForm(PeriodForm):
    """The days of one Ramadan."""

    hijri = forms.IntegerField(label=gettext_lazy("Tahun Hijriah"), min_value=1400, max_value=1600)
    basis = forms.CharField(label=gettext_lazy("Dasar"), max_length=LONG)
    field_order = ("hijri", "first", "last", "basis")


class BlackoutForm(PeriodForm):
    """A period closed to flexible work."""

    unit = forms.ChoiceField(label=gettext_lazy("Berlaku untuk"), required=False)
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=LONG)
    basis = forms.CharField(
        label=gettext_lazy("Dasar"), max_length=LONG, help_text=gettext_lazy("Surat edaran, keputusan, atau alasan.")
    )
    field_order = ("unit", "name", "first", "last", "basis")

    def __init__(self, units: Sequence[UnitRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "unit", unit_choices(units))


class HoursForm(PeriodForm):
    """Which schedule holds where."""

    unit = forms.ChoiceField(label=gettext_lazy("Berlaku untuk"), required=False)
    schedule = forms.ChoiceField(label=gettext_lazy("Jadwal kerja"))
    pattern = forms.ChoiceField(label=gettext_lazy("Pola hari kerja"))
    last = day_field(
        gettext_lazy("Hari terakhir"), required=False, help_text=gettext_lazy("Kosongkan bila berlaku seterusnya.")
    )
    field_order = ("unit", "schedule", "pattern", "first", "last")

    def __init__(self, units: Sequence[UnitRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "unit", unit_choices(units))
        set_choices(self, "schedule", [(code, one.name) for code, one in rulebooks.schedules().items()])
        set_choices(self, "pattern", [(one.value, wording.pattern(one)) for one in Pattern])


def unit_choices(units: Sequence[UnitRow]) -> list[tuple[str, str]]:
    """Everybody, then each unit by name."""
    return [("", _("Seluruh pemerintah daerah")), *((unit.key, unit.name) for unit in units if unit.parent_key)]


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Fill the choices of a field at the time the form is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (narrows the type)
    field.choices = choices
