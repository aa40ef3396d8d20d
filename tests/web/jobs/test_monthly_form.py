"""A head without an account fills in and signs the monthly report through a link."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.models import JobLink
from luwes.apps.accounts.roles import Job
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.models import UnitVersion
from luwes.apps.reporting.models import MonthlyForm, MonthlySignature
from luwes.core.workdays.months import month_before
from luwes.web.monthly import months
from tests.apps.reporting.monthly_forms import ANSWERS, save
from tests.web.forms import fresh, hidden_fields
from tests.world import Units, give_link, plant_units

pytestmark = pytest.mark.django_db
PATH = "/tugas/alamat-rahasia/"


@pytest.fixture
def units(present: datetime) -> Units:
    found = plant_units(present)
    give_link(present, found.health, job=Job.MONTHLY_FORM)
    return found


@pytest.fixture
def month(present: datetime) -> date:
    return month_before(timezone.localdate(present))


def here(month: date) -> str:
    return f"{PATH}?bulan={months.text(month)}"


def test_looking_changes_nothing(units: Units, client: Client) -> None:
    page = client.get(PATH).content.decode()
    assert "Isian laporan bulanan" in page
    assert "Wulan Sekar" in page
    assert "Tanda tangani laporan" not in page, "nothing is saved yet"
    assert not MonthlyForm.objects.exists()
    assert JobLink.objects.get().used_at is None


def test_answers_are_saved_under_the_links_name(units: Units, month: date, client: Client) -> None:
    page = client.get(PATH).content.decode()
    answer = client.post(here(month), hidden_fields(page, here(month)) | {"rapat_hibrida": "ya"})
    assert answer["Location"] == f"{here(month)}&selesai=1"
    row = MonthlyForm.objects.get()
    link = JobLink.objects.get()
    assert (row.values, row.month, row.filled_by) == ({"rapat_hibrida": "ya"}, month, link.public_id)
    assert link.used_at is not None
    assert AuditEntry.objects.get(action="monthly_form.saved").actor == link.public_id
    assert "Isian Anda tersimpan" in client.get(answer["Location"]).content.decode()


def test_a_month_is_signed_in_the_capacity_told(present: datetime, units: Units, month: date, client: Client) -> None:
    save(present, units.health, month, {code: v for code, v in ANSWERS.items() if code != "sepeda"})
    page = client.get(PATH).content.decode()
    assert "7. Sepeda dipakai: alasan belum ada" in page
    version = MonthlyForm.objects.get().pk
    sent = fresh() | {"tanda-tangan": "1", "version": str(version), "capacity": "plt"}
    assert client.post(here(month), sent).status_code == 422
    assert not MonthlySignature.objects.exists()
    answer = client.post(here(month), sent | fresh() | {"alasan-sepeda": "Belum didata"})
    assert answer["Location"] == f"{here(month)}&tanda-tangan=1"
    row = MonthlySignature.objects.get()
    assert (row.capacity, row.gaps, row.form_id) == ("plt", {"sepeda": "Belum didata"}, version)
    page = client.get(answer["Location"]).content.decode()
    assert "Laporan ditandatangani" in page
    assert "Simpan isian" not in page


def test_an_answer_that_cannot_be_read_is_told(units: Units, month: date, client: Client) -> None:
    page = client.get(PATH).content.decode()
    answer = client.post(here(month), hidden_fields(page, here(month)) | {"rapat_jumlah": "banyak"})
    assert answer.status_code == 422
    assert "Bukan bilangan bulat" in answer.content.decode()


def test_the_month_that_runs_is_filled_in_and_an_older_one_is_not_reached(
    present: datetime, units: Units, month: date, client: Client
) -> None:
    running = timezone.localdate(present).replace(day=1)
    page = client.get(here(running)).content.decode()
    client.post(here(running), hidden_fields(page, here(running)) | {"sepeda": "ya"})
    assert MonthlyForm.objects.get().month == running
    assert "Tanda tangani laporan" not in client.get(here(running)).content.decode()
    for other in ("2020-01", "kemarin", months.text(running + timedelta(days=40))):
        assert f'action="{here(month)}"' in client.get(f"{PATH}?bulan={other}").content.decode()


def test_a_link_closed_meanwhile_stores_nothing(present: datetime, units: Units, month: date, client: Client) -> None:
    page = client.get(PATH).content.decode()
    JobLink.objects.update(revoked_at=present)
    answer = client.post(here(month), hidden_fields(page, here(month)) | {"sepeda": "ya"})
    assert answer.status_code == 404
    assert not MonthlyForm.objects.exists()


def test_a_unit_that_is_gone_or_is_no_agency_closes_the_link(present: datetime, units: Units, client: Client) -> None:
    give_link(present, units.section, "lain-lagi", job=Job.MONTHLY_FORM)
    assert client.get("/tugas/lain-lagi/").status_code == 404
    UnitVersion.objects.filter(unit__key=units.health).update(superseded_at=present)
    assert client.get(PATH).status_code == 404
