"""The pages on quality: what is shown, the forms, and who may use them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import Unit
from luwes.apps.sources.models import ImportBatch, ReportingBreak, Source
from luwes.web.frame import once
from tests.apps.budget_files import TWO, csv_bytes
from tests.web.sources.conftest import Send, signed_in
from tests.web.sources.test_pages import act, text_of

DECLARED = {"kind": "budget", "unit": "semua", "on": "2026-02-20", "what": "sistem", "description": "Aplikasi baru"}


@pytest.fixture
def stored(admin: Client, send: Send) -> ImportBatch:
    """A recap as of yesterday, saved."""
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    send(csv_bytes([(day[:4], day, *each[2:]) for each in TWO]))
    act(admin, "simpan")
    return ImportBatch.objects.get()


def declare(client: Client, **fields: str) -> object:
    return client.post("/sumber/perubahan/", {**DECLARED, "once": once.new_token(), **fields})


def test_without_data_the_board_says_what_each_kind_is_for(admin: Client) -> None:
    shown = text_of(admin.get("/sumber/mutu/"))
    assert "Mutu dapat dinilai setelah berkas pertama tersimpan" in shown
    assert "Jika terhenti: angka anggaran di halaman pimpinan dan laporan tidak terisi." in shown


def test_the_board_shows_age_months_and_that_nobody_answers_yet(admin: Client, stored: ImportBatch) -> None:
    shown = text_of(admin.get("/sumber/mutu/"))
    for part in ("Terkini", "2 dari 2", "0 dari 2", "umur 1 hari, wajarnya paling lama 45", "belum ditetapkan"):
        assert part in shown
    assert f"/sumber/{stored.source.public_id}/penanggung-jawab/" in admin.get("/sumber/mutu/").content.decode()


def test_a_source_that_stopped_is_told_with_what_it_affects(admin: Client, send: Send) -> None:
    send(csv_bytes(TWO))
    act(admin, "simpan")
    old = (timezone.localdate() - timedelta(days=91)).isoformat()
    ImportBatch.objects.update(summary={**ImportBatch.objects.get().summary, "newest": old})
    shown = text_of(admin.get("/sumber/mutu/"))
    assert "Terhenti" in shown
    assert "Yang terlambat dan akibatnya" in shown


def test_an_owner_is_set_shown_and_replaced(admin: Client, stored: ImportBatch) -> None:
    url = f"/sumber/{stored.source.public_id}/penanggung-jawab/"
    answer = admin.post(url, {"owner": "Kasubbag Perencanaan", "once": once.new_token()})
    assert (answer.status_code, answer["Location"]) == (302, "/sumber/mutu/")
    assert "Kasubbag Perencanaan" in text_of(admin.get("/sumber/mutu/"))
    assert "Kasubbag Perencanaan" in admin.get(url).content.decode()
    assert admin.post(url, {"owner": "x" * 201, "once": once.new_token()}).status_code == 422
    assert Source.objects.get().owner == "Kasubbag Perencanaan"
    assert admin.get("/sumber/tidakada/penanggung-jawab/").status_code == 404


def test_a_change_is_declared_once_and_taken_back(admin: Client) -> None:
    token = once.new_token()
    for _ in range(2):
        assert declare(admin, once=token).status_code == 302  # type: ignore[attr-defined]
    found = ReportingBreak.objects.get()
    for url in ("/sumber/perubahan/", "/sumber/mutu/"):
        shown = text_of(admin.get(url))
        assert "Realisasi anggaran, sejak Jumat, 20 Februari 2026" in shown
        assert "Aplikasi atau mesin pencatat · semua unit · Aplikasi baru" in shown
    assert "sudah dicatat untuk tanggal itu" in text_of(declare(admin))
    for _ in range(2):
        url = f"/sumber/perubahan/{found.public_id}/cabut/"
        assert admin.post(url, {"once": once.new_token()}).status_code == 302
    assert "dicabut" in text_of(admin.get("/sumber/perubahan/"))
    assert "sejak Jumat, 20 Februari 2026" not in text_of(admin.get("/sumber/mutu/"))
    assert admin.post("/sumber/perubahan/tidakada/cabut/", {"once": once.new_token()}).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"on": "kemarin"},
        {"on": "0001-01-01"},
        {"what": "cuaca"},
        {"kind": "cuaca"},
        {"unit": "x"},
        {"unit": ""},
        {"description": " "},
    ],
)
def test_a_form_that_does_not_fit_comes_back_with_what_to_repair(admin: Client, fields: dict[str, str]) -> None:
    assert declare(admin, **fields).status_code == 422  # type: ignore[attr-defined]
    assert not ReportingBreak.objects.exists()


def test_a_break_of_one_unit_is_named(admin: Client, units: dict[str, Unit]) -> None:
    declare(admin, unit=units["1.02"].key, kind="semua")
    shown = text_of(admin.get("/sumber/perubahan/"))
    assert "Semua jenis data, sejak" in shown
    assert "Dinas Kesehatan · Aplikasi baru" in shown


def test_what_files_show_is_offered_and_fills_the_form(admin: Client, send: Send, stored: ImportBatch) -> None:
    headers = ("tahun", "per_tanggal", "kode_pd", "nama_pd", "pagu", "realisasi_keu_rp", "Keu (%)", "Fisik", "Deviasi")
    day = timezone.localdate().isoformat()
    send(csv_bytes([(day[:4], day, *each[2:]) for each in TWO], headers=headers))
    act(admin, "simpan")
    assert "mungkin berarti cara mencatatnya berubah" in text_of(admin.get("/sumber/mutu/"))
    page = admin.get("/sumber/perubahan/")
    assert "Kolom yang dulu ada kini hilang" in text_of(page)
    address = f"/sumber/perubahan/?jenis=budget&tanggal={day}"
    assert f'value="{day}"' in admin.get(address).content.decode()
    assert not ReportingBreak.objects.exists()


def test_an_inspector_reads_and_changes_nothing(units: dict[str, Unit], db: None) -> None:
    client = signed_in(Role.INSPECTOR)
    for url in ("/sumber/mutu/", "/sumber/perubahan/"):
        shown = client.get(url).content.decode()
        assert "<h1>" in shown
        assert "Tetapkan" not in shown
        assert 'id="catat"' not in shown
    assert declare(client).status_code == 403  # type: ignore[attr-defined]
    assert not ReportingBreak.objects.exists()


def test_days_are_plain_dates(admin: Client) -> None:
    declare(admin, on="2026-12-31")
    assert ReportingBreak.objects.get().on == date(2026, 12, 31)
