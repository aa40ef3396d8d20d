"""Signing in: one neutral answer, limits that hold, also when guesses come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.actions.sign_in import PER_ADDRESS, PER_LOGIN, WINDOW, SignIn, note_sign_out, sign_in
from luwes.apps.accounts.models import SignInAttempt, User
from luwes.apps.audit.actor import system
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from tests.conftest import NOW
from tests.world import PASSWORD, acting, add_person

NIP = "199001012020121001"


def attempt(now: datetime, login: str, password: str, address: str = "10.0.0.7") -> SignIn:
    with unit_of_work(system("sign_in"), now):
        return sign_in(login=login, password=password, address=address)


@pytest.fixture
def user(db: None, now: datetime) -> User:
    return add_person(now, "rangga@contoh.go.id", nip=NIP)


@pytest.mark.parametrize("login", ["rangga@contoh.go.id", " Rangga@Contoh.GO.id ", NIP, "19900101 202012 1 001"])
def test_email_or_nip_with_the_password_gets_in(user: User, now: datetime, login: str) -> None:
    assert attempt(now, login, PASSWORD).user == user
    user.refresh_from_db()
    assert user.last_login == now


def test_signing_in_is_on_the_trail_under_the_person(user: User, now: datetime) -> None:
    attempt(now, NIP, PASSWORD)
    entry = AuditEntry.objects.get(action="account.signed_in")
    assert (entry.actor, entry.subject) == (user.public_id, user.public_id)


def test_unknown_login_wrong_password_and_closed_account_answer_alike(user: User, now: datetime) -> None:
    wrong = attempt(now, "rangga@contoh.go.id", "salah-salah-salah")
    unknown = attempt(now, "siapa@contoh.go.id", PASSWORD)
    User.objects.update(is_active=False)
    closed = attempt(now, NIP, PASSWORD)
    assert wrong == unknown == closed == SignIn()


def test_empty_words_answer_like_any_failure(user: User, now: datetime) -> None:
    assert attempt(now, "", "") == SignIn()
    assert attempt(now, "  ", PASSWORD) == SignIn()


def test_the_fifth_failure_closes_the_login_even_for_the_right_password(user: User, now: datetime) -> None:
    answers = [attempt(now + timedelta(seconds=i), NIP, "salah") for i in range(PER_LOGIN)]
    assert [answer.locked_until for answer in answers[:-1]] == [None] * (PER_LOGIN - 1)
    assert answers[-1].locked_until == now + WINDOW
    assert attempt(now + timedelta(seconds=30), NIP, PASSWORD) == SignIn(locked_until=now + WINDOW)


def test_a_login_that_does_not_exist_is_closed_in_the_same_way(db: None, now: datetime) -> None:
    answers = [attempt(now, "siapa@contoh.go.id", "salah") for _ in range(PER_LOGIN)]
    assert answers[-1].locked_until == now + WINDOW
    assert not AuditEntry.objects.exists()


def test_closing_is_on_the_trail_once(user: User, now: datetime) -> None:
    for _ in range(PER_LOGIN + 3):
        attempt(now, NIP, "salah")
    assert AuditEntry.objects.filter(action="account.locked").count() == 1


def test_after_the_window_the_login_is_open_again(user: User, now: datetime) -> None:
    for _ in range(PER_LOGIN):
        attempt(now, NIP, "salah")
    assert attempt(now + WINDOW - timedelta(seconds=1), NIP, PASSWORD).user is None
    assert attempt(now + WINDOW, NIP, PASSWORD).user == user


def test_waiting_does_not_help_who_keeps_guessing(user: User, now: datetime) -> None:
    for i in range(PER_LOGIN):
        attempt(now + timedelta(minutes=3 * i), NIP, "salah")
    assert attempt(now + timedelta(minutes=13), NIP, PASSWORD).locked_until == now + WINDOW


def test_success_clears_the_failures_of_the_login_only(user: User, now: datetime) -> None:
    for _ in range(PER_LOGIN - 1):
        attempt(now, NIP, "salah")
    before = SignInAttempt.objects.count()
    attempt(now, NIP, PASSWORD)
    assert SignInAttempt.objects.count() == before - (PER_LOGIN - 1)
    assert attempt(now, NIP, "salah") == SignIn()


def test_many_logins_from_one_address_close_the_address(user: User, now: datetime) -> None:
    for i in range(PER_ADDRESS):
        attempt(now, f"orang{i}@contoh.go.id", "x")
    assert attempt(now, NIP, PASSWORD).locked_until == now + WINDOW
    assert attempt(now, NIP, PASSWORD, address="10.0.0.8").user == user


def test_attempts_store_neither_login_nor_address(user: User, now: datetime) -> None:
    attempt(now, NIP, "salah")
    for stored in SignInAttempt.objects.values_list("subject", flat=True):
        assert len(stored) == 64
        assert NIP not in stored
        assert "10.0.0.7" not in stored


def test_signing_out_is_noted_by_the_person_alone(user: User, now: datetime) -> None:
    with unit_of_work(acting(user), now):
        note_sign_out(user=user)
    assert AuditEntry.objects.get(action="account.signed_out").subject == user.public_id
    with pytest.raises(OutsideScope), unit_of_work(system("other"), now):
        note_sign_out(user=user)


def test_twenty_guesses_at_once_get_five_answers(fresh_database: str, django_db_blocker: object, now: datetime) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        user = add_person(now, "rangga@contoh.go.id")

        def guess(i: int) -> SignIn:
            try:
                # The right password among them must not be told apart once the limit is reached.
                return attempt(now, "rangga@contoh.go.id", f"salah-{i}", address=f"10.0.1.{i}")
            finally:
                connections.close_all()

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(guess, range(20)))
        assert sum(answer.locked_until is None for answer in answers) == PER_LOGIN - 1
        assert SignInAttempt.objects.values("subject").distinct().count() == PER_LOGIN + 1
        assert attempt(now, "rangga@contoh.go.id", PASSWORD, address="10.9.9.9").user is None
        assert user.is_active


class AnyWords(TestCase):
    """Whatever is typed, signing in answers and never breaks."""

    @given(
        login=st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=40),
        password=st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
    )
    @settings(max_examples=15, deadline=None)
    def test_any_words(self, login: str, password: str) -> None:
        assert attempt(NOW, login, password).user is None
        assert not check_password(password, "")
