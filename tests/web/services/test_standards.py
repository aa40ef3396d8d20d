"""A head settles the standards of a whole unit, a screenful at a time."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.models import Counting, CoverageFloor, ServiceVersion
from luwes.apps.people.services.unfinished import unfinished
from luwes.web.services.standards import AT_ONCE
from tests.apps.people.services.world import plant
from tests.web.forms import fresh, hidden_fields
from tests.world import Units, client_as, plant_units

pytestmark = pytest.mark.django_db
BARE: dict[str, object] = {
    "minutes": None,
    "implementers": None,
    "windows": (),
    "hours": "",
    "source": "x",
    "cost": None,
}


@pytest.fixture
def units(present: datetime) -> Units:
    found = plant_units(present)
    for number in range(AT_ONCE + 2):
        plant(present, found.section, name=f"Layanan {number:02d}", status=Counting.CONFIRMED, **BARE)
    return found


@pytest.fixture
def head(present: datetime, units: Units) -> Client:
    return client_as(present, Role.HEAD, units.health)


def form(client: Client, here: str) -> tuple[dict[str, str], list[str]]:
    page = client.get(here)
    assert page.status_code == 200
    return hidden_fields(page.content.decode()), [line.service.key for line in page.context["sheet"].lines]


def line(key: str, **changed: str) -> dict[str, str]:
    usual = {"amount": "2", "unit": "hari_kerja", "cost": "0", "implementers": "3", "hours": "Senin 08.00-12.00"}
    return {f"{key}-{name}": value for name, value in (usual | changed).items()}


def shared(**changed: str) -> dict[str, str]:
    usual = {"source": "SK 9", "since": timezone.localdate().isoformat(), "share": "95", "point": "Loket"}
    return usual | {"floor_share": "50"} | changed


def test_the_whole_list_is_settled_page_by_page(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/standar/"
    hidden, keys = form(head, here)
    assert len(keys) == AT_ONCE
    sent = hidden | shared() | {name: value for key in keys for name, value in line(key).items()}
    answer = head.post(here, sent)
    assert answer["Location"].startswith(f"{here}?source=SK+9")
    following = head.get(answer["Location"])
    assert "Sisa 2 layanan" in following.content.decode()
    said = following.context["sheet"].shared
    assert [said[name].value() for name in ("source", "share", "floor_share")] == ["SK 9", "95", "50"]
    assert head.post(here, sent).status_code == 302, "a double submit is one act"
    assert AuditEntry.objects.filter(action="service.changed").count() == AT_ONCE
    assert CoverageFloor.objects.filter(minimum=2, share=50, base=3).count() == AT_ONCE
    hidden, keys = form(head, here)
    rest = {name: value for key in keys for name, value in line(key).items()}
    assert head.post(here, hidden | shared() | rest)["Location"] == f"/layanan/unit/{units.health}/"
    assert "Semua layanan sudah lengkap" in head.get(here).content.decode()


def test_a_line_left_empty_waits(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/standar/"
    hidden, keys = form(head, here)
    empty = {name: value for key in keys[1:] for name, value in line(key, amount="", implementers="").items()}
    head.post(here, hidden | shared() | line(keys[0]) | empty)
    assert len(unfinished(timezone.localdate(), [units.section])) == AT_ONCE + 1


def test_the_hours_of_the_neighbours_are_offered(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/standar/"
    hidden, keys = form(head, here)
    empty = {name: value for key in keys[1:] for name, value in line(key, amount="", implementers="").items()}
    head.post(here, hidden | shared() | line(keys[0], hours="Selasa 09.00-12.00") | empty)
    lines = head.get(here).context["sheet"].lines
    assert {one.form.initial["hours"] for one in lines} == {"Selasa 09.00-12.00"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"hours": "siang"}, "tidak terbaca"), ({"implementers": ""}, "Lengkapi, atau kosongkan"), ({"unit": "abad"}, "")],
)
def test_half_a_line_is_refused_and_nothing_is_stored(
    head: Client, units: Units, changed: dict[str, str], told: str
) -> None:
    here = f"/layanan/unit/{units.health}/standar/"
    hidden, keys = form(head, here)
    sent = hidden | shared() | {name: value for key in keys for name, value in line(key).items()}
    answer = head.post(here, sent | line(keys[0], **changed))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not AuditEntry.objects.filter(action="service.changed").exists()


def test_a_line_somebody_else_changed_is_named_and_the_rest_kept(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/standar/"
    hidden, keys = form(head, here)
    sent = hidden | shared() | {name: value for key in keys for name, value in line(key).items()}
    # Somebody else brought a cost meanwhile: another row stands for the service.
    row = ServiceVersion.objects.get(service__key=keys[1], superseded_at=None)
    ServiceVersion.objects.filter(pk=row.pk).delete()
    row.pk, row.cost = None, 5
    row.save(force_insert=True)
    answer = head.post(here, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("sudah diubah orang lain") == 1
    again = hidden_fields(page) | fresh() | shared() | {n: v for key in keys for n, v in line(key).items()}
    assert head.post(here, again)["Location"].startswith(here)


def test_the_unit_page_leads_there_and_back(head: Client, units: Units) -> None:
    page = head.get(f"/layanan/unit/{units.health}/").content.decode()
    assert f"Sisa {AT_ONCE + 2} layanan tanpa standar" in page
    assert f"/layanan/unit/{units.health}/standar/" in page
    assert f"/pegawai/unit/{units.health}/" in page
