"""Only who may import can make the server hold a file, and never more than the cap."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.web.sources.uploads import CappedMemoryUploadHandler
from tests.world import client_as

LEADER = Actor(kind=ActorKind.PERSON, id="a", role=Role.LEADER.value)
ADMIN = Actor(kind=ActorKind.PERSON, id="b", role=Role.ADMIN.value)


def held(actor: Actor | None, *sizes: int) -> list[int]:
    """The sizes of the files that arrive when this actor sends files of these sizes."""
    files = {f"f{place}": SimpleUploadedFile("x.csv", b"a" * size) for place, size in enumerate(sizes)}
    request = RequestFactory().post("/masuk/", files)
    request.upload_handlers = [CappedMemoryUploadHandler(request)]
    if actor is not None:
        request.actor = actor  # type: ignore[attr-defined]
    return [file.size or 0 for file in request.FILES.values()]


@pytest.mark.parametrize(
    "actor", [None, LEADER, Actor(kind=ActorKind.PERSON, id="")], ids=["early", "leader", "nobody"]
)
def test_who_may_not_import_sends_nothing(actor: Actor | None) -> None:
    assert held(actor, 1) == []


@pytest.mark.parametrize("actor", [ADMIN, system("test")], ids=["admin", "software"])
def test_the_cap_counts_the_whole_request(actor: Actor, settings: Any) -> None:
    settings.UPLOAD_CAP_BYTES = 100
    assert held(actor, 100) == [100]
    assert held(actor, 60, 40) == [60, 40]
    assert held(actor, 101) == []
    assert held(actor, 60, 41) == [60]


@pytest.mark.django_db
def test_a_visitor_cannot_fill_the_memory(client: Client, present: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    new_file = CappedMemoryUploadHandler.file_complete

    def note(self: CappedMemoryUploadHandler, file_size: int) -> object:
        kept.append(file_size)
        return new_file(self, file_size)

    monkeypatch.setattr(CappedMemoryUploadHandler, "file_complete", note)
    client.post("/masuk/", {"berkas": SimpleUploadedFile("x.csv", b"a" * 1000)})
    assert kept == []
    client_as(present, Role.ADMIN).post("/sumber/unggah/", {"file": SimpleUploadedFile("x.csv", b"a" * 1000)})
    assert kept == [1000]
