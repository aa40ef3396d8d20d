"""The way in and out: neutral answers, safe return, a new session key, the role chosen."""

from datetime import datetime, timedelta
from ipaddress import ip_network

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from luwes.apps.accounts.actions.sign_in import PER_LOGIN
from luwes.apps.accounts.models import SignInAttempt, User
from luwes.apps.accounts.roles import Role
from luwes.apps.accounts.secret import keyed
from luwes.apps.audit.models import AuditEntry
from tests.world import PASSWORD, add_person, give_role

pytestmark = pytest.mark.django_db
EMAIL = "rangga@contoh.go.id"
NEUTRAL = "Surel, NIP, atau kata sandi tidak cocok"


@pytest.fixture
def user(present: datetime) -> User:
    return add_person(present, EMAIL, nip="199001012020121001")


def enter(client: Client, password: str = PASSWORD, login: str = EMAIL, **more: str) -> tuple[int, str, str]:
    answer = client.post("/masuk/", {"login": login, "password": password} | more)
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_the_right_password_leads_home_with_a_new_session_key(user: User, client: Client) -> None:
    client.get("/masuk/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    assert enter(client)[:2] == (302, "/")
    assert client.session.session_key != before


def test_password_managers_and_pasting_are_welcome(client: Client) -> None:
    html = client.get("/masuk/").content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "onpaste" not in html


def test_failures_are_told_in_one_neutral_sentence(user: User, client: Client) -> None:
    pages = [enter(client, "salah"), enter(client, login="siapa@contoh.go.id"), enter(client, login="1" * 18)]
    assert [status for status, _, _ in pages] == [422] * 3
    assert all(NEUTRAL in html for _, _, html in pages)
    assert all("salah" not in html for _, _, html in pages)


def test_a_locked_login_is_told_until_when(user: User, client: Client) -> None:
    for _ in range(PER_LOGIN - 1):
        assert NEUTRAL in enter(client, "salah")[2]
    assert "Anda dapat mencoba lagi pukul" in enter(client, "salah")[2]
    status, _, html = enter(client)
    assert status == 422
    assert "WIB" in html
    assert client.get("/profil/").status_code == 302


def test_an_empty_form_names_its_fields(client: Client) -> None:
    status, _, html = enter(client, "", "")
    assert status == 422
    assert 'href="#id_login"' in html
    assert not SignInAttempt.objects.exists()


@pytest.mark.parametrize("wanted", ["/sumber/?dari=masuk", "/jejak/1/"])
def test_after_signing_in_one_is_where_one_wanted_to_be(user: User, client: Client, wanted: str) -> None:
    assert enter(client, lanjut=wanted)[1] == wanted
    assert client.get("/masuk/", {"lanjut": wanted})["Location"] == wanted


@pytest.mark.parametrize(
    "evil", ["https://contoh.invalid/", "//contoh.invalid/x", "javascript:alert(1)", "\\\\contoh.invalid", "http:///x"]
)
def test_nobody_is_led_to_another_site(user: User, client: Client, evil: str) -> None:
    assert enter(client, lanjut=evil)[1] == "/"
    assert client.get("/masuk/", {"lanjut": evil})["Location"] == "/"


def test_a_page_asked_for_is_kept_through_the_form(client: Client) -> None:
    answer = client.get("/pengguna/?cari=a")
    assert answer["Location"] == "/masuk/?lanjut=/pengguna/%3Fcari%3Da"
    assert 'name="lanjut" value="/pengguna/?cari=a"' in client.get(answer["Location"]).content.decode()


def test_a_form_sent_after_the_session_ended_leads_home_not_to_itself(client: Client) -> None:
    assert client.post("/profil/token/")["Location"] == "/masuk/?lanjut=/"


def test_signing_out_empties_the_session_and_is_on_the_trail(user: User, client: Client) -> None:
    enter(client)
    key = client.session.session_key
    assert client.get("/keluar/").status_code == 405
    assert client.post("/keluar/")["Location"] == "/masuk/"
    assert client.session.session_key != key
    assert client.get("/profil/").status_code == 302
    assert client.post("/keluar/").status_code == 302
    assert AuditEntry.objects.filter(action="account.signed_out", actor=user.public_id).count() == 1


def test_a_closed_account_is_out_at_once(user: User, client: Client) -> None:
    enter(client)
    assert client.get("/profil/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/profil/").status_code == 302


def test_a_forged_forwarding_header_does_not_move_the_limit(user: User, client: Client) -> None:
    for i in range(3):
        client.post("/masuk/", {"login": EMAIL, "password": "salah"}, headers={"X-Forwarded-For": f"10.0.0.{i}"})
    assert SignInAttempt.objects.filter(subject=keyed("address", "127.0.0.1")).count() == 3
    with override_settings(TRUSTED_PROXIES=[ip_network("127.0.0.1")]):
        client.post("/masuk/", {"login": EMAIL, "password": "salah"}, headers={"X-Forwarded-For": "198.51.100.7"})
    assert SignInAttempt.objects.filter(subject=keyed("address", "198.51.100.7")).count() == 1


def test_one_role_is_taken_without_asking(user: User, client: Client, present: datetime) -> None:
    give_role(present, user, Role.LEADER)
    assert enter(client)[1] == "/"
    assert client.get("/peran/")["Location"] == "/"
    assert "Ganti peran" not in client.get("/profil/").content.decode()


def test_of_several_roles_one_is_chosen_and_can_be_changed(user: User, client: Client, present: datetime) -> None:
    leader = give_role(present, user, Role.LEADER)
    operator = give_role(present, user, Role.OPERATOR)
    assert enter(client, lanjut="/sistem/")[1] == "/peran/?lanjut=%2Fsistem%2F"
    assert "Ganti peran" in client.get("/profil/").content.decode()
    assert client.get("/sistem/").status_code == 403
    assert client.post("/peran/", {"peran": operator.public_id, "lanjut": "/sistem/"})["Location"] == "/sistem/"
    assert client.get("/sistem/").status_code == 200
    client.post("/peran/", {"peran": leader.public_id})
    assert client.get("/sistem/").status_code == 403
    assert client.get("/pimpinan/").status_code == 200


def test_an_expired_role_is_shown_with_its_end_and_cannot_be_chosen(
    user: User, client: Client, present: datetime
) -> None:
    today = timezone.localdate(present)
    expired = give_role(present, user, Role.ADMIN, until=today)
    coming = give_role(present, user, Role.INSPECTOR, since=today + timedelta(days=3))
    give_role(present, user, Role.LEADER)
    enter(client)
    html = client.get("/peran/").content.decode()
    assert "masa berlaku habis" in html
    assert "baru berlaku mulai" in html
    assert html.count("Pilih peran ini") == 1
    for row in (expired, coming):
        answer = client.post("/peran/", {"peran": row.public_id})
        assert answer.status_code == 422
        assert "tidak Anda pegang hari ini" in answer.content.decode()
    assert client.get("/pengguna/").status_code == 403


def test_nobody_takes_the_role_of_another(user: User, client: Client, present: datetime) -> None:
    theirs = give_role(present, add_person(present, "lain@contoh.go.id"), Role.ADMIN)
    enter(client)
    assert client.post("/peran/", {"peran": theirs.public_id}).status_code == 422
    session = client.session
    session["role"] = theirs.public_id
    session.save()
    assert client.get("/pengguna/").status_code == 403
