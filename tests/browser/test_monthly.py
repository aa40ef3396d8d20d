"""The monthly form in a real browser: a head fills in, signs and reopens; the board; a link; phone and desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Job, Role
from luwes.apps.reporting import form_fields
from luwes.apps.reporting.form_values import known
from luwes.apps.reporting.models import MonthlyForm, MonthlySignature
from luwes.core.workdays.months import month_before
from luwes.web.monthly import months
from tests.apps.reporting.monthly_forms import ANSWERS, save
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, give_link, give_role, plant_units

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


def enter(page: Page, email: str) -> None:
    page.get_by_label("Surel atau NIP").fill(email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_a_head_fills_in_signs_and_reopens(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    month = month_before(timezone.localdate(now))
    save(now, units.health, month_before(month), ANSWERS)
    give_role(now, add_person(now, "kepala@contoh.go.id"), Role.HEAD, units.health)
    page = open_page("/masuk/?lanjut=/laporan/", width=width, theme=theme)
    enter(page, "kepala@contoh.go.id")
    page.get_by_role("heading", name="Isian laporan bulanan").wait_for()
    page.get_by_text("Sebagian jawaban dibawa dari bulan lalu").wait_for()
    look(page, f"isian-baru-{width}-{theme}")
    page.get_by_text("6. Perjalanan dinas").click()
    page.get_by_label("Pengurangan perjalanan dalam negeri").fill("banyak")
    page.get_by_role("button", name="Simpan isian").click()
    page.get_by_text("Bukan persentase.").first.wait_for()
    look(page, f"isian-salah-{width}-{theme}")
    page.get_by_label("Pengurangan perjalanan dalam negeri").fill("52,5")
    page.get_by_role("button", name="Simpan isian").click()
    page.get_by_text("Isian tersimpan.").wait_for()
    assert MonthlyForm.objects.get(month=month, superseded_at=None).values["perjalanan_dalam_negeri"] == "52.5"
    page.get_by_role("link", name="Periksa dan tanda tangani").click()
    page.get_by_role("heading", name="Tanda tangan laporan", level=1).wait_for()
    look(page, f"tanda-tangan-{width}-{theme}")
    for box in page.get_by_label("alasan belum ada").all():
        box.fill("Belum dihitung.")
    page.get_by_role("button", name="Tanda tangani laporan").click()
    page.get_by_text("ditandatangani.").first.wait_for()
    look(page, f"isian-ditandatangani-{width}-{theme}")
    page.get_by_role("link", name="Lihat tanda tangan").click()
    page.get_by_label("Alasan membuka lagi").fill("Angka perjalanan keliru.")
    look(page, f"buka-lagi-{width}-{theme}")
    page.get_by_role("button", name="Batalkan tanda tangan").click()
    page.get_by_text("Tanda tangan dibatalkan.").wait_for()
    assert MonthlySignature.objects.get().ended_reason == "Angka perjalanan keliru."


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_the_board_shows_how_far_all_are(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    month = month_before(timezone.localdate(now))
    save(now, units.health, month, {"rapat_hibrida": "ya"})
    give_role(now, add_person(now, "admin@contoh.go.id"), Role.ADMIN)
    page = open_page(f"/masuk/?lanjut=/laporan/{months.text(month)}/", width=width, theme=theme)
    enter(page, "admin@contoh.go.id")
    page.get_by_role("heading", name="Laporan bulanan", level=1).wait_for()
    look(page, f"papan-isian-{width}-{theme}")
    page.get_by_role("link", name="Terbitkan tautan Dinas Kesehatan").click()
    assert page.get_by_label("Tugas").input_value() == Job.MONTHLY_FORM.value


@pytest.mark.parametrize(("width", "script"), [(390, False), (1280, True)])
def test_a_link_is_enough_also_without_scripts(open_page: OpenPage, width: int, script: bool) -> None:
    now = timezone.now()
    units = plant_units(now)
    month = month_before(timezone.localdate(now))
    asked = form_fields.asked_fields(has_presence=False)
    answers = known({row.code: ANSWERS.get(row.code) for row in asked}) | {"kendaraan_dinas": "50"}
    save(now - timedelta(hours=1), units.health, month, answers)
    give_link(now, units.health, job=Job.MONTHLY_FORM)
    page = open_page("/tugas/alamat-rahasia/", width=width, script=script)
    page.get_by_role("heading", name="Isian laporan bulanan").wait_for()
    if script:
        look(page, f"tautan-isian-{width}")
    page.get_by_role("button", name="Simpan isian").click()
    page.get_by_text("Isian Anda tersimpan").wait_for()
    for box in page.get_by_label("alasan belum ada").all():
        box.fill("Belum dihitung.")
    page.get_by_label("Plh.").check()
    page.get_by_role("button", name="Tanda tangani laporan").click()
    page.get_by_text("Laporan ditandatangani").wait_for()
    signature = MonthlySignature.objects.get()
    assert (signature.capacity, signature.signed_by) == ("plh", "Wulan Sekar, Kepala Subbagian Keuangan")
