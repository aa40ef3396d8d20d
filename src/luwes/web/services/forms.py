"""Forms about services: settling what is proposed, and the floor of a point."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.people.services import wording
from luwes.apps.people.services.facts import Floor
from luwes.apps.people.services.queries import ServiceRow
from luwes.core.services.floors import share_of
from luwes.core.services.hours import Window
from luwes.web.frame.widgets import ISO, date_input

CONFIRM, DROP, LATER = "ya", "bukan", "nanti"
# The button that answers yes to whatever is not turned down.
ALL = "semua"
TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
MIDNIGHT = 1_440


class SettleForm(forms.Form):
    """One question for each proposed service."""

    def __init__(self, *args: Any, rows: Sequence[ServiceRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(CONFIRM, _("Ya, ini layanan kami")), (DROP, _("Bukan")), (LATER, _("Putuskan nanti"))]
        for row in rows:
            self.fields[row.key] = forms.ChoiceField(
                label=row.name, help_text=row.owner_name, choices=choices, initial=LATER, widget=forms.RadioSelect
            )

    def answered(self, answer: str) -> list[str]:
        """The keys of the services answered so; the button for all makes a yes of what is left open."""
        rest = CONFIRM if ALL in self.data else LATER
        return [key for key, given in self.cleaned_data.items() if (rest if given == LATER else given) == answer]


class FloorForm(forms.Form):
    """From when on the floor holds, on what it rests, and optionally the share it is reckoned from."""

    since = forms.DateField(label=gettext_lazy("Berlaku sejak"), widget=date_input(), input_formats=ISO)
    source = forms.CharField(
        label=gettext_lazy("Sumber"), max_length=300, help_text=gettext_lazy("Standar pelayanan atau keputusan Anda.")
    )
    share = forms.IntegerField(
        label=gettext_lazy("Hitung dari persentase pelaksana"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Untuk baris yang jumlahnya dikosongkan. Hasilnya dibulatkan ke atas."),
    )
    # Which floors the form was made from.
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, base: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base

    def clean_share(self) -> int | None:
        """A share needs something to be a share of."""
        share: int | None = self.cleaned_data["share"]
        if share is not None and self.base is None:
            raise forms.ValidationError(
                _("Standar layanan ini tidak menyebut jumlah pelaksana. Isi jumlah orang pada tiap baris.")
            )
        return share


class BandForm(forms.Form):
    """One line: on a weekday from one time until another so many people; an empty line is left out."""

    weekday = forms.TypedChoiceField(coerce=int, required=False)
    start = forms.TimeField(required=False, input_formats=TIMES)
    end = forms.TimeField(required=False, input_formats=TIMES)
    minimum = forms.IntegerField(required=False, min_value=1, max_value=1_000)
    # The share and base the number was reckoned from, as "50/3"; it holds as long as the number stays.
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(str(number), wording.weekday(number)) for number in range(1, 8)]
        self.fields["weekday"].choices = [("", _("Pilih hari")), *days]  # type: ignore[attr-defined] # a ChoiceField
        titles = {"weekday": _("Hari"), "start": _("Mulai"), "end": _("Sampai"), "minimum": _("Jumlah orang")}
        for name, title in titles.items():
            if name in ("start", "end"):
                self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            self.fields[name].label = title
            self.fields[name].widget.attrs["aria-label"] = title

    @property
    def reckoned(self) -> str:
        """From what the number was reckoned, in words; "" where it was stated."""
        share, _slash, base = str(self["kept"].value() or "").partition("/")
        if not base:
            return ""
        return _("%(share)s %% dari %(base)s, dibulatkan ke atas") % {"share": share, "base": base}

    def clean(self) -> dict[str, Any]:
        """A line is whole or empty, and runs forward; midnight as its end is the end of the day."""
        data = super().clean() or self.cleaned_data
        if self.errors or not self.has_changed_or_set():
            return data
        if not (data.get("weekday") and data.get("start") is not None and data.get("end") is not None):
            raise forms.ValidationError(_("Lengkapi hari, mulai, dan sampai, atau kosongkan seluruh baris."))
        if minutes_of(data["start"]) >= (minutes_of(data["end"]) or MIDNIGHT):
            raise forms.ValidationError(_("“Sampai” harus sesudah “mulai”."))
        return data

    def has_changed_or_set(self) -> bool:
        """Whether anything stands in the line."""
        return any(self.cleaned_data.get(name) not in (None, "") for name in ("weekday", "start", "end", "minimum"))


if TYPE_CHECKING:
    Lines = forms.BaseFormSet[BandForm]
else:
    # Django's formsets take no type parameter when the code runs.
    Lines = forms.BaseFormSet


class BaseBands(Lines):
    """The lines of a floor; which minimum holds where a line leaves it out depends on the share."""

    def floors(self, share: int | None, base: int | None, held: Sequence[Floor] = ()) -> list[Floor]:
        """The floors of the filled lines; a number that one of `held` reckoned from a share keeps share and base.

        Raises ValidationError for a line without a number and without a share.
        """
        reckoned = {(kept_of(one), one.minimum): one for one in held if one.share}
        found = []
        for number, form in enumerate(self.forms, start=1):
            data = form.cleaned_data
            if not data or not form.has_changed_or_set():
                continue
            window = Window(data["weekday"], minutes_of(data["start"]), minutes_of(data["end"]) or MIDNIGHT)
            if data["minimum"]:
                was = reckoned.get((data["kept"], data["minimum"]))
                found.append(Floor(window, data["minimum"], *((was.share, was.base) if was else ())))
            elif share and base:
                found.append(Floor(window, share_of(base, share), share, base))
            else:
                raise forms.ValidationError(_("Baris %(number)d: isi jumlah orang.") % {"number": number})
        return found


Bands = forms.formset_factory(BandForm, formset=BaseBands, extra=3, max_num=60)


def minutes_of(clock: time) -> int:
    """The minute of the day."""
    return clock.hour * 60 + clock.minute


def line_of(floor: Floor) -> Mapping[str, object]:
    """A floor as the initial values of a line; what was reckoned from a share is shown as the number it gave."""
    window = floor.window
    end = window.end % MIDNIGHT
    return {
        "weekday": window.weekday,
        "start": time(window.start // 60, window.start % 60),
        "end": time(end // 60, end % 60),
        "minimum": floor.minimum,
        "kept": kept_of(floor),
    }


def kept_of(floor: Floor) -> str:
    """What a floor was reckoned from, as a line carries it; "" where it was stated as a number."""
    return f"{floor.share}/{floor.base}" if floor.share else ""
