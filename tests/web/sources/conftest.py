"""A province of three units and a signed-in admin."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.actions import role_holding
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Unit
from luwes.web.frame import once
from tests.apps.budget_files import make_units

Send = Callable[..., HttpResponse]


def signed_in(role: Role, scope: str = "") -> Client:
    now = timezone.now()
    user = User.objects.create(
        name=f"Nama {role.value}", name_key="nama", email=f"{role.value}@contoh.go.id", created_at=now
    )
    with unit_of_work(system("test"), now):
        role_holding.grant_role(user=user, role=role, scope=scope, since=date(2020, 1, 1), until=None)
    client = Client()
    client.force_login(user, backend="luwes.apps.accounts.backends.PasswordBackend")
    return client


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    with unit_of_work(system("test"), timezone.now()):
        return make_units()


@pytest.fixture
def admin(units: dict[str, Unit]) -> Client:
    return signed_in(Role.ADMIN)


@pytest.fixture
def send(admin: Client) -> Send:
    """Upload bytes as the admin; `fields` override the form."""

    def upload(payload: bytes, name: str = "rekap.csv", url: str = "/sumber/unggah/", **fields: str) -> HttpResponse:
        form = {"kind": "budget", "source": "Biro Contoh", "once": once.new_token(), **fields}
        return admin.post(url, {**form, "file": SimpleUploadedFile(name, payload)})  # type: ignore[return-value]

    return upload
