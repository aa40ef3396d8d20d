"""Presence in a real browser: an outage declared, a month closed and compared, a unit's people; phone and desk."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Role
from luwes.apps.attendance import runs, tasks
from luwes.apps.attendance.models import MonthRun, Outage, RecapRow
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Employee, Unit
from luwes.apps.sources.models import ImportBatch
from tests.apps.attendance.world import MONDAY, OCTOBER, TUESDAY, full_day, press
from tests.apps.schedule.days import build
from tests.apps.staff_files import RINA, YOSE
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, SETUP, Units, add_person, give_role

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
SIZES = pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "light")])


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


def reckon(now: datetime, *, final: bool = False) -> None:
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=OCTOBER, final=final)
    tasks.work_off(started, clock=lambda: now)


def prepared(now: datetime) -> Units:
    """A month reckoned twice, with a recap that says otherwise."""
    units = build(now)
    full_day(YOSE, MONDAY)
    press(YOSE, TUESDAY, "8:20 in", "15:10 out")
    press(RINA, MONDAY, "8:40 in", "16:05 out")
    reckon(now)
    for nip, late in ((YOSE, {"TL1": 1}), (RINA, {"TL3": 2})):
        RecapRow.objects.create(
            unit=Unit.objects.get(key=units.section),
            employee=Employee.objects.get(nip=nip),
            month=OCTOBER,
            present=18,
            late=late,
            absent={"tanpa keterangan": 2},
            batch=ImportBatch.objects.all()[0],
            row_number=4,
            recorded_at=now,
        )
    return units


def entered(open_page: OpenPage, path: str, email: str, width: int, theme: str) -> Page:
    page = open_page(f"/masuk/?lanjut={path}", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill(email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    return page


@SIZES
def test_a_month_is_repaired_compared_and_closed(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    prepared(now)
    give_role(now, add_person(now, "bkd@contoh.go.id"), Role.ADMIN)
    page = entered(open_page, "/presensi/?bulan=2026-10", "bkd@contoh.go.id", width, theme)
    page.get_by_role("heading", name="Oktober 2026", level=1).wait_for()
    page.get_by_role("link", name="Gangguan presensi").click()
    page.get_by_label("Tanggal").fill("2026-10-05")
    page.get_by_label("Mulai").fill("07:00")
    page.get_by_label("Sampai").fill("08:45")
    page.get_by_label("Sebab").fill("Server mati, tiket 12")
    page.get_by_role("button", name="Lihat siapa yang terkena").click()
    page.get_by_text("1 orang terlambat").wait_for()
    look(page, f"presensi-gangguan-{width}")
    page.get_by_role("button", name="Nyatakan gangguan").click()
    page.get_by_text("Gangguan dinyatakan").wait_for()
    look(page, f"presensi-gangguan-daftar-{width}")
    assert Outage.objects.count() == 1
    reckon(now)
    page.goto("/presensi/banding/?bulan=2026-10")
    page.get_by_text("2 baris dibandingkan").wait_for()
    look(page, f"presensi-banding-{width}")
    page.goto("/presensi/?bulan=2026-10")
    look(page, f"presensi-bulan-{width}")
    page.get_by_role("button", name="Tutup bulan").click()
    page.get_by_text("Sedang dihitung sejak").wait_for()
    look(page, f"presensi-berjalan-{width}")
    run = MonthRun.objects.get(finished_at=None)
    tasks.work_off(runs.Progress(run.pk, OCTOBER, None, done=False), clock=lambda: now)
    page.get_by_role("link", name="Muat ulang").click()
    page.get_by_text("Bulan ini ditutup pada").wait_for()
    page.get_by_role("link", name="Buka kembali bulan ini").click()
    page.get_by_label("Alasan").fill("Presensi susulan dari UPT")
    look(page, f"presensi-buka-{width}")
    page.get_by_role("button", name="Buka kembali bulan ini").click()
    page.get_by_text("Bulan dibuka kembali").wait_for()
    look(page, f"presensi-bulan-dibuka-{width}")


@SIZES
def test_a_head_reads_the_units_month(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = prepared(now)
    give_role(now, add_person(now, "kepala@contoh.go.id"), Role.HEAD, units.health)
    path = f"/presensi/unit/{units.section}/?bulan=2026-10"
    page = entered(open_page, path, "kepala@contoh.go.id", width, theme)
    page.get_by_role("heading", name="Presensi Oktober 2026", level=1).wait_for()
    page.get_by_role("row").filter(has_text="Yosé Limbong").wait_for()
    look(page, f"presensi-unit-{width}")
    for day in (8, 9, 12, 13):
        full_day(RINA, date(2026, 10, day))
    reckon(now)
    page.goto(f"/presensi/disiplin/{units.health}/")
    page.get_by_text("Lihat tanggalnya").first.click()
    page.get_by_text("teguran tertulis").wait_for()
    look(page, f"presensi-disiplin-{width}")
