"""Letterheads set on a page appear in the reports; printed codes can be checked by anybody."""

import io
from datetime import datetime

import pytest
from django.test import Client
from pypdf import PdfReader

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.documents.models import IssuedDocument, Letterhead
from tests.apps.reporting.figures import JUNE, kalteng, key_of
from tests.web.forms import fresh, send
from tests.world import client_as

pytestmark = pytest.mark.django_db


def pdf_text(client: Client) -> str:
    answer = client.post("/pimpinan/unduh/", {"format": "pdf", "per": "2025-06-30"})
    assert answer.status_code == 200
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_a_letterhead_is_set_once_and_printed(present: datetime) -> None:
    kalteng(present, JUNE)
    admin = client_as(present, Role.ADMIN)
    done = send(
        admin,
        "/kop/pemerintah/",
        lines="PEMERINTAH PROVINSI CONTOH\n\nSEKRETARIAT DAERAH",
        address="Jalan Rawa 1, Kota Contoh",
        place="Kota Contoh",
    )
    assert (done.status_code, done.headers["Location"]) == (302, "/kop/")
    kop = Letterhead.objects.get(superseded_at=None)
    assert (kop.unit_key, kop.lines) == ("", ["PEMERINTAH PROVINSI CONTOH", "SEKRETARIAT DAERAH"])
    printed = pdf_text(admin)
    for words in (
        "PEMERINTAH PROVINSI CONTOH",
        "SEKRETARIAT DAERAH",
        "Jalan Rawa 1, Kota Contoh",
        "Diterbitkan di Kota Contoh, ",
    ):
        assert words in printed
    assert AuditEntry.objects.filter(action="letterhead.set").count() == 1


def test_a_change_keeps_what_was_printed_before(present: datetime) -> None:
    kalteng(present, JUNE)
    admin = client_as(present, Role.ADMIN)
    key = key_of("KALTENG-DISDIK")
    for name in ("DINAS LAMA", "DINAS BARU"):
        assert send(admin, f"/kop/{key}/", lines=name).status_code == 302
    rows = Letterhead.objects.filter(unit_key=key).order_by("pk")
    assert [(row.lines, row.superseded_at is None) for row in rows] == [(["DINAS LAMA"], False), (["DINAS BARU"], True)]


def test_an_empty_letterhead_is_refused_with_the_remedy(present: datetime) -> None:
    admin = client_as(present, Role.ADMIN)
    answer = admin.post("/kop/pemerintah/", fresh() | {"lines": " \n "})
    assert answer.status_code == 422
    assert not Letterhead.objects.exists()


def test_an_unknown_unit_has_no_letterhead(present: datetime) -> None:
    assert client_as(present, Role.ADMIN).get("/kop/tidakada/").status_code == 404


def test_a_printed_code_is_confirmed_without_content_or_person(present: datetime) -> None:
    kalteng(present, JUNE)
    leader = client_as(present, Role.LEADER)
    pdf_text(leader)
    document = IssuedDocument.objects.get()
    visitor = Client()
    typed = f" {document.public_id.upper()[:8]} {document.public_id[8:]} "
    asked = visitor.get("/v/", {"code": typed})
    assert asked.headers["Location"] == f"/v/{document.public_id}/"
    page = visitor.get(f"/v/{document.public_id}/").content.decode()
    for words in ("Dokumen ini terbit dari sini", document.sha256, "Senin, 30 Juni 2025"):
        assert words in page
    assert "21,88" not in page
    assert document.issued_by not in page


@pytest.mark.parametrize("typed", ["é", "١٢٣", "----", "%00"])
def test_what_can_be_no_code_is_asked_again_or_not_found(typed: str) -> None:
    assert Client().get("/v/", {"code": typed}, follow=True).status_code in (200, 404, 422)


def test_an_unknown_code_is_said_plainly(present: datetime) -> None:
    answer = Client().get("/v/aaaaaaaaaaaaaaaa/")
    assert answer.status_code == 404
    assert "Kode ini tidak dikenal" in answer.content.decode()
