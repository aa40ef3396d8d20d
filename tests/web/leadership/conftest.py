"""Visitors of the leader's pages."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.people.actions import ALWAYS

Visitor = Callable[..., Client]


@pytest.fixture
def visitor(now: datetime) -> Visitor:
    """Sign in a person who holds one role: `visitor(Role.LEADER)`, `visitor(Role.HEAD, scope=key)`."""

    def signed_in(role: Role, scope: str = "") -> Client:
        user = User.objects.create(name="Contoh", email=f"{role.value}{scope}@contoh.go.id", created_at=now)
        RoleAssignment.objects.create(
            user=user, role=role.value, scope=scope, period=DateRange(ALWAYS, None, "[)"), recorded_at=now
        )
        client = Client()
        client.force_login(user)
        return client

    return signed_in
