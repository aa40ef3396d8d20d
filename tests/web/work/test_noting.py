"""What a person notes of their own days: one line, imports first, closed months refused, nobody else's."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.attendance.models import MonthRun
from luwes.apps.audit.models import AuditEntry
from luwes.apps.people.models import Posting
from luwes.apps.results.models import OutputRow, OwnOutput, UnitFigure
from luwes.core.workdays.months import month_before
from tests.apps.staff_files import RINA, YOSE, confirm, stage
from tests.web.forms import fresh
from tests.world import add_person, give_role, plant_units, staff_of

pytestmark = pytest.mark.django_db
PATH = "/hasil-kerja/"
HEADERS = "nip;kode_unit;unit;tanggal;bulan;hasil;jumlah;target;mutu"


@pytest.fixture
def today(present: datetime) -> date:
    staff_of(present, plant_units(present))
    Posting.objects.update(period=(date(2019, 1, 1), None))
    return timezone.localdate(present)


def client_of(now: datetime, nip: str | None = RINA) -> Client:
    user = add_person(now, f"{nip or 'tanpa'}@contoh.go.id", nip=nip)
    give_role(now, user, Role.EMPLOYEE)
    client = Client()
    client.force_login(user)
    return client


def note(client: Client, day: date, label: str = "Berkas diperiksa", count: object = 4) -> tuple[int, str]:
    answer = client.post(PATH, fresh() | {"label": label, "count": str(count), "day": day.isoformat()})
    return answer.status_code, answer.headers.get("Location", answer.content.decode())


def text(client: Client, day: date) -> str:
    return client.get(f"{PATH}?bulan={day:%Y-%m}").content.decode().replace("\u00a0", " ")


def brought(now: datetime, *rows: str) -> None:
    confirm(stage("\n".join([HEADERS, *rows]).encode(), now, kind="outputs", source="BKD"), now)


def test_one_line_is_noted_corrected_and_taken_back(present: datetime, today: date) -> None:
    client = client_of(present)
    assert f'value="{today.isoformat()}"' in client.get(PATH).content.decode(), "today, unless told otherwise"
    assert note(client, today) == (302, f"{PATH}?bulan={today:%Y-%m}")
    assert "4 × Berkas diperiksa" in text(client, today)
    assert note(client, today, "  Berkas   diperiksa ", 6)[0] == 302
    page = text(client, today)
    assert ("6 × Berkas diperiksa" in page, "4 × Berkas diperiksa" in page) == (True, False)
    assert OwnOutput.objects.count() == 2, "what was said before stays in the history"
    assert note(client, today, "Berkas diperiksa", 6)[0] == 302
    assert OwnOutput.objects.count() == 2
    entry = OwnOutput.objects.get(superseded_at=None)
    assert client.post(PATH, fresh() | {"hapus": entry.public_id}).status_code == 302
    assert client.post(PATH, fresh() | {"hapus": entry.public_id}).status_code == 302, "twice is once"
    assert "Berkas diperiksa" not in text(client, today).split("<form", 1)[0]
    assert list(AuditEntry.objects.filter(action__startswith="own_output").values_list("action", flat=True)) == [
        *("own_output.recorded", "own_output.recorded", "own_output.withdrawn")
    ]
    assert "Berkas" not in "".join(AuditEntry.objects.values_list("body", flat=True)), "words are erasable"


def test_a_note_is_in_no_figure_of_the_unit_and_seen_by_nobody_else(present: datetime, today: date) -> None:
    mine, other = client_of(present), client_of(present, YOSE)
    note(mine, today, "Sampel dibaca")
    assert not OutputRow.objects.exists()
    assert not UnitFigure.objects.exists()
    assert "Sampel dibaca" not in text(other, today)
    entry = OwnOutput.objects.get()
    assert other.post(PATH, fresh() | {"hapus": entry.public_id}).status_code == 404
    assert OwnOutput.objects.get().superseded_at is None


@pytest.mark.parametrize("monthly", [False, True])
def test_a_file_goes_first_whether_it_came_before_or_after(present: datetime, today: date, monthly: bool) -> None:
    client = client_of(present)
    day = today.replace(day=1)
    note(client, day)
    assert "diganti berkas" not in text(client, day)
    brought(present, f"{RINA};;;;{day:%Y-%m};Surat;40;;" if monthly else f"{RINA};;;{day:%d/%m/%Y};;Surat;7;;")
    page = text(client, day)
    assert "diganti berkas sistem kinerja" in page
    assert "Surat" in page
    status, page = note(client, day, "Yang lain")
    assert (status, "berkas itu yang dipakai" in page) == (422, True)
    assert 'value="Yang lain"' in page, "what was typed is not lost"
    assert OwnOutput.objects.count() == 1


def test_a_closed_month_is_refused_kindly(present: datetime, today: date) -> None:
    client, last = client_of(present), month_before(today)
    assert note(client, last)[0] == 302
    entry = OwnOutput.objects.get()
    run = MonthRun.objects.create(
        month=last, number=1, final=True, run_by="x", run_at=present, touched_at=present, finished_at=present
    )
    status, page = note(client, last, "Terlambat")
    assert (status, "Bulan itu sudah ditutup" in page) == (422, True)
    told = client.post(PATH, fresh() | {"hapus": entry.public_id}, follow=True).content.decode()
    assert "Bulan itu sudah ditutup" in told
    assert OwnOutput.objects.get().superseded_at is None
    run.reopened_at = present
    run.save(update_fields=["reopened_at"])
    assert note(client, last, "Terlambat")[0] == 302


@pytest.mark.parametrize(
    ("label", "count", "words"),
    [
        (" ", 1, "Bidang ini"),
        ("x" * 121, 1, "120"),
        ("Berkas", 0, "1"),
        ("Berkas", 1000, "999"),
        ("Berkas", "banyak", "bilangan"),
        ("\x00", 1, "Apa hasilnya"),
    ],
)
def test_what_cannot_be_noted_is_told(present: datetime, today: date, label: str, count: object, words: str) -> None:
    status, page = note(client_of(present), today, label, count)
    assert status == 422
    assert words in page
    assert not OwnOutput.objects.exists()


def test_only_own_working_days_of_this_month_and_the_last(present: datetime, today: date) -> None:
    client = client_of(present)
    for day in (today + timedelta(days=1), month_before(today) - timedelta(days=1), date(1950, 1, 1)):
        status, page = note(client, day)
        assert (status, "bulan ini atau bulan lalu" in page) == (422, True)
    Posting.objects.filter(employee__nip=RINA).update(period=(date(2019, 1, 1), today))
    assert note(client, today)[0] == 422, "who has left notes nothing"
    assert not OwnOutput.objects.exists()


@pytest.mark.parametrize("nip", [None, "199001012015011009"])
def test_an_account_of_no_employee_notes_nothing(present: datetime, today: date, nip: str | None) -> None:
    status, page = note(client_of(present, nip), today)
    assert (status, "belum terhubung" in page) == (422, True)
