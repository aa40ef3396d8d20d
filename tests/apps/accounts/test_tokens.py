"""Personal tokens act in one role of their owner, as long as both hold."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from luwes.apps.accounts import queries
from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.actions import role_holding, tokens
from luwes.apps.accounts.models import PersonalToken, RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from tests.world import SETUP, acting, add_person, give_role

pytestmark = pytest.mark.django_db
SECRET = "rahasia-yang-panjang-sekali"


@pytest.fixture
def user(now: datetime) -> User:
    return add_person(now, "rangga@contoh.go.id")


@pytest.fixture
def role(user: User, now: datetime) -> RoleAssignment:
    return give_role(now, user, Role.HEAD, "unit1")


def create(
    user: User, role: RoleAssignment, now: datetime, *, days: int = 30, by: Actor | None = None
) -> PersonalToken:
    with unit_of_work(by or acting(user), now):
        return tokens.create_token(user=user, assignment_id=role.public_id, name=" Dasbor ", days=days, secret=SECRET)


def test_a_token_acts_as_its_owner_in_the_role(user: User, role: RoleAssignment, now: datetime) -> None:
    token = create(user, role, now)
    actor = tokens.actor_of(SECRET, now)
    assert actor == Actor(ActorKind.TOKEN, user.public_id, "kepala_pd", "unit1", "definitif")
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate(now)
    assert token.name == "Dasbor"


def test_the_secret_is_not_stored(user: User, role: RoleAssignment, now: datetime) -> None:
    token = create(user, role, now)
    assert SECRET not in str(PersonalToken.objects.values().get(pk=token.pk))
    assert SECRET not in "".join(AuditEntry.objects.values_list("body", flat=True))


def test_an_unknown_secret_is_nobody(user: User, role: RoleAssignment, now: datetime) -> None:
    create(user, role, now)
    assert tokens.actor_of("lain", now) is None
    assert tokens.actor_of("", now) is None


def test_a_token_ends_with_its_days(user: User, role: RoleAssignment, now: datetime) -> None:
    create(user, role, now, days=2)
    assert tokens.actor_of(SECRET, now + timedelta(days=2, seconds=-1)) is not None
    assert tokens.actor_of(SECRET, now + timedelta(days=2)) is None


def test_a_token_ends_with_the_role(user: User, role: RoleAssignment, now: datetime) -> None:
    create(user, role, now)
    with unit_of_work(SETUP, now):
        role_holding.end_role(assignment_id=role.public_id, on=timezone.localdate(now), reason="x")
    assert tokens.actor_of(SECRET, now) is None


def test_a_token_ends_with_the_account(user: User, role: RoleAssignment, now: datetime) -> None:
    create(user, role, now)
    User.objects.update(is_active=False)
    assert tokens.actor_of(SECRET, now) is None


def test_revoking_ends_it_and_twice_is_once(user: User, role: RoleAssignment, now: datetime) -> None:
    token = create(user, role, now)
    for _ in range(2):
        with unit_of_work(acting(user), now):
            tokens.revoke_token(user=user, token_id=token.public_id)
    assert tokens.actor_of(SECRET, now) is None
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1
    assert [row.state for row in queries.tokens_of(user, now, timezone.localdate(now))] == ["revoked"]


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_lives_between_a_day_and_a_year(user: User, role: RoleAssignment, now: datetime, days: int) -> None:
    with pytest.raises(tokens.TokenLifetime):
        create(user, role, now, days=days)


def test_a_token_needs_a_role_held_today(user: User, now: datetime) -> None:
    today = timezone.localdate(now)
    past = give_role(now, user, Role.HEAD, "unit2", until=today)
    with pytest.raises(tokens.RoleNotHeld):
        create(user, past, now)
    stranger = give_role(now, add_person(now, "lain@contoh.go.id"), Role.LEADER)
    with pytest.raises(tokens.RoleNotHeld):
        create(user, stranger, now)


def test_a_token_cannot_make_tokens(user: User, role: RoleAssignment, now: datetime) -> None:
    create(user, role, now)
    by_token = tokens.actor_of(SECRET, now)
    assert by_token is not None
    with pytest.raises(OutsideScope):
        create(user, role, now, by=by_token)


def test_nobody_touches_the_tokens_of_others(user: User, role: RoleAssignment, now: datetime) -> None:
    token = create(user, role, now)
    admin = add_person(now, "admin@contoh.go.id")
    with pytest.raises(OutsideScope):
        create(user, role, now, by=acting(admin, Role.ADMIN))
    with pytest.raises(tokens.NoSuchToken), unit_of_work(acting(admin, Role.ADMIN), now):
        tokens.revoke_token(user=admin, token_id=token.public_id)
