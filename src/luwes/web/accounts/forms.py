"""Forms of accounts: they take words in; the actions decide."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.accounts import wording
from luwes.apps.accounts.actions import job_links, tokens
from luwes.apps.accounts.queries import RoleRow
from luwes.apps.accounts.roles import WHOLE_ONLY, Capacity, Job, Role
from luwes.apps.people.queries import UnitRow
from luwes.web.frame.moments import time_of
from luwes.web.frame.widgets import IN_OUR_TIME, ISO, date_input

Posted = QueryDict | None
Initial = dict[str, Any] | None
NIP_DIGITS = 18


class SignInForm(forms.Form):
    """E-mail or NIP and a password; password managers and pasting are welcome."""

    login = forms.CharField(
        label=gettext_lazy("Surel atau NIP"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Kata sandi"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def refuse(self, locked_until: datetime | None) -> None:
        """Say the one neutral sentence, or until when the way in is closed."""
        if locked_until is None:
            self.add_error(None, _("Surel, NIP, atau kata sandi tidak cocok. Periksa, lalu coba lagi."))
            return
        # A minute later than it is: at the time shown the way is really open again.
        sentence = _("Terlalu banyak percobaan. Anda dapat mencoba lagi pukul %(time)s.")
        self.add_error(None, sentence % {"time": time_of(locked_until + timedelta(minutes=1))})


class PasswordForm(forms.Form):
    """The present password and the new one, twice."""

    present = forms.CharField(
        label=gettext_lazy("Kata sandi sekarang"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Kata sandi baru"),
        strip=False,
        max_length=1000,
        help_text=gettext_lazy("Paling sedikit 12 huruf; beberapa kata yang mudah Anda ingat sudah cukup."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeat = forms.CharField(
        label=gettext_lazy("Kata sandi baru, sekali lagi"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_repeat(self) -> str:
        """The new password was typed the same twice."""
        repeat: str = self.cleaned_data["repeat"]
        if repeat != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("Kedua kata sandi baru tidak sama. Ketik lagi keduanya."))
        return repeat


class UserForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=gettext_lazy("Nama lengkap"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("Surel"), required=False)
    nip = forms.CharField(
        label=gettext_lazy("NIP"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("18 angka. Isi surel, NIP, atau keduanya."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_nip(self) -> str:
        """The digits alone: NIPs are often written in groups."""
        nip = "".join(self.cleaned_data["nip"].split())
        if nip and not (len(nip) == NIP_DIGITS and nip.isascii() and nip.isdigit()):
            raise forms.ValidationError(_("NIP terdiri atas 18 angka. Periksa angkanya."))
        return nip

    def clean(self) -> dict[str, str]:
        """One of the two ways to sign in is needed."""
        data: dict[str, str] = super().clean() or {}
        if not self.errors and not data.get("email") and not data.get("nip"):
            self.add_error("email", _("Isi surel atau NIP, agar orang ini dapat masuk."))
        return data


class RoleForm(forms.Form):
    """A role for a person: what, where, as what, from when to when, on which decree."""

    role = forms.ChoiceField(label=gettext_lazy("Peran"))
    scope = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        required=False,
        help_text=gettext_lazy("Peran kepala perangkat daerah selalu untuk satu unit."),
    )
    capacity = forms.ChoiceField(label=gettext_lazy("Kedudukan"))
    since = forms.DateField(
        label=gettext_lazy("Berlaku mulai"), widget=date_input(), input_formats=ISO, validators=IN_OUR_TIME
    )
    last_day = forms.DateField(
        label=gettext_lazy("Hari terakhir"),
        widget=date_input(),
        input_formats=ISO,
        validators=IN_OUR_TIME,
        required=False,
        help_text=gettext_lazy("Kosongkan bila tanpa batas. Plt. dan Plh. selalu berbatas."),
    )
    basis = forms.CharField(
        label=gettext_lazy("Dasar penunjukan"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Nomor dan tanggal surat keputusan atau surat perintah."),
    )

    def __init__(self, data: Posted = None, *, units: Sequence[UnitRow], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["role"].choices = [(role.value, wording.role(role)) for role in Role]  # type: ignore[attr-defined]
        self.fields["scope"].choices = unit_choices(units, _("Seluruh pemerintah daerah"))  # type: ignore[attr-defined]
        self.fields["capacity"].choices = [  # type: ignore[attr-defined]
            (capacity.value, wording.capacity(capacity) or _("Definitif")) for capacity in Capacity
        ]

    def clean(self) -> dict[str, object]:
        """Say beside the field what the action would refuse anyway."""
        data: dict[str, object] = super().clean() or {}
        if data.get("role") in {role.value for role in WHOLE_ONLY} and data.get("scope"):
            self.add_error("scope", _("Peran ini berlaku untuk seluruh pemerintah daerah. Pilih pilihan pertama."))
        if data.get("role") == Role.HEAD.value and not data.get("scope"):
            self.add_error("scope", _("Pilih perangkat daerah yang dipimpin."))
        return data


class EndRoleForm(forms.Form):
    """From when on a role is no longer held, and why."""

    on = forms.DateField(
        label=gettext_lazy("Tidak berlaku lagi mulai"),
        widget=date_input(),
        input_formats=ISO,
        validators=IN_OUR_TIME,
    )
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=300)


class TokenForm(forms.Form):
    """A personal token: what for, in which role, for how long."""

    name = forms.CharField(
        label=gettext_lazy("Untuk apa"), max_length=100, help_text=gettext_lazy("Misalnya: dasbor Bappeda.")
    )
    assignment_id = forms.ChoiceField(label=gettext_lazy("Bertindak sebagai"))
    days = forms.IntegerField(
        label=gettext_lazy("Berlaku berapa hari"), min_value=1, max_value=tokens.MAX_DAYS, initial=90
    )

    def __init__(self, data: Posted = None, *, roles: Sequence[tuple[RoleRow, str]]) -> None:
        super().__init__(data)
        self.fields["assignment_id"].choices = [(row.id, label) for row, label in roles]  # type: ignore[attr-defined]


class JobLinkForm(forms.Form):
    """A link for a named person: which job, for which unit, for how long."""

    job = forms.ChoiceField(label=gettext_lazy("Tugas"))
    scope = forms.ChoiceField(label=gettext_lazy("Perangkat daerah"))
    person_name = forms.CharField(label=gettext_lazy("Nama penerima"), max_length=200)
    person_post = forms.CharField(
        label=gettext_lazy("Jabatan penerima"),
        max_length=200,
        help_text=gettext_lazy("Nama dan jabatan ini menandatangani isian pada jejak audit."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Berlaku berapa hari"), min_value=1, max_value=job_links.MAX_DAYS, initial=14
    )

    def __init__(self, data: Posted = None, *, units: Sequence[UnitRow], initial: Initial = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["job"].choices = [(job.value, wording.job(job)) for job in Job]  # type: ignore[attr-defined]
        self.fields["scope"].choices = unit_choices(units, _("Pilih perangkat daerah"))  # type: ignore[attr-defined]


def unit_choices(units: Sequence[UnitRow], empty: str) -> list[tuple[str, str]]:
    """The units to choose from, the empty choice first."""
    return [("", empty), *((unit.key, unit.name) for unit in units)]


def day_after(day: date | None) -> date | None:
    """From the last day, as people say it, to the first day no longer held, as it is stored."""
    return None if day is None else day + timedelta(days=1)
