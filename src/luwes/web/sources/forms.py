"""Forms of the import flow."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luwes.apps.sources.kinds import ImportKind, all_kinds

MOST_HEADERS = 1_000
LONGEST_HEADERS = 200_000


def _kinds() -> list[tuple[str, str]]:
    return [(each.code, each.label()) for each in all_kinds().values()]


class UploadForm(forms.Form):
    """Which kind of file, from whom, and the file itself."""

    kind = forms.ChoiceField(label=gettext_lazy("Jenis berkas"), choices=_kinds)
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=120,
        help_text=gettext_lazy(
            "Siapa pengirimnya, misalnya “Biro Administrasi Pembangunan”. Cara membaca berkas diingat per sumber."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy("Excel (.xlsx) atau CSV, paling besar 50 MB. Berkas aslinya tidak disimpan."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Pilih berkas. Berkas yang lebih besar dari 50 MB tidak diterima.")},
    )
    tahun = forms.IntegerField(
        label=gettext_lazy("Tahun anggaran"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=gettext_lazy("Isi hanya bila berkas tidak memuat kolom tahun."),
    )
    per_tanggal = forms.DateField(
        label=gettext_lazy("Per tanggal"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        help_text=gettext_lazy("Isi hanya bila berkas tidak memuat kolom tanggal."),
    )
    rupiah = forms.ChoiceField(
        label=gettext_lazy("Satuan uang"),
        required=False,
        choices=[
            ("", gettext_lazy("Rupiah penuh")),
            ("1000", gettext_lazy("Ribuan rupiah")),
            ("1000000", gettext_lazy("Jutaan rupiah")),
            ("1000000000", gettext_lazy("Miliaran rupiah")),
        ],
    )
    fractions = forms.BooleanField(
        label=gettext_lazy("Persen di berkas ditulis sebagai pecahan (0,61 berarti 61 %)"), required=False
    )

    def __init__(self, *args: Any, sources: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["list"] = "sumber-dikenal"
        self.fields["source"].widget.attrs["autocomplete"] = "off"
        self.known_sources = sources

    def constants(self) -> dict[str, str]:
        """What the person says instead of the file, as canonical text by column name."""
        found: dict[str, str] = {}
        if self.cleaned_data["tahun"] is not None:
            found["tahun"] = str(self.cleaned_data["tahun"])
        as_of = self.cleaned_data["per_tanggal"]
        if isinstance(as_of, date):
            found["per_tanggal"] = as_of.isoformat()
        return found

    def money_unit(self) -> int | None:
        """How many rupiah one unit of the file's money is, where the person chose one."""
        chosen = self.cleaned_data["rupiah"]
        return int(chosen) if chosen else None

    def payload(self) -> bytes:
        """The bytes that were sent."""
        return bytes(self.cleaned_data["file"].read())


class ColumnsForm(UploadForm):
    """The same upload with a person's word on which of their columns is which of ours.

    The file is chosen once more, because originals are never kept.
    """

    headers = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_HEADERS)

    def __init__(
        self,
        *args: Any,
        kind: ImportKind,
        headers: Sequence[str],
        guess: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.import_kind = kind
        self.guess = dict(guess or {})
        self.initial["headers"] = json.dumps(list(headers))
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["source"].widget = forms.HiddenInput()
        choices = [("", _("Tidak ada di berkas")), *((title, title) for title in headers)]
        for column in kind.layout.columns:
            self.fields[f"kolom_{column.name}"] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column.required and column.name not in kind.asked,
                initial=self.guess.get(column.name, ""),
                error_messages={"required": _("Pilih kolomnya. Tanpa kolom ini berkas tidak dapat dibaca.")},
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The fields that ask which column is which."""
        return [self[f"kolom_{column.name}"] for column in self.import_kind.layout.columns]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """What remains of the upload form."""
        return [self[name] for name in ("tahun", "per_tanggal", "rupiah", "fractions", "file")]

    def clean(self) -> dict[str, Any]:
        """One of their columns cannot be two of ours."""
        data = super().clean() or {}
        seen: dict[str, str] = {}
        for column in self.import_kind.layout.columns:
            theirs = data.get(f"kolom_{column.name}")
            if theirs and theirs in seen:
                self.add_error(
                    f"kolom_{column.name}",
                    _("Kolom “%(theirs)s” sudah dipakai untuk %(other)s.") % {"theirs": theirs, "other": seen[theirs]},
                )
            elif theirs:
                seen[theirs] = column.label
        return data

    def columns(self) -> dict[str, str]:
        """Our column name → their header, for the columns that were chosen."""
        chosen = {
            column.name: str(self.cleaned_data[f"kolom_{column.name}"]) for column in self.import_kind.layout.columns
        }
        return {ours: theirs for ours, theirs in chosen.items() if theirs}


def posted_headers(text: str) -> list[str]:
    """The headers that the columns form carried along; [] when they were tampered with."""
    try:
        found = json.loads(text[:LONGEST_HEADERS])
    except ValueError:
        return []
    if not isinstance(found, list) or not all(isinstance(title, str) for title in found):
        return []
    return [title.replace("\x00", "") for title in found[:MOST_HEADERS]]
