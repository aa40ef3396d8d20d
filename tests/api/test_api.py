"""The API: entered by token only, the same access as the pages, a described surface."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luwes.api.app import api
from luwes.apps.accounts.actions import role_holding, tokens
from luwes.apps.accounts.models import PersonalToken, RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.accounts.secret import new_secret
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import actions as units
from luwes.apps.people.models import Unit, UnitKind
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources.models import ImportBatch, Source
from tests.world import add_person, give_role

SNAPSHOT = Path(__file__).with_name("openapi.json")


def token_for(role: Role, scope: str = "", days: int = 30) -> tuple[User, str]:
    now = timezone.now()
    user = add_person(now, f"{role.value}@contoh.go.id")
    held = give_role(now, user, role, scope)
    secret = new_secret()
    with unit_of_work(Actor(kind=ActorKind.PERSON, id=user.public_id), now):
        tokens.create_token(user=user, assignment_id=held.public_id, name="uji", days=days, secret=secret)
    return user, secret


def get(path: str, secret: str = "") -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().get(f"/api/v1/{path}", headers=headers)


def test_the_described_surface_changes_only_on_purpose() -> None:
    described = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    assert SNAPSHOT.exists(), "write the snapshot: python -m tests.api.snapshot"
    assert described == json.loads(SNAPSHOT.read_text("utf-8")), "on purpose? python -m tests.api.snapshot"


@pytest.mark.django_db
def test_without_a_token_no_operation_answers() -> None:
    operations = [
        (method, path.replace("{year}", "2025").replace("{as_of}", "2025-06-30"))
        for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
        for method in methods
    ]
    assert len(operations) >= 3
    for method, path in operations:
        assert "{" not in path, f"give {path} sample arguments"
        assert Client().generic(method.upper(), path).status_code == 401, path
        guessed = Client().generic(method.upper(), path, headers={"Authorization": "Bearer tebakan"})
        assert guessed.status_code == 401, path


@pytest.mark.django_db
def test_the_token_acts_in_its_role() -> None:
    user, secret = token_for(Role.LEADER)
    answer = get("saya", secret).json()
    assert (answer["id"], answer["role"], answer["scope"]) == (user.public_id, "pimpinan", "")
    assert "see_government" in answer["rights"]
    assert "manage_accounts" not in answer["rights"]


@pytest.mark.django_db
def test_right_and_scope_are_those_of_the_pages() -> None:
    assert get("anggaran", token_for(Role.LEADER)[1]).status_code == 200
    assert get("anggaran", token_for(Role.EMPLOYEE)[1]).status_code == 403
    assert get("anggaran", token_for(Role.HEAD, scope="satuunit")[1]).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["revoked", "expired", "role ended", "account closed"])
def test_a_token_ends_with_what_it_stands_on(end: str) -> None:
    user, secret = token_for(Role.LEADER)
    assert get("saya", secret).status_code == 200
    now = timezone.now()
    if end == "revoked":
        with unit_of_work(Actor(kind=ActorKind.PERSON, id=user.public_id), now):
            tokens.revoke_token(user=user, token_id=PersonalToken.objects.get().public_id)
    elif end == "expired":
        PersonalToken.objects.update(expires_at=now - timedelta(seconds=1))
    elif end == "role ended":
        held = RoleAssignment.objects.get(user=user)
        with unit_of_work(system("t"), now):
            role_holding.end_role(assignment_id=held.public_id, on=timezone.localdate(now), reason="uji")
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    assert get("saya", secret).status_code == 401


@pytest.mark.django_db
def test_figures_come_with_verdict_and_origin() -> None:
    now = datetime(2025, 7, 1, tzinfo=UTC)
    with unit_of_work(system("t"), now):
        unit = units.create_unit(code="1.01", name="Dinas Contoh", kind=UnitKind.AGENCY, parent=None)
    store(unit, now)
    secret = token_for(Role.LEADER)[1]
    assert get("anggaran", secret).json() == [{"year": 2025, "as_of": "2025-06-30", "units": 1}]
    (row,) = get("anggaran/2025/2025-06-30", secret).json()
    assert (row["code"], row["pct"], row["target_pct"], row["deviation"]) == ("1.01", "21.88", "50.00", "-28.12")
    assert (row["verdict"], row["target_basis"]) == ("below", "milestone")
    assert (row["file_sha256"], row["row_number"]) == ("a" * 64, 7)
    assert get("anggaran/2025/2025-07-31", secret).json() == []
    assert get("anggaran/2025/kemarin", secret).status_code == 422


def store(unit: Unit, now: datetime) -> None:
    batch = ImportBatch.objects.create(
        source=Source.objects.create(kind="budget", name="TEPRA"),
        file_name="rekap.xlsx",
        file_sha256="a" * 64,
        file_size=1,
        staged_by="t",
        staged_at=now,
    )
    BudgetRow.objects.create(
        unit=unit,
        year=2025,
        as_of=date(2025, 6, 30),
        ceiling=10_000_000_000,
        realised=2_188_000_000,
        batch=batch,
        row_number=7,
        recorded_at=now,
    )
