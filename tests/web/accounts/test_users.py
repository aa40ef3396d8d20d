"""Accounts and roles as the admin manages them."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.people.models import Posting
from tests.apps.staff_files import YOSE
from tests.web.accounts.test_profile import shown_secret
from tests.web.forms import fresh, hidden_fields, send
from tests.world import Units, add_person, give_role, plant_units, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def admin(present: datetime) -> User:
    user = add_person(present, "admin@contoh.go.id", name="Kirana Asih")
    give_role(present, user, Role.ADMIN)
    return user


@pytest.fixture
def browser(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def test_roles_of_who_left_are_proposed_to_be_ended(browser: Client, units: Units, present: datetime) -> None:
    ids = staff_of(present, units)
    gone = add_person(present, "yose@contoh.go.id", name="Yosé Limbong", nip=YOSE)
    held = give_role(present, gone, Role.LEADER)
    assert "Peran yang perlu diakhiri" not in browser.get("/pengguna/").content.decode()
    Posting.objects.filter(employee__public_id=ids[units.health]).update(
        period=DateRange(date(2026, 1, 1), timezone.localdate(present))
    )
    html = browser.get("/pengguna/").content.decode()
    assert "Peran yang perlu diakhiri" in html
    assert f"/pengguna/{gone.public_id}/peran/{held.public_id}/akhiri/" in html
    assert "Peran yang perlu diakhiri" not in browser.get("/pengguna/", {"cari": "Yosé"}).content.decode()


@pytest.fixture
def other(present: datetime) -> User:
    return add_person(present, "rangga@contoh.go.id", name="Rangga Wirya", nip="199001012020121001")


def role_fields(present: datetime, **more: str) -> dict[str, str]:
    today = timezone.localdate(present).isoformat()
    return {"role": "pimpinan", "scope": "", "capacity": "definitif", "since": today} | more


def test_an_account_is_created_with_a_password_shown_once(browser: Client) -> None:
    answer = send(browser, "/pengguna/baru/", name="Bagas Ma’ruf", email="bagas@contoh.go.id", nip="")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    password = shown_secret(answer.content.decode())
    user = User.objects.get(email="bagas@contoh.go.id")
    assert user.must_change_password
    fresh_browser = Client()
    entered = fresh_browser.post("/masuk/", {"login": "bagas@contoh.go.id", "password": password})
    assert entered.status_code == 302
    assert fresh_browser.get("/")["Location"] == "/sandi/"


def test_a_double_submit_makes_one_account_and_shows_the_same_password(browser: Client) -> None:
    fields = fresh() | {"name": "Bagas", "email": "bagas@contoh.go.id"}
    first, second = (browser.post("/pengguna/baru/", fields).content.decode() for _ in range(2))
    assert shown_secret(first) == shown_secret(second)
    assert User.objects.filter(email="bagas@contoh.go.id").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "", "email": "a@contoh.go.id"}, "Nama lengkap"),
        ({"name": "A", "email": "", "nip": ""}, "Isi surel atau NIP"),
        ({"name": "A", "email": "bukan surel"}, "Surel"),
        ({"name": "A", "nip": "12345"}, "18 angka"),
        ({"name": "A", "nip": "١٩٩٠٠١٠١٢٠٢٠١٢١٠٠١"}, "18 angka"),
        ({"name": "A", "email": "ADMIN@contoh.go.id"}, "Sudah ada akun"),
        ({"name": "A\x00", "email": "a@contoh.go.id"}, "Nama lengkap"),
    ],
)
def test_a_wrong_account_form_says_what_to_do(browser: Client, fields: dict[str, str], words: str) -> None:
    answer = send(browser, "/pengguna/baru/", **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert User.objects.count() == 1


def test_posted_extras_make_no_admin(browser: Client) -> None:
    send(
        browser,
        "/pengguna/baru/",
        name="Bagas",
        email="bagas@contoh.go.id",
        role="admin_bkd",
        is_active="0",
        must_change_password="0",
        public_id="pilihan-sendiri1",
        password="pilihan-sendiri-1",
    )
    user = User.objects.get(email="bagas@contoh.go.id")
    assert user.is_active
    assert user.must_change_password
    assert user.public_id != "pilihan-sendiri1"
    assert not user.check_password("pilihan-sendiri-1")
    assert not user.assignments.exists()


def test_people_are_found_and_paged(browser: Client, present: datetime) -> None:
    User.objects.bulk_create(
        User(name=f"Orang {i:03}", name_key=f"orang {i:03}", email=f"o{i}@contoh.go.id", created_at=present)
        for i in range(60)
    )
    first = browser.get("/pengguna/").content.decode()
    assert "Orang 000" in first
    following = re.search(r'href="(/pengguna/\?cari=&amp;sesudah=[a-z0-9]+)"', first)
    assert following
    second = browser.get(following[1].replace("&amp;", "&")).content.decode()
    assert "Orang 059" in second
    assert "Orang 000" not in second
    found = browser.get("/pengguna/", {"cari": "ORANG 04"}).content.decode()
    assert found.count("row-title") == 10
    assert "Tidak ada akun yang cocok" in browser.get("/pengguna/", {"cari": "\x00zzz"}).content.decode()


@pytest.mark.parametrize("asked", ["199001012020121001", "19900101 202012 1 001", "RANGGA@contoh.go.id", "@contoh"])
def test_who_is_looked_for_by_nip_or_e_mail_stands_in_no_address(browser: Client, other: User, asked: str) -> None:
    answer = browser.post("/pengguna/", {"cari": asked})
    assert answer.status_code == 200
    assert other.name in answer.content.decode()
    assert "cari=" not in answer.content.decode()


def test_a_name_looked_for_has_an_address(browser: Client, other: User) -> None:
    answer = browser.post("/pengguna/", {"cari": f" {other.name} "}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/pengguna/?cari=")
    assert other.name in answer.content.decode()
    assert browser.post("/pengguna/", {"cari": "\x00"})["Location"] == "/pengguna/"
    assert 'method="post"' in answer.content.decode().split('role="search"')[1][:40]


def test_the_list_takes_the_same_queries_for_one_and_for_fifty(
    browser: Client, present: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    User.objects.bulk_create(
        User(name=f"Orang {i:03}", name_key=f"orang {i:03}", email=f"o{i}@contoh.go.id", created_at=present)
        for i in range(60)
    )
    with django_assert_max_num_queries(7):
        browser.get("/pengguna/")


def test_a_nip_stands_in_no_address(browser: Client, other: User) -> None:
    html = browser.get("/pengguna/").content.decode()
    assert "199001012020121001" not in html
    page = browser.get(f"/pengguna/{other.public_id}/").content.decode()
    assert "199001012020121001" in page
    assert not re.search(r'(href|action)="[^"]*1990', page)


def test_a_role_is_granted_over_a_unit_for_a_period(
    browser: Client, other: User, units: Units, present: datetime
) -> None:
    today = timezone.localdate(present)
    path = f"/pengguna/{other.public_id}/peran/baru/"
    fields = role_fields(
        present,
        role="kepala_pd",
        scope=units.health,
        capacity="plt",
        last_day=(today + timedelta(days=10)).isoformat(),
        basis="SP 800/12/2026",
    )
    answer = send(browser, path, **fields)
    assert answer["Location"] == f"/pengguna/{other.public_id}/"
    row = RoleAssignment.objects.get(user=other)
    assert (row.period.lower, row.period.upper) == (today, today + timedelta(days=11))
    assert (row.scope, row.capacity) == (units.health, "plt")
    html = browser.get(answer["Location"]).content.decode()
    assert "Plt. Kepala perangkat daerah" in html
    assert "Dinas Kesehatan" in html


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"role": "kepala_pd"}, "Pilih perangkat daerah yang dipimpin"),
        ({"role": "pimpinan", "scope": "UNIT"}, "seluruh pemerintah daerah"),
        ({"capacity": "plh"}, "memerlukan tanggal berakhir dan dasar"),
        ({"last_day": "2020-01-01"}, "harus sesudah tanggal mulai"),
        ({"role": "raja"}, "Peran"),
        ({"scope": "tidakada"}, "Unit"),
        ({"since": "kapan-kapan"}, "Berlaku mulai"),
        ({"last_day": "9999-12-31"}, "Hari terakhir"),
        ({"since": "0001-01-01"}, "Berlaku mulai"),
    ],
)
def test_a_role_that_cannot_be_is_refused_with_the_reason(
    browser: Client, other: User, units: Units, present: datetime, more: dict[str, str], words: str
) -> None:
    more = {key: units.health if value == "UNIT" else value for key, value in more.items()}
    answer = send(browser, f"/pengguna/{other.public_id}/peran/baru/", **role_fields(present, **more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RoleAssignment.objects.filter(user=other).exists()


def test_nobody_raises_themselves(browser: Client, admin: User, present: datetime) -> None:
    answer = send(browser, f"/pengguna/{admin.public_id}/peran/baru/", **role_fields(present, role="inspektorat"))
    assert answer.status_code == 422
    assert "tidak dapat memberi peran kepada diri sendiri" in answer.content.decode()
    page = browser.get(f"/pengguna/{admin.public_id}/").content.decode()
    assert "peran/baru" not in page
    assert "sandi/" not in page.split("<main")[1]


def test_a_role_is_ended_with_its_reason(browser: Client, other: User, present: datetime) -> None:
    row = give_role(present, other, Role.LEADER)
    path = f"/pengguna/{other.public_id}/peran/{row.public_id}/akhiri/"
    today = timezone.localdate(present).isoformat()
    answer = send(browser, path, on=today, reason="Pindah tugas")
    assert answer.status_code == 302
    entry = AuditEntry.objects.get(action="role.ended")
    assert "Pindah tugas" not in entry.body
    assert '"reason":"Pindah tugas"' in AuditDetail.objects.get(entry=entry).text
    assert browser.get(path).status_code == 404


def test_a_stale_tab_learns_that_the_role_was_ended(browser: Client, other: User, present: datetime) -> None:
    row = give_role(present, other, Role.LEADER)
    path = f"/pengguna/{other.public_id}/peran/{row.public_id}/akhiri/"
    today = timezone.localdate(present)
    stale = hidden_fields(browser.get(path).content.decode())
    send(browser, path, on=today.isoformat(), reason="Pindah tugas")
    answer = browser.post(path, stale | {"on": today.isoformat(), "reason": "Lagi"})
    assert answer.status_code == 422
    assert "sudah diubah oleh orang lain" in answer.content.decode()
    assert AuditEntry.objects.filter(action="role.ended").count() == 1


def test_a_role_is_ended_under_its_own_person_only(
    browser: Client, admin: User, other: User, present: datetime
) -> None:
    row = give_role(present, other, Role.LEADER)
    path = f"/pengguna/{admin.public_id}/peran/{row.public_id}/akhiri/"
    assert browser.get(path).status_code == 404
    today = timezone.localdate(present).isoformat()
    assert browser.post(path, fresh() | {"on": today, "reason": "x"}).status_code == 404
    assert RoleAssignment.objects.get(user=other).superseded_at is None


def test_the_last_admin_cannot_leave(browser: Client, admin: User, present: datetime) -> None:
    row = RoleAssignment.objects.get(user=admin)
    path = f"/pengguna/{admin.public_id}/peran/{row.public_id}/akhiri/"
    answer = send(browser, path, on=timezone.localdate(present).isoformat(), reason="Pensiun")
    assert answer.status_code == 422
    assert "admin terakhir" in answer.content.decode()
    page = f"/pengguna/{admin.public_id}/"
    fields = hidden_fields(browser.get(page).content.decode(), f"{page}keaktifan/")
    assert "admin terakhir" in browser.post(f"{page}keaktifan/", fields, follow=True).content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_an_account_is_switched_off_and_the_person_is_out(browser: Client, other: User) -> None:
    their_browser = Client()
    their_browser.force_login(other)
    page = f"/pengguna/{other.public_id}/"
    fields = hidden_fields(browser.get(page).content.decode(), f"{page}keaktifan/")
    assert "Akun dinonaktifkan" in browser.post(f"{page}keaktifan/", fields, follow=True).content.decode()
    assert their_browser.get("/profil/").status_code == 302
    assert "Nonaktif" in browser.get("/pengguna/").content.decode()
    fields = hidden_fields(browser.get(page).content.decode(), f"{page}keaktifan/")
    assert "Akun diaktifkan" in browser.post(f"{page}keaktifan/", fields, follow=True).content.decode()
    other.refresh_from_db()
    assert other.is_active


@pytest.mark.parametrize("version", ["0", "7", "", "satu", "9" * 5000], ids=["0", "7", "none", "word", "long"])
def test_a_stale_account_page_changes_nothing(browser: Client, other: User, version: str) -> None:
    path = f"/pengguna/{other.public_id}/keaktifan/"
    answer = browser.post(path, fresh() | {"aktif": "tidak", "version": version}, follow=True)
    assert "sudah diubah oleh orang lain" in answer.content.decode()
    other.refresh_from_db()
    assert other.is_active


def test_a_temporary_password_is_given_to_others_only(browser: Client, admin: User, other: User) -> None:
    page = f"/pengguna/{other.public_id}/"
    fields = hidden_fields(browser.get(page).content.decode(), f"{page}sandi/")
    answer = browser.post(f"{page}sandi/", fields)
    password = shown_secret(answer.content.decode())
    other.refresh_from_db()
    assert other.check_password(password)
    assert other.must_change_password
    own = browser.post(f"/pengguna/{admin.public_id}/sandi/", fresh(), follow=True).content.decode()
    assert "dengan kata sandi sekarang" in own


@pytest.mark.parametrize("way", ["", "keaktifan/", "sandi/", "peran/baru/"])
def test_an_unknown_account_is_not_found(browser: Client, way: str) -> None:
    path = f"/pengguna/tidakada/{way}"
    post = way in ("keaktifan/", "sandi/")
    answer = browser.post(path, fresh()) if post else browser.get(path)
    assert answer.status_code == 404
