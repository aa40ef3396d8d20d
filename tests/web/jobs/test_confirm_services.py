"""A head without an account says which services the unit has, through a link."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.models import JobLink
from luwes.apps.accounts.roles import Job
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.models import ServiceVersion, UnitVersion
from tests.web.forms import hidden_fields, send
from tests.world import Units, give_link, plant_units

pytestmark = pytest.mark.django_db
PATH = "/tugas/alamat-rahasia/"


@pytest.fixture
def units(present: datetime) -> Units:
    found = plant_units(present)
    give_link(present, found.health, job=Job.CONFIRM_SERVICES)
    return found


def test_looking_changes_nothing(units: Units, client: Client) -> None:
    page = client.get(PATH).content.decode()
    assert "Pastikan daftar layanan" in page
    assert "Wulan Sekar" in page
    assert not ServiceVersion.objects.exists()
    assert JobLink.objects.get().used_at is None


def test_the_answers_are_stored_under_the_links_name(units: Units, client: Client) -> None:
    assert send(client, PATH, usulkan="ya")["Location"] == PATH
    keep, drop = ServiceVersion.objects.values_list("service__key", flat=True)
    answer = send(client, PATH, **{keep: "ya", drop: "bukan"})
    assert answer["Location"] == f"{PATH}?selesai=1"
    row = ServiceVersion.objects.get(superseded_at=None)
    link = JobLink.objects.get()
    assert row.confirmed_by == f"{link.public_id} Wulan Sekar, Kepala Subbagian Keuangan"
    assert link.used_at is not None
    entry = AuditEntry.objects.get(action="service.settled")
    assert entry.actor == link.public_id
    assert "Wulan" not in entry.body
    done = client.get(answer["Location"]).content.decode()
    assert "Jawaban Anda tersimpan" in done
    assert "Sisa 1 layanan" in done, "after the names come the standards"


def test_the_standards_follow_under_the_same_link(units: Units, client: Client) -> None:
    send(client, PATH, usulkan="ya")
    send(
        client,
        PATH,
        semua="ya",
        **dict.fromkeys(ServiceVersion.objects.values_list("service__key", flat=True), "nanti"),
    )
    assert ServiceVersion.objects.filter(superseded_at=None, status="dikonfirmasi").count() == 2
    page = client.get(PATH).content.decode()
    hidden = hidden_fields(page)
    keys = [name.removesuffix("-version") for name in hidden if name.endswith("-version")]
    lines = {
        f"{key}-{name}": value
        for key in keys
        for name, value in {"amount": "2", "unit": "jam", "implementers": "3", "hours": "Senin 08.00-12.00"}.items()
    }
    shared = {
        "source": "SK 9",
        "since": timezone.localdate().isoformat(),
        "share": "95",
        "point": "Loket",
        "floor_share": "",
    }
    assert client.post(PATH, hidden | lines | (shared | {"source": ""})).status_code == 422
    answer = client.post(PATH, hidden | lines | shared)
    assert answer["Location"].startswith(f"{PATH}?selesai=1&source=SK+9")
    rows = ServiceVersion.objects.filter(superseded_at=None, period__contains=timezone.localdate())
    assert set(rows.values_list("minutes_promised", "required_share_pct", "source")) == {(120, 95, "SK 9")}
    assert all("Wulan Sekar" in row.confirmed_by for row in rows)
    assert "Tidak ada usulan yang menunggu" in client.get(answer["Location"]).content.decode()


def test_an_unanswered_question_stays(units: Units, client: Client) -> None:
    send(client, PATH, usulkan="ya")
    assert send(client, PATH).status_code == 422
    assert not ServiceVersion.objects.filter(status="dikonfirmasi").exists()


def test_a_link_for_a_note_settles_nothing_and_a_closed_one_tells_nothing(
    present: datetime, units: Units, client: Client
) -> None:
    JobLink.objects.update(revoked_at=present)
    assert client.get(PATH).status_code == 404
    give_link(present, units.health, "lain-lagi")
    assert "Pastikan daftar layanan" not in client.get("/tugas/lain-lagi/").content.decode()


def test_a_unit_that_is_gone_closes_the_link(present: datetime, units: Units, client: Client) -> None:
    UnitVersion.objects.filter(unit__key=units.health).update(superseded_at=present)
    assert client.get(PATH).status_code == 404
