"""`luwes admin`: the door into an empty installation."""

import re
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client

from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.verify import verify
from luwes.config import cli

EMAIL = "siti@contoh.go.id"
CREATE = ["admin", EMAIL, "--name", "Siti Contoh"]


@pytest.fixture(autouse=True)
def database(fresh_database: str) -> Iterator[None]:
    yield
    connections.close_all()


def password_shown(capsys: pytest.CaptureFixture[str]) -> str:
    found = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", capsys.readouterr().out)
    assert found is not None
    return found.group()


def test_the_first_admin_signs_in_and_must_choose_a_password(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    assert cli.main(CREATE) == 0
    answer = client.post("/masuk/", {"login": EMAIL, "password": password_shown(capsys)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/sandi/"
    assert [row.action for row in AuditEntry.objects.order_by("seq")][:2] == ["account.created", "role.granted"]
    assert verify().holds


def test_an_admin_who_lost_the_password_gets_another_and_no_second_role(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    cli.main(CREATE)
    first = password_shown(capsys)
    User.objects.update(is_active=False)
    assert cli.main(["admin", EMAIL.upper()]) == 0
    second = password_shown(capsys)
    assert second != first
    assert client.post("/masuk/", {"login": EMAIL, "password": first}).status_code == 422
    assert client.post("/masuk/", {"login": EMAIL, "password": second}).status_code == 302
    assert [row.role for row in RoleAssignment.objects.all()] == [Role.ADMIN.value]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["admin", "siti"], "bukan alamat surel"), (["admin", EMAIL], "sebutkan namanya")],
    ids=["no address", "no name"],
)
def test_what_cannot_become_an_admin_is_refused_in_one_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 1
    assert told in capsys.readouterr().err
    assert not User.objects.exists()
    assert not AuditEntry.objects.exists()
