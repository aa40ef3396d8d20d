"""The audit trail as the inspector reads it."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts.access import Forbidden
from luwes.apps.accounts.actions import inspection
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit import queries
from luwes.apps.audit.actions import record
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.audit.verify import head
from tests.web.forms import fresh, hidden_fields
from tests.world import SETUP, acting, add_person, client_as, give_role, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(present: datetime) -> Client:
    return client_as(present, Role.INSPECTOR)


@pytest.fixture
def personal(present: datetime) -> int:
    """An entry with personal text beside it."""
    with unit_of_work(SETUP, present):
        record(action="account.created", subject="s1", detail={"name": "Ratri Anjani"})
    return AuditEntry.objects.latest("seq").seq


def rows(html: str) -> int:
    return html.count('<span class="row-title">')


def test_newest_first_in_words_with_names(browser: Client, present: datetime) -> None:
    units = plant_units(present)
    user = add_person(present, "rangga@contoh.go.id", name="Rangga Wirya")
    give_role(present, user, Role.HEAD, units.health)
    html = browser.get("/jejak/").content.decode()
    assert html.index("memberi peran") < html.index("mencatat unit")
    assert "Rangga Wirya" in html
    assert "Dinas Kesehatan" in html
    assert "Sistem (test)" in html


def test_an_entry_shows_role_basis_facts_and_its_place(browser: Client, present: datetime) -> None:
    units = plant_units(present)
    admin = add_person(present, "kirana@contoh.go.id", name="Kirana Asih")
    with unit_of_work(acting(admin, Role.HEAD, units.health), present, request_id="r-77"):
        record(action="report.issued", subject=units.works, facts={"format": "pdf", "scope": units.works}, basis="SP 9")
    entry = AuditEntry.objects.latest("seq")
    html = browser.get(f"/jejak/{entry.seq}/").content.decode()
    for words in (
        "Kirana Asih menerbitkan laporan",
        "Kepala perangkat daerah",
        "Dinas Kesehatan",
        "Dinas Pekerjaan Umum",
        "SP 9",
        "r-77",
        entry.hash,
        AuditEntry.objects.get(seq=entry.seq - 1).hash,
    ):
        assert words in html, words
    assert browser.get("/jejak/999999/").status_code == 404


def test_personal_text_opens_by_a_deed_that_is_recorded(browser: Client, personal: int) -> None:
    page = browser.get(f"/jejak/{personal}/").content.decode()
    assert "Ratri" not in page
    before = AuditEntry.objects.count()
    assert browser.get(f"/jejak/{personal}/teks/").status_code == 405
    assert AuditEntry.objects.count() == before
    sent = hidden_fields(page, f"/jejak/{personal}/teks/")
    for _ in range(2):
        answer = browser.post(f"/jejak/{personal}/teks/", sent)
        assert "Ratri Anjani" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    read = AuditEntry.objects.filter(action="audit.detail_read")
    assert read.count() == 1
    inspector = User.objects.get(email__startswith="inspektorat")
    assert (read.get().actor, read.get().subject) == (inspector.public_id, str(personal))


def test_a_stale_form_opens_nothing(browser: Client, personal: int) -> None:
    answer = browser.post(f"/jejak/{personal}/teks/", {"once": "tebakan"})
    assert answer["Location"] == f"/jejak/{personal}/"
    assert not AuditEntry.objects.filter(action="audit.detail_read").exists()
    assert browser.post("/jejak/999999/teks/", fresh()).status_code == 404


def test_erased_text_is_said_to_be_erased(browser: Client, personal: int) -> None:
    AuditDetail.objects.all().delete()
    assert "Buka teks pribadi" not in browser.get(f"/jejak/{personal}/").content.decode()
    html = browser.post(f"/jejak/{personal}/teks/", fresh()).content.decode()
    assert "sudah dihapus sesuai masa simpan" in html


def test_filters_find_by_deed_person_subject_and_day(browser: Client, present: datetime) -> None:
    user = add_person(present, "rangga@contoh.go.id", name="Rangga Wirya")
    before = AuditEntry.objects.count()
    for days in (0, 3):
        with unit_of_work(acting(user), present - timedelta(days=days)):
            record(action="report.issued", subject=f"s{days}")
    today = timezone.localdate(present)
    asked = {
        "report.issued": {"tindakan": "report.issued"},
        "person": {"pelaku": "rangga w"},
        "subject": {"objek": "s3"},
        "today": {"tindakan": "report.issued", "dari": today.isoformat(), "sampai": today.isoformat()},
        "older": {"pelaku": "rangga", "sampai": (today - timedelta(days=1)).isoformat()},
        "nobody": {"pelaku": "tidak ada orang begini"},
    }
    found = {name: rows(browser.get("/jejak/", words).content.decode()) for name, words in asked.items()}
    assert found == {"report.issued": 2, "person": 2, "subject": 1, "today": 1, "older": 1, "nobody": 0}
    assert rows(browser.get("/jejak/").content.decode()) == before + 2


def test_a_filter_that_makes_no_sense_says_so(browser: Client) -> None:
    answer = browser.get("/jejak/", {"dari": "kemarin", "tindakan": "zzz"})
    assert answer.status_code == 422
    assert "Dari tanggal" in answer.content.decode()


@pytest.mark.parametrize("asked", [{"sampai": "9999-12-31"}, {"dari": "0001-01-01"}])
def test_a_day_outside_our_time_is_refused(browser: Client, asked: dict[str, str]) -> None:
    assert browser.get("/jejak/", asked).status_code == 422


def test_pages_follow_each_other_and_keep_the_filter(browser: Client, present: datetime) -> None:
    with unit_of_work(SETUP, present):
        for i in range(120):
            record(action="report.issued", subject=f"s{i}")
    seen = 0
    path = "/jejak/?tindakan=report.issued"
    while path:
        html = browser.get(path).content.decode()
        seen += rows(html)
        following = re.search(r'href="(/jejak/\?[^"]*sebelum=\d+)" rel="next"', html)
        path = following[1].replace("&amp;", "&") if following else ""
        assert not path or "tindakan=report.issued" in path
    assert seen == 120
    assert browser.get("/jejak/?sebelum=" + "9" * 40).status_code == 200
    assert browser.get("/jejak/?sebelum=x").status_code == 200


def test_the_list_takes_the_same_queries_however_long(
    browser: Client, present: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with unit_of_work(SETUP, present):
        for i in range(60):
            record(action="report.issued", subject=f"s{i}")
    with django_assert_max_num_queries(9):
        browser.get("/jejak/")


def test_a_whole_chain_is_told_with_entries_and_head(browser: Client, personal: int) -> None:
    printed = head()
    html = browser.post("/jejak/periksa/", {"kepala": f" {printed[:16].upper()} "}).content.decode()
    assert "Rantai utuh" in html
    assert printed in html
    assert "ditemukan dalam rantai ini" in html
    assert AuditEntry.objects.filter(action="audit.verified").count() == 1
    assert browser.get("/jejak/periksa/").status_code == 405


def test_a_head_from_elsewhere_is_told(browser: Client, personal: int) -> None:
    html = browser.post("/jejak/periksa/", {"kepala": "f" * 64}).content.decode()
    assert "tidak ada dalam rantai ini" in html
    assert "Rantai utuh" not in html


def test_a_broken_chain_is_told_loudly_with_its_first_fault(browser: Client, personal: int) -> None:
    with connection.cursor() as cursor:
        # The foreign key's check waits for the end of the transaction, which a table change does not.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_auditdetail DISABLE TRIGGER ALL")
        cursor.execute("UPDATE audit_auditdetail SET text = %s WHERE entry_id = %s", ['{"name":"X"}', personal])
    html = browser.post("/jejak/periksa/").content.decode()
    assert f"nomor {personal} berubah setelah ditulis" in html
    assert 'role="alert"' in html


def test_only_the_inspector_reads_and_verifies(present: datetime, personal: int) -> None:
    user = add_person(present, "x@contoh.go.id")
    for role in (Role.ADMIN, Role.LEADER, Role.OPERATOR):
        with pytest.raises(Forbidden), unit_of_work(acting(user, role), present):
            inspection.open_detail(seq=personal)
        with pytest.raises(Forbidden), unit_of_work(acting(user, role), present):
            inspection.verify_chain(against="")


def test_the_first_entry_is_chained_to_nothing(personal: int) -> None:
    assert queries.previous_hash(1) == "0" * 64
    assert queries.entry(999_999) is None
