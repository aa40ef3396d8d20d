"""The pages of presence: a month and its closing, outages, the comparison with the recap, a unit's sums."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from luwes.apps.accounts.roles import Role
from luwes.apps.attendance import runs, tasks
from luwes.apps.attendance.hours import without_hours
from luwes.apps.attendance.models import DayRecord, MonthRun, Outage, RecapRow
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Employee, Unit
from luwes.apps.people.services import floors
from luwes.apps.sources.models import ImportBatch
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY
from tests.apps.attendance.world import OCTOBER, full_day, press
from tests.apps.schedule.days import build
from tests.apps.staff_files import MARUF, RINA, YOSE
from tests.web.forms import fresh, send
from tests.world import SETUP, Units, client_as, plant_service

pytestmark = pytest.mark.django_db
HOME = "/presensi/"
OCT = "/presensi/?bulan=2026-10"


@pytest.fixture
def units(now: datetime) -> Units:
    return build(now)


@pytest.fixture
def admin(now: datetime, units: Units) -> Client:
    return client_as(now, Role.ADMIN)


def reckoned(now: datetime, *, final: bool = False) -> MonthRun:
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=OCTOBER, final=final)
    tasks.work_off(started, clock=lambda: now)
    return MonthRun.objects.get(pk=started.run)


def october() -> tuple[date, date]:
    """Two working days of October 2026."""
    return date(2026, 10, 5), date(2026, 10, 6)


def test_an_empty_month_says_what_to_do(admin: Client) -> None:
    html = admin.get(HOME).content.decode()
    assert "Belum ada hitungan" in html
    assert "tidak dianggap mangkir" in html
    assert "Hitung sementara" in html
    assert "Tutup bulan" not in html, "nothing was reckoned, so nothing can be closed"


def test_reckoning_starts_in_the_background_and_a_second_start_is_refused(admin: Client, now: datetime) -> None:
    full_day(YOSE, october()[0])
    answer = admin.post("/presensi/hitung/", fresh() | {"bulan": "2026-10"}, follow=True)
    assert "Penghitungan dimulai" in answer.content.decode()
    assert "Sedang dihitung sejak" in answer.content.decode()
    run = MonthRun.objects.get()
    assert (run.month, run.final, run.finished_at) == (OCTOBER, False, None)
    again = admin.post("/presensi/hitung/", fresh() | {"bulan": "2026-10"}, follow=True)
    assert "sedang dihitung" in again.content.decode()
    assert MonthRun.objects.count() == 1


def test_the_same_form_sent_twice_starts_one_run(admin: Client) -> None:
    full_day(YOSE, october()[0])
    form = fresh() | {"bulan": "2026-10"}
    first, second = (admin.post("/presensi/hitung/", form) for _ in range(2))
    assert first.url == second.url == OCT
    assert MonthRun.objects.count() == 1


def test_each_reckoning_shows_how_the_number_moved(admin: Client, now: datetime) -> None:
    full_day(YOSE, october()[0])
    press(RINA, october()[0], "8:10 in", "16:10 out")
    reckoned(now)
    with unit_of_work(SETUP, now):
        Outage.objects.create(
            day=october()[0],
            from_minute=420,
            to_minute=500,
            cause="Mati",
            declared_by="uji",
            declared_at=now,
        )
    reckoned(now)
    html = admin.get(OCT).content.decode()
    assert "(−1)" in html
    assert html.index("Ke-2") < html.index("Ke-1"), "the newest stands on top"
    assert "Dinas Kesehatan" in html


def test_of_many_reckonings_the_newest_the_first_and_the_closings_are_shown(admin: Client, now: datetime) -> None:
    full_day(YOSE, october()[0])
    for number in range(1, 8):
        MonthRun.objects.create(
            month=OCTOBER,
            number=number,
            final=number == 2,
            counts={"required": 1_000 + number},
            run_by="x",
            run_at=now,
            touched_at=now,
            finished_at=now,
            reopened_at=now if number == 2 else None,
        )
    html = admin.get(OCT).content.decode()
    assert [f"Ke-{number}" in html for number in range(1, 8)] == [True, True, False, False, True, True, True]
    assert "2 hitungan sementara di antaranya tersimpan" in html


def test_an_agency_is_one_row_with_what_it_came_to(admin: Client, now: datetime) -> None:
    full_day(YOSE, october()[0])
    reckoned(now)
    html = " ".join(admin.get(OCT).content.decode().split())
    assert "hadir 1 dari 2 hari orang, terlambat 0, tanpa keterangan 1, di luar kantor 0; tanpa data" in html
    assert "50,0 %" in html.replace("\xa0", " ")
    assert "belum ada presensi; tanpa data" in html, "public works sent nothing"


def test_a_closed_month_is_opened_again_with_a_reason(admin: Client, now: datetime) -> None:
    full_day(YOSE, october()[0])
    reckoned(now, final=True)
    html = admin.get(OCT).content.decode()
    assert "Bulan ini ditutup pada" in html
    refused = send(admin, "/presensi/buka/?bulan=2026-10", reason="")
    assert refused.status_code == 422
    done = send(admin, "/presensi/buka/?bulan=2026-10", reason="Presensi susulan")
    assert (done.status_code, done.url) == (302, OCT)
    assert "Presensi susulan" in admin.get(OCT).content.decode()
    again = send(admin, "/presensi/buka/?bulan=2026-10", reason="Sekali lagi")
    assert "belum ditutup" in again.content.decode()


def test_punches_that_came_after_closing_are_listed(admin: Client, now: datetime) -> None:
    full_day(YOSE, october()[0])
    reckoned(now, final=True)
    MonthRun.objects.update(run_at=now - timedelta(days=90))
    html = admin.get(OCT).content.decode()
    assert "Datang setelah bulan ditutup" in html


def test_an_outage_is_looked_at_and_then_declared_and_revoked(admin: Client, now: datetime) -> None:
    press(YOSE, october()[0], "8:10 in", "16:10 out")
    reckoned(now)
    said = {"unit": "", "day": "2026-10-05", "start": "07:00", "end": "08:30", "cause": "Server mati, tiket 12"}
    seen = send(admin, "/presensi/gangguan/", lihat="ya", **said)
    assert seen.status_code == 200
    assert "1 orang terlambat" in seen.content.decode()
    assert not Outage.objects.exists(), "a look declares nothing"
    assert send(admin, "/presensi/gangguan/", **said).status_code == 302
    made = Outage.objects.get()
    assert (made.from_minute, made.to_minute, made.cause) == (420, 510, "Server mati, tiket 12")
    assert send(admin, f"/presensi/gangguan/{made.public_id}/cabut/", reason="Salah").status_code == 302
    assert "dicabut" in admin.get("/presensi/gangguan/").content.decode()
    twice = send(admin, f"/presensi/gangguan/{made.public_id}/cabut/", reason="Salah")
    assert "sudah dicabut" in twice.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"end": "06:00"}, "harus sesudah"),
        ({"cause": ""}, "Sebab"),
        ({"day": "2099-01-01"}, "belum tiba"),
    ],
)
def test_an_outage_that_cannot_be_is_explained(admin: Client, wrong: dict[str, str], said: str) -> None:
    usual = {"unit": "", "day": "2026-10-05", "start": "07:00", "end": "08:30", "cause": "Mati"}
    answer = send(admin, "/presensi/gangguan/", **(usual | wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def paid(unit: str, nip: str | None, now: datetime, **said: object) -> None:
    RecapRow.objects.create(
        unit=Unit.objects.get(key=unit),
        employee=Employee.objects.get(nip=nip) if nip else None,
        month=OCTOBER,
        batch=ImportBatch.objects.all()[0],
        row_number=4,
        recorded_at=now,
        **said,
    )


def test_the_comparison_names_what_differs_and_gives_a_workbook(admin: Client, now: datetime, units: Units) -> None:
    full_day(YOSE, october()[0])
    full_day(RINA, october()[0])
    reckoned(now)
    paid(units.section, YOSE, now, present=4)
    html = admin.get("/presensi/banding/?bulan=2026-10").content.decode()
    assert "Hadir: rekap 4, presensi 1" in html
    assert "tidak ada dalam rekap" in html, "Rina was left out of the recap"
    one = admin.get(f"/presensi/banding/?bulan=2026-10&unit={units.works}").content.decode()
    assert "Belum ada rekap bulan ini" in one
    answer = admin.get("/presensi/banding/unduh/?bulan=2026-10")
    assert answer["Content-Disposition"].endswith('perbandingan-rekap-2026-10.xlsx"')
    cells = [cell for row in load_workbook(BytesIO(answer.content)).active.values for cell in row if cell]
    assert "Hadir: rekap 4, presensi 1" in cells
    assert RecapRow.objects.get().present == 4, "nothing is overwritten"


def test_a_unit_shows_sums_and_only_who_may_see_staff_sees_names(now: datetime, units: Units) -> None:
    full_day(YOSE, october()[0])
    reckoned(now)
    path = f"/presensi/unit/{units.section}/?bulan=2026-10"
    head = client_as(now, Role.HEAD, units.health).get(path).content.decode()
    assert "Yosé Limbong" in head
    assert "masih sementara" in head
    leader = client_as(now, Role.LEADER).get(path).content.decode()
    assert "Yosé Limbong" not in leader
    assert "kurang dari lima orang" in leader, "two people's sums are two people's days"
    assert client_as(now, Role.HEAD, units.works).get(path).status_code == 404


def test_everybody_of_the_month_is_found_by_name(now: datetime, units: Units) -> None:
    full_day(YOSE, october()[0])
    reckoned(now)
    path = f"/presensi/unit/{units.section}/?bulan=2026-10&cari="
    head = client_as(now, Role.HEAD, units.health)
    assert "Rina" in head.get(f"{path}rina").content.decode()
    assert "Tidak ada pegawai yang cocok" in head.get(f"{path}zzz").content.decode()


def test_floors_are_proposed_and_the_head_confirms_them(present: datetime, now: datetime, units: Units) -> None:
    _key, point = plant_service(now, units.section)
    admin = client_as(now, Role.ADMIN)
    nothing = admin.post("/presensi/lantai/", fresh(), follow=True).content.decode()
    assert "belum cukup" in nothing
    first = (timezone.localdate(present).replace(day=1) - DAY).replace(day=1)
    for _ in range(2):
        first = (first - DAY).replace(day=1)
    day = first
    while day < timezone.localdate(present).replace(day=1):
        full_day(YOSE, day)
        full_day(RINA, day)
        day += DAY
    month = first
    while month < timezone.localdate(present).replace(day=1):
        with unit_of_work(SETUP, present):
            started = runs.start_run(month=month)
        tasks.work_off(started, clock=lambda: present)
        month = next_month(month)
    said = admin.post("/presensi/lantai/", fresh(), follow=True).content.decode()
    assert "Lantai 1 titik layanan diusulkan" in said
    today = timezone.localdate(present)
    rows = floors.floors_of([point], today)[point]
    assert {(row.floor.minimum, row.confirmed) for row in rows} == {(2, False)}
    assert floors.required(point, today) is None, "a proposal counts nowhere"
    head, here = client_as(now, Role.HEAD, units.health), f"/layanan/titik/{point}/lantai/"
    page = head.get(here)
    assert "Dari presensi 3 bulan" in page.content.decode()
    # The head sends what the page offers, unchanged.
    forms = [page.context["form"], page.context["bands"].management_form, *page.context["bands"].forms]
    offered = {field.html_name: field.value() for form in forms for field in form}
    done = send(head, here, **{name: value for name, value in offered.items() if value is not None})
    assert done.status_code == 302, done.context["form"].errors
    required = floors.required(point, today)
    assert required is not None
    assert {row.floor.minimum for row in floors.floors_of([point], today)[point] if row.confirmed} == {2}
    again = admin.post("/presensi/lantai/", fresh(), follow=True).content.decode()
    assert "Tidak ada usulan" in again, "what a head confirmed stands"


def test_a_month_is_reckoned_though_an_emergency_sets_no_hours_for_a_unit_and_names_it(
    admin: Client, now: datetime, units: Units
) -> None:
    path, haze = "/kalender/jam-kerja/tetapkan/", {"first": "2026-10-05", "last": "2026-10-06"}
    send(admin, path, unit=units.works, schedule="six-day-unit", pattern="six", first="2026-01-01")
    send(admin, path, unit="", schedule="kalteng-haze-2023", pattern="five", **haze)
    full_day(YOSE, october()[0])
    full_day(MARUF, october()[0])
    run = reckoned(now)
    assert run.finished_at is not None
    days = DayRecord.objects.filter(day=october()[0])
    assert days.get(employee__nip=MARUF).status == "no_data", "nobody said when he was due"
    assert days.get(employee__nip=YOSE).status == "present"
    html = admin.get(OCT).content.decode()
    assert "jadi harinya dicatat tanpa data: Dinas Pekerjaan Umum." in html
    assert (without_hours(OCTOBER), without_hours(date(2026, 9, 1))) == ([units.works], [])


def test_a_wrong_month_is_not_found(admin: Client) -> None:
    assert admin.post("/presensi/hitung/", fresh() | {"bulan": "2026-13"}).status_code == 404
    assert admin.get("/presensi/buka/?bulan=2026-13").status_code == 404
    assert admin.get("/presensi/gangguan/tidakada/cabut/").status_code == 404
