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
    assert all(row.name in found.svg for row in found.rows)


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
