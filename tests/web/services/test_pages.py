"""The list, a unit's services, one service, settling what is proposed, and the floor of a point."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.models import CoverageFloor, ServiceVersion
from luwes.apps.people.services import floors, queries
from luwes.core import formats
from luwes.core.services.floors import Need
from tests.web.forms import fresh, hidden_fields, send
from tests.world import Units, client_as, plant_service, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def keys(present: datetime, units: Units) -> tuple[str, str]:
    return plant_service(present, units.section)


@pytest.fixture
def head(present: datetime, units: Units) -> Client:
    return client_as(present, Role.HEAD, units.health)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_service_is_found_without_marks(present: datetime, units: Units) -> None:
    plant_service(present, units.works, name="Izin Yosé D’Arcy")
    leader = client_as(present, Role.LEADER)
    assert "Izin Yosé" in text(leader, "/layanan/?cari=darcy+yose")
    assert "Tidak ada layanan yang cocok" in text(leader, "/layanan/?cari=zz")


def test_without_services_the_page_says_what_to_do(present: datetime, units: Units) -> None:
    assert "Unggah berkas" in text(client_as(present, Role.ADMIN), "/layanan/")
    page = text(client_as(present, Role.LEADER), "/layanan/")
    assert "Belum ada layanan" in page
    assert "Unggah berkas" not in page


def test_the_list_takes_no_more_queries_for_more_services(present: datetime, units: Units) -> None:
    admin = client_as(present, Role.ADMIN)
    used = []
    for batch in (range(2), range(2, 60)):
        for number in batch:
            plant_service(present, units.section, name=f"Layanan {number:02d}")
        with CaptureQueriesContext(connection) as captured:
            page = text(admin, "/layanan/")
        used.append(len(captured))
    assert used[0] == used[1]
    assert "sesudah=" in page


def test_a_service_shows_standard_chain_and_that_no_floor_is_set(head: Client, keys: tuple[str, str]) -> None:
    page = text(head, f"/layanan/rincian/{keys[0]}/")
    for words in (
        "2 jam",
        f"paling sedikit {formats.percent(90, 0, 'id')} perkara",
        "3 orang",
        "Gratis",
        "SK 1/2026",
        "Menerima dan melayani",
        formats.percent(100, 0, "id"),
        "Loket 1",
    ):
        assert words in page
    assert "Lantai belum ditetapkan" in page
    assert f'<a href="/loket/{keys[1]}/">Jam buka dan laporan Loket 1</a>' in page
    text(head, "/layanan/rincian/tidakada/", 404)


def test_a_head_sees_the_own_services_alone(
    present: datetime, head: Client, units: Units, keys: tuple[str, str]
) -> None:
    other, point = plant_service(present, units.works, name="Izin jalan")
    page = text(head, f"/layanan/unit/{units.health}/")
    assert "Pengujian sampel" in page
    assert "Izin jalan" not in page
    assert head.get("/layanan/")["Location"] == f"/layanan/unit/{units.health}/"
    text(head, f"/layanan/rincian/{other}/", 404)
    text(head, f"/layanan/titik/{point}/lantai/", 404)
    text(head, f"/layanan/unit/{units.works}/usulan/", 404)


def test_proposals_are_brought_and_settled(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/usulan/"
    assert "Katalog mengenal 2 layanan" in text(head, f"/layanan/unit/{units.health}/")
    assert send(head, here, usulkan="ya")["Location"] == here
    rows = {row.service.key: row for row in ServiceVersion.objects.select_related("service")}
    assert len(rows) == 2
    keep, drop = rows
    page = text(head, here)
    assert rows[keep].name in page
    answers = hidden_fields(page, here) | {keep: "ya", drop: "bukan"}
    done = head.post(here, answers)
    assert done["Location"] == f"/layanan/unit/{units.health}/standar/"
    assert head.post(here, answers)["Location"] == done["Location"], "a double submit is one act"
    assert AuditEntry.objects.filter(action="service.settled").count() == 1
    assert ServiceVersion.objects.get(superseded_at=None).status == "dikonfirmasi"
    assert "Tidak ada usulan yang menunggu" in text(head, here)


def test_an_unanswered_question_is_asked_again(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/usulan/"
    send(head, here, usulkan="ya")
    answer = send(head, here)
    assert answer.status_code == 422
    assert ServiceVersion.objects.filter(status="dikonfirmasi").count() == 0


def test_later_leaves_a_proposal_open(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/usulan/"
    send(head, here, usulkan="ya")
    rows = ServiceVersion.objects.values_list("service__key", flat=True)
    send(head, here, **dict.fromkeys(rows, "nanti"))
    assert ServiceVersion.objects.filter(superseded_at=None, status="usulan").count() == 2


def test_the_standard_proposes_the_floor_and_the_head_confirms_it(
    present: datetime, head: Client, keys: tuple[str, str]
) -> None:
    here, monday = f"/layanan/titik/{keys[1]}/lantai/", timezone.localdate(present)
    monday += timedelta(days=-monday.weekday() + 7)
    page = head.get(here)
    assert "Diusulkan dari standar pelayanan" in page.content.decode()
    lines = [form.initial for form in page.context["bands"].initial_forms]
    assert (len(lines), {line["minimum"] for line in lines}) == (5, {3})
    assert floors.required(keys[1], monday) is None, "looking confirms nothing"
    assert send(head, here, **filled(page.content.decode()))["Location"] == f"/layanan/rincian/{keys[0]}/"
    assert floors.required(keys[1], monday) == (Need(480, 900, 3),)
    assert "08.00–15.00" in text(head, f"/layanan/rincian/{keys[0]}/")
    again = text(head, here)
    assert "Diusulkan" not in again


def filled(page: str) -> dict[str, str]:
    """The form as a browser would send it untouched."""
    return {
        "since": timezone.localdate().isoformat(),
        "source": "SK 1/2026",
        **{
            f"form-{number}-{name}": value
            for number in range(5)
            for name, value in (
                ("weekday", str(number + 1)),
                ("start", "08:00"),
                ("end", "15:00"),
                ("minimum", "3"),
            )
        },
    }


def one_line(**changed: str) -> dict[str, str]:
    line = {"weekday": "1", "start": "08.00", "end": "12.00", "minimum": "2"} | changed
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "since": timezone.localdate().isoformat(),
        "source": "SK 2",
        **{f"form-0-{name}": value for name, value in line.items() if name in ("weekday", "start", "end", "minimum")},
        **{name: value for name, value in line.items() if name in ("share", "source", "since")},
    }


def test_a_share_of_the_implementers_is_rounded_up(head: Client, keys: tuple[str, str]) -> None:
    send(head, f"/layanan/titik/{keys[1]}/lantai/", **one_line(minimum="", share="50", end="00:00"))
    row = CoverageFloor.objects.get()
    assert (row.minimum, row.share, row.base, row.to_minute) == (2, 50, 3, 1440)
    assert "(50 % dari 3, dibulatkan ke atas)" in text(head, f"/layanan/rincian/{keys[0]}/")


def test_a_floor_saved_again_keeps_the_share_it_was_reckoned_from(head: Client, keys: tuple[str, str]) -> None:
    here = f"/layanan/titik/{keys[1]}/lantai/"
    send(head, here, **one_line(minimum="", share="50"))
    ServiceVersion.objects.update(implementers=9)
    page = head.get(here)
    assert "50 % dari 3, dibulatkan ke atas" in page.content.decode()
    kept = page.context["bands"].initial_forms[0].initial["kept"]
    send(head, here, **one_line(minimum="2", end="13:00"), **{"form-0-kept": kept})
    row = CoverageFloor.objects.get(superseded_at=None)
    assert (row.minimum, row.share, row.base, row.to_minute) == (2, 50, 3, 780)
    send(head, here, **one_line(minimum="3"), **{"form-0-kept": kept})
    row = CoverageFloor.objects.get(superseded_at=None)
    assert (row.minimum, row.share, row.base) == (3, None, None), "another number was not reckoned from it"
    send(head, here, **one_line(minimum="2"), **{"form-0-kept": "20/9"})
    assert CoverageFloor.objects.get(superseded_at=None).share is None, "a share nobody set is not taken over"


def test_a_stale_tab_is_told_which_floors_stand(head: Client, keys: tuple[str, str]) -> None:
    here = f"/layanan/titik/{keys[1]}/lantai/"
    old = hidden_fields(head.get(here).content.decode())
    send(head, here, **one_line(minimum="4"))
    stale = head.post(here, old | fresh() | one_line(minimum="1"))
    page = stale.content.decode()
    assert stale.status_code == 422
    assert "sudah diubah orang lain" in page
    assert "Senin 08.00–12.00 · 4 orang" in page
    assert CoverageFloor.objects.get(superseded_at=None).minimum == 4
    head.post(here, hidden_fields(page) | one_line(minimum="1"))
    assert CoverageFloor.objects.get(superseded_at=None).minimum == 1, "sent again it is a decision"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"end": ""}, "Lengkapi hari, mulai, dan sampai"),
        ({"end": "08.00"}, "harus sesudah"),
        ({"minimum": ""}, "Baris 1: isi jumlah orang."),
        ({"source": ""}, "Sumber"),
        ({"share": "101"}, "100"),
    ],
)
def test_a_floor_that_is_unclear_is_not_stored(
    head: Client, keys: tuple[str, str], changed: dict[str, str], words: str
) -> None:
    answer = send(head, f"/layanan/titik/{keys[1]}/lantai/", **one_line(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CoverageFloor.objects.exists()


def test_two_lines_over_one_another_are_refused(head: Client, keys: tuple[str, str]) -> None:
    both = one_line() | {
        "form-TOTAL_FORMS": "2",
        **{f"form-1-{n}": v for n, v in (("weekday", "1"), ("start", "11:00"), ("end", "13:00"), ("minimum", "1"))},
    }
    answer = send(head, f"/layanan/titik/{keys[1]}/lantai/", **both)
    assert "bertumpuk" in answer.content.decode()
    assert queries.point(keys[1], timezone.localdate()) is not None
