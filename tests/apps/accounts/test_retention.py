"""What accounts keep goes when its time is over; who was who stays."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from luwes.apps.accounts.actions import tokens
from luwes.apps.accounts.models import FormReceipt, JobLink, PersonalToken, RoleAssignment, SignInAttempt, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit import retention
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from tests.world import SETUP, acting, add_person, give_link, give_role

pytestmark = pytest.mark.django_db
EXPIRING = [SignInAttempt, FormReceipt, Session, JobLink, PersonalToken]


@pytest.fixture
def user(now: datetime) -> User:
    """Somebody of whom every kind of row is stored."""
    user = add_person(now, "rangga@contoh.go.id")
    role = give_role(now, user, Role.LEADER, until=timezone.localdate(now) + timedelta(days=1))
    with unit_of_work(acting(user), now):
        tokens.create_token(user=user, assignment_id=role.public_id, name="uji", days=10, secret="rahasia")
    give_link(now, "unit1")
    SignInAttempt.objects.create(subject="s" * 64, at=now)
    FormReceipt.objects.create(digest="d" * 64, outcome="/x/", at=now)
    Session.objects.create(session_key="k", session_data="", expire_date=now + timedelta(hours=12))
    return user


def left_after(now: datetime, **age: int) -> set[str]:
    with unit_of_work(SETUP, now + timedelta(**age)):
        retention.purge(now=now + timedelta(**age))
    return {model.__name__ for model in EXPIRING if model.objects.exists()}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("age", "left"),
    [
        ({"hours": 11}, {"SignInAttempt", "FormReceipt", "Session", "JobLink", "PersonalToken"}),
        ({"hours": 23}, {"SignInAttempt", "FormReceipt", "JobLink", "PersonalToken"}),
        ({"hours": 25}, {"FormReceipt", "JobLink", "PersonalToken"}),
        ({"hours": 49}, {"JobLink", "PersonalToken"}),
        # Fourteen days open and then 180 more, so that "who was asked" can still be answered.
        ({"days": 193}, {"JobLink", "PersonalToken"}),
        ({"days": 195}, {"PersonalToken"}),
        ({"days": 374}, {"PersonalToken"}),
        ({"days": 376}, set()),
    ],
)
def test_each_kind_of_row_goes_in_its_own_time(user: User, now: datetime, age: dict[str, int], left: set[str]) -> None:
    assert left_after(now, **age) == left


def test_people_roles_and_the_trail_stay_and_the_sums_are_told(user: User, now: datetime) -> None:
    before = AuditEntry.objects.count()
    left_after(now, days=4000)
    assert User.objects.count() == 1
    assert RoleAssignment.objects.count() == 1
    assert AuditEntry.objects.count() == before + 1
    told = AuditEntry.objects.get(action="retention.purged").body
    for table in ("accounts_joblink", "accounts_personaltoken", "accounts_formreceipt", "accounts_signinattempt"):
        assert f'"{table}":1' in told
