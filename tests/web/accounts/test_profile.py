"""What a person sees and changes about themselves."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.actions import tokens
from luwes.apps.accounts.models import PersonalToken, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from tests.web.forms import fresh, hidden_fields, send
from tests.world import PASSWORD, add_person, give_role, plant_units

pytestmark = pytest.mark.django_db
NEW = "hujan-di-hulu-sungai"


@pytest.fixture
def user(present: datetime) -> User:
    return add_person(present, "rangga@contoh.go.id", name="Rangga Wirya", nip="199001012020121001")


@pytest.fixture
def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown_secret(html: str) -> str:
    found = re.search(r"<pre[^>]*>([^<]+)</pre>", html)
    assert found
    return unescape(found[1])


def test_the_page_tells_what_is_stored_and_how_long(browser: Client, user: User, present: datetime) -> None:
    units = plant_units(present)
    give_role(present, user, Role.HEAD, units.health, basis="SK 1/2026")
    html = browser.get("/profil/").content.decode()
    for words in (
        "Rangga Wirya",
        "199001012020121001",
        "Dinas Kesehatan",
        "SK 1/2026",
        "Selama sistem dipakai",
        "5 tahun",
    ):
        assert words in html, words


def test_a_token_is_shown_once_and_works(browser: Client, user: User, present: datetime) -> None:
    role = give_role(present, user, Role.LEADER)
    fields = hidden_fields(browser.get("/profil/").content.decode(), "/profil/token/")
    fields |= {"name": "Dasbor", "assignment_id": role.public_id, "days": "30"}
    answer = browser.post("/profil/token/", fields)
    secret = shown_secret(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    actor = tokens.actor_of(secret, present)
    assert actor is not None
    assert (actor.id, actor.role) == (user.public_id, "pimpinan")
    assert secret not in browser.get("/profil/").content.decode()


def test_a_double_submit_shows_the_same_token(browser: Client, user: User, present: datetime) -> None:
    role = give_role(present, user, Role.LEADER)
    fields = fresh() | {"name": "Dasbor", "assignment_id": role.public_id, "days": "30"}
    pages = [browser.post("/profil/token/", fields).content.decode() for _ in range(2)]
    assert shown_secret(pages[0]) == shown_secret(pages[1])
    assert PersonalToken.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("days", "0"), ("days", "366"), ("days", "abc"), ("assignment_id", "lain"), ("once", "x")],
)
def test_a_wrong_form_comes_back_with_what_to_do(
    browser: Client, user: User, present: datetime, field: str, value: str
) -> None:
    role = give_role(present, user, Role.LEADER)
    fields = fresh() | {"name": "Dasbor", "assignment_id": role.public_id, "days": "30"}
    answer = browser.post("/profil/token/", fields | {field: value})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()
    assert not PersonalToken.objects.exists()


def test_a_token_in_the_role_of_another_is_not_offered(browser: Client, user: User, present: datetime) -> None:
    give_role(present, user, Role.EMPLOYEE)
    theirs = give_role(present, add_person(present, "admin@contoh.go.id"), Role.ADMIN)
    fields = fresh() | {"name": "x", "assignment_id": theirs.public_id, "days": "30"}
    assert browser.post("/profil/token/", fields).status_code == 422


def test_own_tokens_are_revoked_and_those_of_others_are_not(browser: Client, user: User, present: datetime) -> None:
    role = give_role(present, user, Role.LEADER)
    browser.post("/profil/token/", fresh() | {"name": "Dasbor", "assignment_id": role.public_id, "days": "30"})
    token = PersonalToken.objects.get()
    path = f"/profil/token/{token.public_id}/cabut/"
    stranger = Client()
    stranger.force_login(add_person(present, "lain@contoh.go.id"))
    answer = stranger.post(path, fresh(), follow=True)
    assert "tidak ada atau sudah dicabut" in answer.content.decode()
    token.refresh_from_db()
    assert token.revoked_at is None
    fields = hidden_fields(browser.get("/profil/").content.decode(), path)
    assert "Token dicabut" in browser.post(path, fields, follow=True).content.decode()
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "Dicabut" in browser.get("/profil/").content.decode()


def test_the_password_is_changed_and_other_sessions_end(browser: Client, user: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(user)
    answer = send(browser, "/sandi/", present=PASSWORD, password=NEW, repeat=NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert browser.get("/profil/").status_code == 200
    assert elsewhere.get("/profil/").status_code == 302


@pytest.mark.parametrize(
    ("present_password", "new", "repeat", "words"),
    [
        ("bukan", NEW, NEW, "Kata sandi sekarang tidak cocok"),
        (PASSWORD, NEW, NEW + "x", "tidak sama"),
        (PASSWORD, PASSWORD, PASSWORD, "sama dengan yang sekarang"),
        (PASSWORD, "pendek", "pendek", "12"),
        ("", "", "", "Ada yang perlu diperbaiki"),
    ],
)
def test_a_password_is_refused_with_the_reason(
    browser: Client, user: User, present_password: str, new: str, repeat: str, words: str
) -> None:
    answer = send(browser, "/sandi/", present=present_password, password=new, repeat=repeat)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert words in html
    assert PASSWORD not in html
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_temporary_password_comes_first(browser: Client, user: User) -> None:
    User.objects.update(must_change_password=True)
    assert browser.get("/profil/")["Location"] == "/sandi/"
    html = browser.get("/sandi/").content.decode()
    assert "Kata sandi Anda sementara" in html
    send(browser, "/sandi/", present=PASSWORD, password=NEW, repeat=NEW)
    assert browser.get("/profil/").status_code == 200


def test_posted_extras_are_not_believed(browser: Client, user: User) -> None:
    """Fields the form does not have change nothing, whatever they are called."""
    send(
        browser,
        "/sandi/",
        present=PASSWORD,
        password=NEW,
        repeat=NEW,
        is_active="0",
        public_id="x" * 16,
        email="lain@contoh.go.id",
        role="admin_bkd",
        user=str(user.pk + 1),
    )
    user.refresh_from_db()
    assert (user.is_active, user.email) == (True, "rangga@contoh.go.id")
    assert not user.assignments.exists()
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["account.password_changed"]


def test_the_language_is_remembered_in_a_cookie(browser: Client) -> None:
    answer = browser.post("/bahasa/", {"bahasa": "en"})
    cookie = answer.cookies["luwes_bahasa"]
    assert (cookie.value, bool(cookie["httponly"])) == ("en", True)
    assert timedelta(seconds=int(cookie["max-age"])) == timedelta(days=365)
    assert 'lang="en"' in browser.get("/profil/").content.decode()
    assert "luwes_bahasa" not in browser.post("/bahasa/", {"bahasa": "../x"}).cookies


def test_a_role_that_ended_today_makes_no_token(browser: Client, user: User, present: datetime) -> None:
    ended = give_role(present, user, Role.LEADER, until=timezone.localdate(present))
    html = browser.get("/profil/").content.decode()
    assert "Buat token baru" not in html
    fields = fresh() | {"name": "x", "assignment_id": ended.public_id, "days": "30"}
    assert browser.post("/profil/token/", fields).status_code == 422
