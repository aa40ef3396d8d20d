"""B5: found by name without marks, seen within the scope, history kept, NIP nowhere in an address."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.models import Employee, UnitHead
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, confirm, person, stage
from tests.web.forms import send
from tests.world import Units, client_as, plant_units, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def ids(present: datetime, units: Units) -> dict[str, str]:
    staff_of(present, units)
    return dict(Employee.objects.values_list("nip", "public_id"))


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("search", "found"),
    [("yose", "Yosé Limbong"), ("LIMBONG yo", "Yosé Limbong"), ("darcy", "Rina D&#x27;Arcy"), ("maruf", "Ma’ruf")],
)
def test_a_name_is_found_without_marks_case_or_order(
    present: datetime, ids: dict[str, str], search: str, found: str
) -> None:
    page = text(client_as(present, Role.ADMIN), f"/pegawai/?cari={search}")
    assert found in page
    assert page.count("/pegawai/orang/") == 1


def test_a_nip_is_not_looked_up_through_an_address(present: datetime, ids: dict[str, str]) -> None:
    page = text(client_as(present, Role.ADMIN), f"/pegawai/?cari={YOSE}")
    assert "Cari dengan nama" in page
    assert "/pegawai/orang/" not in page


def test_without_data_the_page_says_what_to_do(present: datetime, units: Units) -> None:
    assert "Belum ada data pegawai" in text(client_as(present, Role.ADMIN), "/pegawai/")
    assert "Tidak ada pegawai yang cocok" in text(client_as(present, Role.INSPECTOR), "/pegawai/?cari=x")


def test_a_head_sees_the_own_agency_and_nothing_beside_it(present: datetime, units: Units, ids: dict[str, str]) -> None:
    head = client_as(present, Role.HEAD, units.health)
    page = text(head, f"/pegawai/unit/{units.health}/")
    assert "2 pegawai" in page
    assert "Yosé Limbong" in page
    assert "Ma’ruf" not in page
    assert units.government not in page
    assert "Rina" in text(head, f"/pegawai/unit/{units.section}/")
    text(head, f"/pegawai/unit/{units.works}/", 404)
    text(head, f"/pegawai/orang/{ids[MARUF]}/", 404)
    text(head, "/pegawai/", 404)


def test_the_tree_counts_what_lies_below(present: datetime, units: Units, ids: dict[str, str]) -> None:
    page = text(client_as(present, Role.INSPECTOR), f"/pegawai/unit/{units.government}/")
    assert "3 pegawai" in page
    assert page.index("Dinas Kesehatan") < page.index("Dinas Pekerjaan Umum")


def test_who_has_left_is_in_no_list_but_in_the_history(present: datetime, ids: dict[str, str]) -> None:
    gone = person(MARUF, "Ma’ruf", unor_nama="Dinas Pekerjaan Umum", satuan_kerja_kerja_nama="Dinas Pekerjaan Umum")
    bring(present, dict(gone) | {"kedudukan_hukum_id": "99", "kedudukan_hukum_nama": "Pensiun"})
    admin = client_as(present, Role.ADMIN)
    assert "Ma’ruf" not in text(admin, "/pegawai/")
    assert "Ma’ruf" in text(admin, "/pegawai/?semua=ya")
    page = text(admin, f"/pegawai/orang/{ids[MARUF]}/")
    assert "tidak memegang jabatan hari ini" in page
    assert "Dinas Pekerjaan Umum" in page
    assert "Tetapkan sebagai pimpinan" not in page


def test_suspended_is_shown_and_is_not_retired(present: datetime, ids: dict[str, str]) -> None:
    bring(present, person(RINA, "Rina D'Arcy", kedudukan_hukum_id="04"))
    page = text(client_as(present, Role.ADMIN), "/pegawai/?cari=rina")
    assert "Diberhentikan sementara" in page


def test_a_person_is_shown_with_history_and_without_the_number(
    present: datetime, units: Units, ids: dict[str, str]
) -> None:
    day = timezone.localdate(present) + timedelta(days=10)
    bring(present, person(RINA, "Rina D'Arcy", jabatan_nama="Arsiparis", tmt_jabatan=day.isoformat()))
    page = text(client_as(present, Role.ADMIN), f"/pegawai/orang/{ids[RINA]}/")
    assert RINA not in page
    assert RINA[-4:] in page
    assert page.index("Arsiparis") < page.index("Pengolah Data")
    assert "Domisili tercatat" in page


def test_measures_are_told_to_who_answers_for_the_whole_alone(
    present: datetime, units: Units, ids: dict[str, str]
) -> None:
    today = timezone.localdate(present)
    rows = f"nip;tingkat;mulai;dalam_proses\n{RINA};Ringan;{today};Tidak\n{YOSE};Sedang;{today};Ya".encode()
    confirm(stage(rows, present, kind="discipline"), present)
    inspector = client_as(present, Role.INSPECTOR)
    assert "menjalani hukuman disiplin" in text(inspector, f"/pegawai/orang/{ids[RINA]}/")
    assert "proses pemeriksaan disiplin" in text(inspector, f"/pegawai/orang/{ids[YOSE]}/")
    head = client_as(present, Role.HEAD, units.health)
    # The menu leads to the own agency's proposals; the person's page tells of no measure.
    assert "disiplin" not in text(head, f"/pegawai/orang/{ids[RINA]}/").partition("<main")[2]


def test_the_list_pages_by_key_without_gap_or_repetition(present: datetime, units: Units) -> None:
    people = [person(f"19900101201501{1 + n % 2}{n:03d}", f"Nama Sama {n % 7}") for n in range(1, 121)]
    bring(present, *people)
    admin = client_as(present, Role.ADMIN)
    seen: list[str] = []
    path = "/pegawai/"
    while path:
        answer = admin.get(path)
        seen += [item["url"] for item in answer.context["items"]]
        path = answer.context["next_url"]
    assert (len(seen), len(set(seen))) == (120, 120)


def test_the_queries_do_not_grow_with_the_people(present: datetime, units: Units) -> None:
    admin = client_as(present, Role.ADMIN)
    used = []
    for batch in (range(1, 4), range(4, 60)):
        bring(present, *(person(f"199001012015011{n:03d}", f"Orang {n}") for n in batch))
        for path in ("/pegawai/", f"/pegawai/unit/{units.government}/", "/jabatan/"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert admin.get(path).status_code == 200
            used.append((path, len(queries)))
    assert used[:3] == used[3:]
    assert max(count for _, count in used) <= 25


def test_a_stand_in_heads_for_days_and_the_head_comes_back(
    present: datetime, units: Units, ids: dict[str, str]
) -> None:
    admin, today = client_as(present, Role.ADMIN), timezone.localdate(present)
    done = send(
        admin, f"/pegawai/orang/{ids[YOSE]}/pimpinan/", unit=units.health, capacity="definitif", since="2026-01-05"
    )
    assert done.headers["Location"] == f"/pegawai/unit/{units.health}/"
    until = today + timedelta(days=5)
    send(
        admin,
        f"/pegawai/orang/{ids[RINA]}/pimpinan/",
        unit=units.health,
        capacity="plh",
        since=today.isoformat(),
        until=until.isoformat(),
        basis="Surat 1/2026",
    )
    assert "Plh. Rina" in text(admin, f"/pegawai/unit/{units.health}/")
    rows = [
        (row.employee.nip, row.capacity, row.period.lower, row.period.upper)
        for row in UnitHead.objects.filter(superseded_at=None).select_related("employee").order_by("period")
    ]
    assert rows == [
        (YOSE, "definitif", date(2026, 1, 5), today),
        (RINA, "plh", today, until),
        (YOSE, "definitif", until, None),
    ]
    assert AuditEntry.objects.filter(action="unit_head.set").count() == 2


def test_a_unit_that_lost_its_head_says_so(present: datetime, units: Units, ids: dict[str, str]) -> None:
    admin, here = client_as(present, Role.ADMIN), f"/pegawai/unit/{units.works}/"
    post = {"unor_nama": "Dinas Pekerjaan Umum", "satuan_kerja_kerja_nama": "Dinas Pekerjaan Umum"}
    send(admin, f"/pegawai/orang/{ids[MARUF]}/pimpinan/", unit=units.works, capacity="definitif", since="2026-01-05")
    assert "perlu pimpinan" not in text(admin, here)
    later = present + timedelta(minutes=1)
    gone = {"kedudukan_hukum_id": "99", "kedudukan_hukum_nama": "Pensiun"}
    bring(later, person(MARUF, "Ma’ruf", **post, **gone))
    shown = text(admin, here)
    assert "Unit ini perlu pimpinan. Yang terakhir, Ma’ruf," in shown
    listed = text(admin, "/pegawai/pimpinan/")
    assert "1 unit perlu pimpinan" in listed
    assert f"/pegawai/unit/{units.works}/pimpinan/" in listed
    assert ids[MARUF] not in text(admin, f"/pegawai/unit/{units.works}/pimpinan/")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capacity": "plt", "since": "2026-01-05"}, "memerlukan tanggal berakhir"),
        ({"capacity": "definitif", "since": "2026-01-05", "until": "2026-01-05"}, "tidak sesudah tanggal mulai"),
        ({"capacity": "definitif", "since": "1990-01-05"}, "tidak memegang jabatan"),
        ({"capacity": "definitif", "since": "1940-01-05"}, "tidak berlaku pada tanggal mulai"),
    ],
)
def test_a_head_that_cannot_be_is_refused_with_the_remedy(
    present: datetime, units: Units, ids: dict[str, str], fields: dict[str, str], words: str
) -> None:
    answer = send(client_as(present, Role.ADMIN), f"/pegawai/orang/{ids[YOSE]}/pimpinan/", unit=units.health, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not UnitHead.objects.exists()


def test_the_operator_sees_that_a_file_came_but_not_who_is_in_it(present: datetime, units: Units) -> None:
    batch = stage(b"nip_baru,nama,unor_nama\n12,Nama Rahasia,UPT Laboratorium\n" + f"{RINA},Rina,X\n".encode(), present)
    admin, operator = client_as(present, Role.ADMIN), client_as(present, Role.OPERATOR)
    path = reverse("sources:batch", args=[batch.public_id])
    assert RINA in text(admin, path)
    page = text(operator, path)
    assert RINA not in page
    assert ">12<" not in page
