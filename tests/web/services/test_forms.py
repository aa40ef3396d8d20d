"""A service by form: recorded, changed, its chain and points set, ended; a stale tab is told what changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import ServiceVersion
from luwes.apps.people.services import proposals, queries
from luwes.apps.people.services.queries import ServiceDetail
from tests.web.forms import fresh, hidden_fields, send
from tests.world import Units, client_as, plant_service, plant_units, staff_of

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


def read(key: str) -> ServiceDetail:
    found = queries.service(key, timezone.localdate())
    assert found is not None
    return found


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def filled(**changed: str) -> dict[str, str]:
    usual = {
        "name": "Rekomendasi gizi",
        "owner": "UPT Laboratorium",
        "amount": "3",
        "unit": "hari_kerja",
        "share": "95",
        "cost": "Rp150.000",
        "implementers": "4",
        "hours": "Senin–Kamis 08.00–15.00; Jumat 08.00–11.00",
        "source": "SK 7/2026",
        "since": timezone.localdate().isoformat(),
        "point": "Loket gizi",
    }
    return usual | changed


def test_a_service_is_recorded_with_its_standard_and_point(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/baru/"
    answer = send(head, here, **filled())
    (row,) = ServiceVersion.objects.select_related("service")
    assert answer["Location"] == f"/layanan/rincian/{row.service.key}/"
    one = read(row.service.key)
    said = one.standard
    assert (said.days, said.minutes, said.required_share, said.cost, said.implementers) == (3, None, 95, 150_000, 4)
    assert (len(said.windows), [point.name for point in one.points]) == (5, ["Loket gizi"])
    page = words(head.get(answer["Location"]))
    assert "3 hari kerja" in page
    assert "Senin–Kamis 08.00–15.00; Jumat 08.00–11.00" in page
    again = words(send(head, here, **filled()), 422)
    assert "sudah ada di unit ini" in again


def test_a_name_of_the_catalogue_brings_its_chain(head: Client, units: Units) -> None:
    here = f"/layanan/unit/{units.health}/baru/"
    offered = {one.name: one.chain for one in proposals.proposals(units.health, timezone.localdate())}
    assert list(offered) == head.get(here).context["catalogue"]
    name = max(offered, key=lambda name: len(offered[name]))
    send(head, here, **filled(name=name))
    row = ServiceVersion.objects.select_related("service").get()
    assert {(link.role, link.unit_key) for link in read(row.service.key).links} == set(offered[name])
    assert len(offered[name]) > 1


def test_hours_are_read_aloud_before_anything_is_stored(head: Client, units: Units) -> None:
    page = words(send(head, f"/layanan/unit/{units.health}/baru/", **filled(), periksa="ya"))
    assert "Begini jam buka terbaca" in page
    assert "Tutup: Sabtu, Minggu." in page
    assert not ServiceVersion.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"hours": "pagi sampai sore"}, "tidak terbaca"),
        ({"owner": "Dinas Pekerjaan Umum"}, "tidak dikenal di sini"),
        ({"share": "0"}, "1"),
        ({"source": ""}, "Sumber"),
        ({"amount": "0"}, "1"),
        ({"cost": "murah"}, "Biaya"),
        ({"since": "0001-01-01"}, "Berlaku sejak"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    head: Client, units: Units, changed: dict[str, str], told: str
) -> None:
    page = words(send(head, f"/layanan/unit/{units.health}/baru/", **filled(**changed)), 422)
    assert told in page
    assert not ServiceVersion.objects.exists()


def test_a_standard_changes_from_a_day_on(head: Client, keys: tuple[str, str]) -> None:
    here = f"/layanan/rincian/{keys[0]}/standar/"
    start = timezone.localdate() + timedelta(days=30)
    page = head.get(here)
    assert page.context["form"].initial | {"amount": 2, "unit": "jam"} == page.context["form"].initial
    send(head, here, **filled(since=start.isoformat()))
    assert read(keys[0]).standard.minutes == 120
    later = queries.service(keys[0], start)
    assert later is not None
    assert (later.standard.days, later.standard.name) == (3, "Rekomendasi gizi")
    link = f"{here}?tanggal={start.isoformat()}"
    assert link in words(head.get(here)).replace("&amp;", "&")
    beyond = words(send(head, here, **filled(since=(start + timedelta(days=9)).isoformat())), 422)
    assert "sudah ada perubahan lain" in beyond
    page = words(head.get(link))
    head.post(link, hidden_fields(page) | filled(since=start.isoformat(), implementers="9"))
    later = queries.service(keys[0], start)
    assert later is not None
    assert later.standard.implementers == 9


def test_a_name_another_service_of_the_unit_bears_is_refused(head: Client, units: Units, keys: tuple[str, str]) -> None:
    send(head, f"/layanan/unit/{units.health}/baru/", **filled())
    page = words(send(head, f"/layanan/rincian/{keys[0]}/standar/", **filled()), 422)
    assert "sudah ada di unit ini" in page
    assert read(keys[0]).standard.name == "Pengujian sampel"


def test_a_stale_tab_is_told_what_changed_and_may_decide(head: Client, keys: tuple[str, str]) -> None:
    here = f"/layanan/rincian/{keys[0]}/standar/"
    old = hidden_fields(words(head.get(here)))
    send(head, here, **filled(implementers="5", cost="25000"))
    page = words(head.post(here, old | fresh() | filled(implementers="2")), 422)
    assert "Yang tercatat sekarang" in page
    assert "5 orang" in page
    assert "Rp25.000" in page
    assert read(keys[0]).standard.implementers == 5
    head.post(here, hidden_fields(page) | filled(implementers="2"))
    assert read(keys[0]).standard.implementers == 2


def lines(*rows: dict[str, str], since: str = "") -> dict[str, str]:
    found = {
        "form-TOTAL_FORMS": str(len(rows)),
        "form-INITIAL_FORMS": "0",
        "since": since or timezone.localdate().isoformat(),
    }
    for number, row in enumerate(rows):
        usual = {"role": "depan", "unit": "", "post": "", "weight": ""}
        found |= {f"form-{number}-{name}": value for name, value in (usual | row).items()}
    return found


def test_the_chain_is_set_by_lines(present: datetime, head: Client, units: Units, keys: tuple[str, str]) -> None:
    staff_of(present, units)
    here = f"/layanan/rincian/{keys[0]}/rantai/"
    front = {"unit": "UPT Laboratorium", "post": "pengolah data", "weight": "2"}
    gone = {"role": "ti", "unit": "Dinas Kesehatan", "DELETE": "on"}
    sign = {"role": "tanda_tangan", "unit": "Dinas Kesehatan"}
    answer = send(head, here, **lines(front, sign, gone, {}))
    assert answer["Location"] == f"/layanan/rincian/{keys[0]}/"
    chain = [(link.role, link.unit_name, link.post_name, link.weight) for link in read(keys[0]).links]
    assert chain == [
        ("depan", "UPT Laboratorium", "Pengolah Data", 2),
        ("tanda_tangan", "Dinas Kesehatan", "", 1),
    ]
    page = head.get(here)
    assert page.context["lines"].initial_forms[0].initial["post"] == "Pengolah Data"


def test_a_line_is_added_without_storing_anything(head: Client, keys: tuple[str, str]) -> None:
    here = f"/layanan/rincian/{keys[0]}/rantai/"
    row = {"unit": "UPT Laboratorium"}
    page = send(head, here, **lines(row), tambah="ya")
    assert page.status_code == 200
    assert page.context["lines"].total_form_count() == 3
    assert 'value="UPT Laboratorium"' in words(page)
    assert len(read(keys[0]).links) == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"unit": "Dinas Sihir"}], "tidak dikenal di sini"),
        ([{"role": "ti", "unit": "UPT Laboratorium"}], "Belum ada unit yang menerima"),
        ([{"unit": "UPT Laboratorium"}, {"unit": "upt laboratorium"}], "muncul dua kali"),
        ([{"unit": "UPT Laboratorium", "post": "Nakhoda"}], "Jabatan ini tidak ada di unit itu"),
        ([{"post": "Nakhoda"}], "Pilih unit dari jabatan ini"),
    ],
)
def test_a_chain_that_cannot_be_is_refused(
    head: Client, keys: tuple[str, str], rows: list[dict[str, str]], told: str
) -> None:
    page = words(send(head, f"/layanan/rincian/{keys[0]}/rantai/", **lines(*rows)), 422)
    assert told in page
    assert len(read(keys[0]).links) == 1


def test_a_stale_chain_shows_what_stands(head: Client, keys: tuple[str, str]) -> None:
    here = f"/layanan/rincian/{keys[0]}/rantai/"
    old = hidden_fields(words(head.get(here)))
    own = {"unit": "UPT Laboratorium"}
    send(head, here, **lines(own, {"role": "ti", "unit": "Dinas Kesehatan", "weight": "3"}))
    page = words(head.post(here, old | fresh() | lines(own)), 422)
    assert "Menjaga sistemnya · Dinas Kesehatan · bobot 3" in page
    assert len(read(keys[0]).links) == 2
    head.post(here, hidden_fields(page) | lines(own))
    assert len(read(keys[0]).links) == 1


def test_points_are_added_changed_and_ended(head: Client, keys: tuple[str, str]) -> None:
    today = timezone.localdate().isoformat()
    second = {"name": "Loket 2", "unit": "UPT Laboratorium", "place": "", "hours": "", "since": today}
    back = f"/layanan/rincian/{keys[0]}/"
    assert send(head, f"{back}titik/", **second)["Location"] == back
    here = f"/layanan/titik/{keys[1]}/"
    old = hidden_fields(words(head.get(here)))
    send(head, here, **(second | {"name": "Loket A", "hours": "Senin 08.00-10.00"}))
    names = {point.name: point for point in read(keys[0]).points}
    assert set(names) == {"Loket 2", "Loket A"}
    assert len(names["Loket A"].windows) == 1
    page = words(head.post(here, old | fresh() | second | {"name": "Lain"}), 422)
    assert "Loket A · UPT Laboratorium · Senin 08.00–10.00" in page
    assert send(head, here, **second, akhiri="ya")["Location"] == back
    assert [point.name for point in read(keys[0]).points] == ["Loket 2"]
    assert head.get(here).status_code == 404


def test_hours_of_a_point_are_read_aloud_and_a_stranger_unit_is_refused(head: Client, keys: tuple[str, str]) -> None:
    here = f"/layanan/titik/{keys[1]}/"
    today = timezone.localdate().isoformat()
    sent = {"name": "Loket", "unit": "UPT Laboratorium", "place": "", "hours": "Sabtu 08.00-10.00", "since": today}
    assert "Sabtu 08.00–10.00" in words(send(head, here, **sent, periksa="ya"))
    assert "tidak dikenal" in words(send(head, here, **(sent | {"unit": "X"})), 422)
    assert [point.name for point in read(keys[0]).points] == ["Loket 1"]


def test_a_service_ends_with_a_reason(head: Client, units: Units, keys: tuple[str, str]) -> None:
    here = f"/layanan/rincian/{keys[0]}/akhir/"
    today = timezone.localdate().isoformat()
    assert "1 titik layanan" in words(head.get(here))
    assert send(head, here, since=today, reason="").status_code == 422
    old = hidden_fields(words(head.get(here)))
    assert send(head, here, since=today, reason="Pindah")["Location"] == f"/layanan/unit/{units.section}/"
    assert queries.service(keys[0], timezone.localdate()) is None
    assert head.post(here, old | fresh() | {"since": today, "reason": "Pindah"}).status_code == 404


def test_forms_are_for_those_who_manage_services(present: datetime, units: Units, keys: tuple[str, str]) -> None:
    stranger = client_as(present, Role.HEAD, units.works, email="lain@contoh.go.id")
    leader = client_as(present, Role.LEADER, email="pimpinan@contoh.go.id")
    for path in (
        f"/layanan/rincian/{keys[0]}/standar/",
        f"/layanan/rincian/{keys[0]}/rantai/",
        f"/layanan/rincian/{keys[0]}/titik/",
        f"/layanan/rincian/{keys[0]}/akhir/",
        f"/layanan/titik/{keys[1]}/",
        f"/layanan/unit/{units.section}/baru/",
        f"/layanan/unit/{units.section}/standar/",
    ):
        assert stranger.get(path).status_code == 404, path
        assert leader.get(path).status_code == 403, path
    page = words(leader.get(f"/layanan/rincian/{keys[0]}/"))
    assert "Ubah standar" not in page
    assert "/paparan/" in page
