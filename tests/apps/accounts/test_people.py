"""Accounts: created once, passwords changed by their owner, switched off but never deleted."""

from datetime import datetime

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.core.exceptions import ValidationError

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.actions import people, tokens
from luwes.apps.accounts.actions.last_admin import LastAdmin
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from tests.world import PASSWORD, SETUP, acting, add_person, give_role

pytestmark = pytest.mark.django_db
TEMPORARY = "abcd-efgh-jkmn-pqrs"


@pytest.fixture
def admin(now: datetime) -> User:
    user = add_person(now, "admin@contoh.go.id", name="Kirana Asih")
    give_role(now, user, Role.ADMIN)
    return user


def test_an_account_begins_with_a_password_that_must_change(admin: User, now: datetime) -> None:
    with unit_of_work(acting(admin, Role.ADMIN), now):
        user = people.create_user(
            name=" Bagas  Ma’ruf ", email=" Bagas@Contoh.go.id ", nip="19910101 202012 1 002", password=TEMPORARY
        )
    user.refresh_from_db()
    assert (user.name, user.name_key) == ("Bagas  Ma’ruf", "bagas maruf")
    assert (user.email, user.nip) == ("bagas@contoh.go.id", "199101012020121002")
    assert user.must_change_password
    assert user.check_password(TEMPORARY)
    entry = AuditEntry.objects.get(action="account.created", subject=user.public_id)
    assert "Bagas" not in entry.body
    assert "Bagas" in AuditDetail.objects.get(entry=entry).text


@pytest.mark.parametrize("other", [{"email": "ADMIN@contoh.go.id", "nip": None}, {"email": None, "nip": "1" * 18}])
def test_a_login_belongs_to_one_account(admin: User, now: datetime, other: dict[str, str | None]) -> None:
    add_person(now, "lain@contoh.go.id", nip="1" * 18)
    with pytest.raises(people.LoginTaken), unit_of_work(acting(admin, Role.ADMIN), now):
        people.create_user(name="Lain", password=TEMPORARY, **other)


@pytest.mark.parametrize("weak", ["pendek", "123456789012345", "password1234"])
def test_a_weak_password_is_refused(admin: User, now: datetime, weak: str) -> None:
    with pytest.raises(ValidationError), unit_of_work(acting(admin, Role.ADMIN), now):
        people.create_user(name="Lain", email="lain@contoh.go.id", nip=None, password=weak)
    assert not User.objects.filter(email="lain@contoh.go.id").exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_admin_creates_accounts(now: datetime, role: Role) -> None:
    user = add_person(now, "x@contoh.go.id")
    with pytest.raises(Forbidden), unit_of_work(acting(user, role), now):
        people.create_user(name="Lain", email="lain@contoh.go.id", nip=None, password=TEMPORARY)


def test_an_admin_of_one_unit_is_no_admin(now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    with pytest.raises(OutsideScope), unit_of_work(acting(user, Role.ADMIN, "unit1"), now):
        people.create_user(name="Lain", email="lain@contoh.go.id", nip=None, password=TEMPORARY)


def test_a_person_changes_their_own_password(admin: User, now: datetime) -> None:
    with unit_of_work(acting(admin), now):
        people.change_password(user=admin, present=PASSWORD, password="hujan-di-hulu-sungai")
    admin.refresh_from_db()
    assert admin.check_password("hujan-di-hulu-sungai")
    assert not admin.must_change_password


def test_the_present_password_is_asked(admin: User, now: datetime) -> None:
    with pytest.raises(people.WrongPassword), unit_of_work(acting(admin), now):
        people.change_password(user=admin, present="bukan", password="hujan-di-hulu-sungai")
    admin.refresh_from_db()
    assert admin.check_password(PASSWORD)


def test_a_temporary_password_is_not_kept(admin: User, now: datetime) -> None:
    admin.must_change_password = True
    admin.save()
    with pytest.raises(people.SamePassword), unit_of_work(acting(admin), now):
        people.change_password(user=admin, present=PASSWORD, password=PASSWORD)
    admin.refresh_from_db()
    assert admin.must_change_password


def test_a_password_costs_little_memory_and_hashes_of_another_cost_verify(admin: User) -> None:
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, Argon2PasswordHasher().encode(PASSWORD, "garamgaram"))


def test_nobody_changes_somebody_elses_password_by_the_own_page(admin: User, now: datetime) -> None:
    other = add_person(now, "lain@contoh.go.id")
    with pytest.raises(OutsideScope), unit_of_work(acting(admin, Role.ADMIN), now):
        people.change_password(user=other, present=PASSWORD, password="hujan-di-hulu-sungai")


def test_an_admin_gives_a_temporary_password(admin: User, now: datetime) -> None:
    other = add_person(now, "lain@contoh.go.id")
    session_before = other.get_session_auth_hash()
    held = give_role(now, other, Role.INSPECTOR)
    with unit_of_work(acting(other), now):
        tokens.create_token(user=other, assignment_id=held.public_id, name="uji", days=30, secret="kunci-token")
    assert tokens.actor_of("kunci-token", now) is not None
    with unit_of_work(acting(admin, Role.ADMIN), now):
        people.reset_password(user_id=other.public_id, password=TEMPORARY)
    other.refresh_from_db()
    assert other.check_password(TEMPORARY)
    assert other.must_change_password
    assert other.get_session_auth_hash() != session_before
    assert tokens.actor_of("kunci-token", now) is None, "what was open under the old password is closed"


def test_an_admin_does_not_reset_the_own_password(admin: User, now: datetime) -> None:
    with pytest.raises(people.OwnAccount), unit_of_work(acting(admin, Role.ADMIN), now):
        people.reset_password(user_id=admin.public_id, password=TEMPORARY)


def test_an_account_is_switched_off_and_on(admin: User, now: datetime) -> None:
    other = add_person(now, "lain@contoh.go.id")
    with unit_of_work(acting(admin, Role.ADMIN), now):
        people.set_active(user_id=other.public_id, active=False, version=1)
    other.refresh_from_db()
    assert (other.is_active, other.version) == (False, 2)
    with unit_of_work(acting(admin, Role.ADMIN), now):
        people.set_active(user_id=other.public_id, active=True, version=2)
    other.refresh_from_db()
    assert (other.is_active, other.version) == (True, 3)
    actions = AuditEntry.objects.filter(subject=other.public_id).order_by("seq").values_list("action", flat=True)
    assert list(actions)[-2:] == ["account.deactivated", "account.activated"]


def test_switching_off_twice_changes_nothing_and_leaves_one_entry(admin: User, now: datetime) -> None:
    other = add_person(now, "lain@contoh.go.id")
    for version in (1, 2):
        with unit_of_work(acting(admin, Role.ADMIN), now):
            people.set_active(user_id=other.public_id, active=False, version=version)
    assert AuditEntry.objects.filter(action="account.deactivated").count() == 1


def test_a_stale_page_is_told(admin: User, now: datetime) -> None:
    other = add_person(now, "lain@contoh.go.id")
    User.objects.filter(pk=other.pk).update(version=4)
    with pytest.raises(people.StaleVersion), unit_of_work(acting(admin, Role.ADMIN), now):
        people.set_active(user_id=other.public_id, active=False, version=3)


@pytest.mark.parametrize("action", ["set_active", "reset_password"])
def test_an_unknown_account_is_refused(admin: User, now: datetime, action: str) -> None:
    words = {"active": False, "version": 1} if action == "set_active" else {"password": TEMPORARY}
    with pytest.raises(people.NoSuchUser), unit_of_work(acting(admin, Role.ADMIN), now):
        getattr(people, action)(user_id="tidakada", **words)


def test_the_last_admin_cannot_be_switched_off(admin: User, now: datetime) -> None:
    with pytest.raises(LastAdmin), unit_of_work(acting(admin, Role.ADMIN), now):
        people.set_active(user_id=admin.public_id, active=False, version=1)
    admin.refresh_from_db()
    assert admin.is_active


def test_the_console_may_switch_off_the_last_admin(admin: User, now: datetime) -> None:
    with unit_of_work(SETUP, now):
        people.set_active(user_id=admin.public_id, active=False, version=1)
    admin.refresh_from_db()
    assert not admin.is_active
