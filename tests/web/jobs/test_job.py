"""Job links: looking changes nothing, the form acts once, a closed link tells nothing."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from luwes.apps.accounts.models import FormReceipt, JobLink
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.people.models import UnitVersion
from luwes.apps.results.models import BudgetNote
from tests.web.forms import fresh, hidden_fields, send
from tests.world import Units, bring_figures, client_as, give_link, plant_units

pytestmark = pytest.mark.django_db
PATH = "/tugas/alamat-rahasia/"
WORDS = {"cause": "Lelang diulang.", "measure": "Lelang kedua selesai 12 Desember."}


@pytest.fixture
def units(present: datetime) -> Units:
    found = plant_units(present)
    bring_figures(present)
    give_link(present, found.health)
    return found


def everything() -> list[Any]:
    return [list(model.objects.values()) for model in (JobLink, BudgetNote, AuditEntry, FormReceipt)]


def test_looking_changes_nothing_however_often(units: Units, client: Client) -> None:
    before = everything()
    for method in ("get", "head", "get"):
        assert getattr(client, method)(PATH).status_code == 200
    assert client.options(PATH).status_code == 405
    assert everything() == before


def test_who_is_asked_why_sees_the_judged_figure(units: Units, client: Client) -> None:
    page = client.get(PATH).content.decode().replace("\u00a0", " ")
    assert re.search(r"Realisasi anggaran Dinas Kesehatan [^<]*%[^<]* per Sabtu, 31 Oktober 2026; target ", page)


def test_the_page_is_kept_nowhere_and_told_to_no_other_site(units: Units, client: Client) -> None:
    for path in (PATH, "/tugas/tidak-ada/"):
        answer = client.get(path)
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]


def test_the_note_is_written_under_name_and_post(units: Units, client: Client) -> None:
    answer = send(client, PATH, **WORDS)
    assert answer["Location"] == f"{PATH}?selesai=1"
    note = BudgetNote.objects.get()
    assert note.text == "Penyebab: Lelang diulang.\n\nTindak lanjut: Lelang kedua selesai 12 Desember."
    assert note.signed_by == "Wulan Sekar, Kepala Subbagian Keuangan"
    assert (note.unit.key, note.year, note.as_of.isoformat()) == (units.health, 2026, "2026-10-31")
    entry = AuditEntry.objects.get(action="budget_note.written")
    link = JobLink.objects.get()
    assert entry.actor == link.public_id
    assert '"kind":"job_link"' in entry.body
    assert "Wulan" not in entry.body
    assert "Wulan Sekar" in AuditDetail.objects.get(entry=entry).text
    assert link.used_at is not None
    done = client.get(answer["Location"]).content.decode()
    assert "Catatan Anda tersimpan" in done
    assert "Lelang diulang." in done


def test_a_double_submit_writes_one_note(units: Units, client: Client) -> None:
    sent = hidden_fields(client.get(PATH).content.decode(), PATH) | WORDS
    places = {client.post(PATH, sent)["Location"] for _ in range(3)}
    assert places == {f"{PATH}?selesai=1"}
    assert BudgetNote.objects.count() == 1
    assert not FormReceipt.objects.filter(outcome__contains="rahasia").exists()


def test_the_words_of_others_are_not_shown(units: Units, client: Client) -> None:
    send(client, PATH, **WORDS)
    BudgetNote.objects.update(signed_by="Damar Jaya")
    assert "Lelang diulang." not in client.get(f"{PATH}?selesai=1").content.decode()


def test_a_note_corrected_after_a_step_back_is_written_too(units: Units, client: Client) -> None:
    sent = hidden_fields(client.get(PATH).content.decode(), PATH) | WORDS
    client.post(PATH, sent)
    done = client.post(PATH, sent | {"cause": "Lelang dibatalkan."}, follow=True).content.decode()
    assert "Lelang dibatalkan." in done
    assert BudgetNote.objects.count() == 2


@pytest.mark.parametrize(
    "more",
    [
        {"cause": ""},
        {"measure": " "},
        {"cause": "x" * 1901},
        {"cause": "a\x00b"},
        {"once": ""},
        {"as_of": "2020-01-01"},
    ],
)
def test_a_wrong_form_keeps_the_words_and_writes_nothing(units: Units, client: Client, more: dict[str, str]) -> None:
    answer = send(client, PATH, **(WORDS | more))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Ada yang perlu diperbaiki" in html
    assert "Lelang" in html
    assert not BudgetNote.objects.exists()
    assert JobLink.objects.get().used_at is None


def test_the_link_writes_for_its_own_unit_only(units: Units, client: Client) -> None:
    send(client, PATH, **WORDS, unit_key=units.works, scope=units.works, signed_by="Orang Lain")
    note = BudgetNote.objects.get()
    assert (note.unit.key, note.signed_by) == (units.health, "Wulan Sekar, Kepala Subbagian Keuangan")


def test_the_link_opens_nothing_else(units: Units, client: Client) -> None:
    client.get(PATH)
    for path in (f"/pimpinan/pd/{units.health}/", "/sumber/", "/pengguna/", "/profil/"):
        assert client.get(path).status_code == 302


def test_a_signed_in_person_acts_as_the_link_there(units: Units, present: datetime) -> None:
    browser = client_as(present, Role.ADMIN)
    send(browser, PATH, **WORDS)
    assert AuditEntry.objects.get(action="budget_note.written").actor == JobLink.objects.get().public_id


@pytest.mark.parametrize("fate", ["expired", "revoked", "unknown", "unit_gone"])
def test_closed_links_are_one_page_whatever_the_reason(
    units: Units, client: Client, present: datetime, fate: str
) -> None:
    path = PATH
    sent = hidden_fields(client.get(PATH).content.decode(), PATH) | WORDS
    if fate == "expired":
        JobLink.objects.update(expires_at=present)
    elif fate == "revoked":
        JobLink.objects.update(revoked_at=present)
    elif fate == "unknown":
        path = "/tugas/tebakan/"
    else:
        UnitVersion.objects.filter(unit__key=units.health).update(superseded_at=present)
    looked, acted = client.get(path), client.post(path, sent)
    assert (looked.status_code, acted.status_code) == (404, 404)
    for answer in (looked, acted):
        html = answer.content.decode()
        assert "Tautan ini tidak berlaku" in html
        assert "Alamatnya keliru, masa berlakunya habis, atau sudah ditutup" in html
        assert "Dinas Kesehatan" not in html
    assert not BudgetNote.objects.exists()


def test_without_a_figure_there_is_nothing_to_note_yet(present: datetime, client: Client) -> None:
    units = plant_units(present)
    give_link(present, units.health)
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert "Belum ada yang perlu dicatat" in answer.content.decode()
    assert client.post(PATH, fresh() | WORDS).status_code == 200
    assert not BudgetNote.objects.exists()
