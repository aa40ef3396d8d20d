"""The page that explains exposure: the rule, a worked example that agrees with it, and the months kept."""

import re
from datetime import date, datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import ChainLink, Service, ServiceVersion, Unit
from luwes.apps.schedule.models import ExposureThreshold
from luwes.web.schedule.example import example
from tests.apps.schedule.days import DAY, HOME, build, store
from tests.apps.staff_files import RINA, YOSE
from tests.world import Units, client_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(now: datetime) -> Units:
    return build(now)


@pytest.fixture
def leader(present: datetime, units: Units) -> Client:
    return client_as(present, Role.LEADER)


def html_of(client: Client, path: str = "/paparan/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def cells(html: str, name: str) -> list[str]:
    row = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', html)
    assert row is not None
    return re.findall(r"<td[^>]*>(.*?)</td>", row.group(1))


def add_service(now: datetime, name: str, unit: str) -> None:
    service, owner = Service.objects.create(), Unit.objects.get(key=unit)
    always = DateRange(date(2026, 1, 1), None)
    ServiceVersion.objects.create(
        service=service, name=name, name_key=name, owner=owner, status="dikonfirmasi", period=always, recorded_at=now
    )
    ChainLink.objects.create(service=service, role="depan", unit=owner, weight=1, period=always, recorded_at=now)


def test_before_any_import_the_rule_is_explained(leader: Client) -> None:
    html = html_of(leader)
    assert "Belum ada paparan" in html
    assert 'role="img"' in html
    assert "20,0 %" in re.sub("\xa0|&nbsp;", " ", html)


def test_the_example_follows_from_its_own_numbers() -> None:
    found = example(Fraction(1, 10), "en")
    shares = [row.flexible / row.on_duty for row in found.rows]
    assert found.mean == f"{100 * sum(shares) / len(shares):.1f}%"
    assert found.largest == f"{100 * max(shares):.1f}%"
    assert found.threshold == "10.0%"
    assert all(f"{row.name}: {row.flexible} " in found.svg for row in found.rows)
    assert found.flexible
    assert not example(Fraction(1, 4), "id").flexible


def test_under_a_high_threshold_the_example_is_another_day(present: datetime, leader: Client) -> None:
    ExposureThreshold.objects.create(
        since=date(2025, 2, 1), at_least="0.2500", reason="Uji", set_by="", recorded_at=present
    )
    html = re.sub("\xa0|&nbsp;", " ", html_of(leader))
    assert "Itu kurang dari ambang 25,0 %, jadi hari ini disebut <strong>hari lain</strong>" in html
    ExposureThreshold.objects.update(at_least="0.2000")
    assert "Itu tidak kurang dari ambang 20,0 %" in re.sub("\xa0|&nbsp;", " ", html_of(leader))


def test_the_most_exposed_stand_first_and_the_rest_is_one_link_away(
    now: datetime, units: Units, leader: Client
) -> None:
    for number in range(14):
        add_service(now, f"Layanan {number:02}", units.works if number else units.section)
    store("flexdays", now, HOME)
    html = html_of(leader)
    assert "12 yang paling terpapar dari 14." in html
    names = re.findall(r'<th scope="row">(Layanan \d\d)</th>', html)
    assert names == [f"Layanan {number:02}" for number in range(12)]
    everything = html_of(leader, "/paparan/?semua=ya")
    assert "yang paling terpapar dari" not in everything
    assert len(re.findall(r'<th scope="row">Layanan \d\d</th>', everything)) == 14
    assert "Tampilkan yang paling terpapar saja" in everything


def test_the_whole_government_is_told_in_one_sentence(now: datetime, units: Units, leader: Client) -> None:
    store("flexdays", now, HOME)
    html = re.sub("\xa0|&nbsp;", " ", html_of(leader))
    assert re.search(r"Seluruh pemerintah daerah: rata-rata 1,\d %; 1 hari fleksibel dan \d\d hari lain\.", html)
    assert '<th scope="row">Provinsi Contoh</th>' not in html


def test_a_month_shows_services_and_agencies_with_the_threshold(now: datetime, units: Units, leader: Client) -> None:
    add_service(now, "Uji air", units.section)
    store("flexdays", now, HOME)
    html = re.sub("\xa0|&nbsp;", " ", html_of(leader))
    assert "Paparan Desember 2026" in html
    assert "Ambang hari fleksibel pada bulan ini: 10,0 %." in html
    flexible, other, undefined, mean, on_flexible, largest = cells(html, "Uji air")
    assert (flexible, undefined, on_flexible) == ("1", "0", "50,0 %")
    assert int(flexible) + int(other) > 15
    assert mean == largest == f"{50 / (1 + int(other)):.1f} %".replace(".", ",")
    assert cells(html, "Dinas Kesehatan")[:2] == [flexible, other]
    assert "UPT Laboratorium" not in html
    assert cells(re.sub("\xa0|&nbsp;", " ", html_of(leader, "/paparan/?semua=ya")), "UPT Laboratorium")[0] == "1"


def test_a_day_without_anybody_is_undefined_and_not_nought(now: datetime, units: Units, leader: Client) -> None:
    store("leave", now, (YOSE, DAY, DAY, ""), (RINA, DAY, DAY, ""))
    undefined, mean, on_flexible = cells(html_of(leader), "Dinas Kesehatan")[2:5]
    assert (undefined, on_flexible) == ("1", "tidak ada")
    assert mean.startswith("0,0")


def test_months_lead_to_each_other(now: datetime, units: Units, leader: Client) -> None:
    store("flexdays", now, HOME, (YOSE, "06/01/2027", "Rumah", "Permohonan", "", ""))
    assert "bulan=2027-01" in html_of(leader, "/paparan/?bulan=2026-12")
    html = html_of(leader, "/paparan/?bulan=2027-01&semua=ya")
    assert "Paparan Januari 2027" in html
    assert "bulan=2026-12&amp;semua=ya" in html
    assert "Paparan Desember 2026" in html_of(leader, "/paparan/?bulan=9999-99")


def test_the_number_of_queries_does_not_grow(now: datetime, units: Units, leader: Client) -> None:
    store("flexdays", now, HOME)
    counts = []
    for services in range(3):
        with CaptureQueriesContext(connection) as captured:
            html_of(leader)
        counts.append(len(captured))
        add_service(now, f"Layanan {services}", units.section)
        store("flexdays", now, (YOSE, f"{7 + services:02}/12/2026", "Rumah", "Permohonan", "", ""))
    assert len(set(counts)) == 1


def test_who_may_not_see_the_government_may_not_see_it(present: datetime, units: Units) -> None:
    assert client_as(present, Role.EMPLOYEE).get("/paparan/").status_code == 403
