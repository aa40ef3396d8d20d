"""What the forms accept, and what they carry."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.kinds import kind_of
from luwes.web.sources import forms

BUDGET = kind_of("budget")
HEADERS = ["thn", "tgl", "nama", "dana", "keluar"]
MAPPED = {"kolom_tahun": "thn", "kolom_nama_pd": "nama", "kolom_pagu": "dana", "kolom_realisasi_keu_rp": "keluar"}


def upload(**fields: str) -> forms.UploadForm:
    return forms.UploadForm(
        {"kind": "budget", "source": "Biro", **fields}, {"file": SimpleUploadedFile("r.csv", b"isi")}
    )


def columns(**fields: str) -> forms.ColumnsForm:
    data = {"kind": "budget", "source": "Biro", "headers": json.dumps(HEADERS), **MAPPED, **fields}
    return forms.ColumnsForm(data, {"file": SimpleUploadedFile("r.csv", b"isi")}, kind=BUDGET, headers=HEADERS)


def test_what_the_file_lacks_is_carried_as_canonical_text() -> None:
    form = upload(tahun="2026", per_tanggal="31/10/2026")
    assert form.is_valid()
    assert form.constants() == {"tahun": "2026", "per_tanggal": "2026-10-31"}
    assert form.payload() == b"isi"


def test_nothing_given_is_nothing_carried() -> None:
    form = upload()
    assert form.is_valid()
    assert form.constants() == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [("tahun", "26"), ("tahun", "x"), ("per_tanggal", "2026-13-01"), ("source", " "), ("kind", "cuti")],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, value: str) -> None:
    assert field in upload(**{field: value}).errors


def test_columns_are_taken_as_pointed_at() -> None:
    form = columns(per_tanggal="2026-10-31")
    assert form.is_valid(), form.errors
    assert form.columns() == {"tahun": "thn", "nama_pd": "nama", "pagu": "dana", "realisasi_keu_rp": "keluar"}
    assert form.cleaned_data["per_tanggal"] == date(2026, 10, 31)


def test_a_required_column_must_be_pointed_at() -> None:
    assert "kolom_pagu" in columns(kolom_pagu="").errors


def test_only_headers_of_the_file_can_be_chosen_and_each_once() -> None:
    assert "kolom_pagu" in columns(kolom_pagu="lain").errors
    assert "sudah dipakai untuk Tahun" in str(columns(kolom_pagu="thn").errors["kolom_pagu"])


def test_a_guess_is_offered() -> None:
    form = forms.ColumnsForm(kind=BUDGET, headers=HEADERS, guess={"pagu": "dana"})
    chosen = {field.name: field.initial for field in form.column_fields}
    assert (chosen["kolom_pagu"], chosen["kolom_tahun"]) == ("dana", "")
    assert [field.name for field in form.other_fields][-1] == "file"


@given(text=st.text(max_size=300))
def test_whatever_was_posted_as_headers_is_a_list_of_texts(text: str) -> None:
    found = forms.posted_headers(text)
    assert all(isinstance(title, str) and "\x00" not in title for title in found)


@given(headers=st.lists(st.text(max_size=20), max_size=20))
def test_headers_come_back_as_they_were_sent(headers: list[str]) -> None:
    assert forms.posted_headers(json.dumps(headers)) == [title.replace("\x00", "") for title in headers]


@pytest.mark.parametrize("text", ["{}", "[1]", "null", '"a"', "[["])
def test_anything_else_is_no_header(text: str) -> None:
    assert forms.posted_headers(text) == []
