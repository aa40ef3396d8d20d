"""Services in a real browser: a head settles proposals, sees one service and sets its floor; phone and desk."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import CoverageFloor
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, give_role, plant_service, plant_units

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_a_head_settles_proposals_and_sets_a_floor(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    plant_service(now, units.section)
    give_role(now, add_person(now, "kepala@contoh.go.id"), Role.HEAD, units.health)
    page = open_page(f"/masuk/?lanjut=/layanan/unit/{units.health}/", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill("kepala@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Layanan", level=1).wait_for()
    look(page, f"layanan-unit-{width}-{theme}")
    page.get_by_role("button", name="Tampilkan usulan").click()
    page.get_by_role("group", name="Pengujian laboratorium").get_by_label("Ya, ini layanan kami").check()
    look(page, f"layanan-usulan-{width}-{theme}")
    page.get_by_role("group", name="Rekomendasi").get_by_label("Bukan").check()
    page.get_by_role("button", name="Pastikan yang lain").click()
    page.get_by_text("2 usulan terjawab.").wait_for()
    look(page, f"layanan-standar-{width}-{theme}")
    line = page.get_by_role("row").filter(has_text="Pengujian laboratorium")
    line.get_by_label("Waktu penyelesaian").fill("3")
    line.get_by_label("Jumlah pelaksana").fill("2")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_text("1 standar tersimpan. Semua layanan sudah lengkap.").wait_for()
    page.get_by_role("link", name="Pengujian sampel").click()
    page.get_by_role("heading", name="Rantai layanan").wait_for()
    look(page, f"layanan-rincian-{width}-{theme}")
    page.get_by_role("link", name="Atur lantai").click()
    page.get_by_role("heading", name="Lantai layanan", level=1).wait_for()
    look(page, f"lantai-{width}-{theme}")
    page.get_by_role("button", name="Simpan lantai").click()
    page.get_by_text("Lantai layanan tersimpan.").wait_for()
    look(page, f"layanan-lantai-{width}-{theme}")
    assert CoverageFloor.objects.filter(minimum=3).count() == 5


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (1280, "light")])
def test_the_forms_of_a_service_fit_and_can_be_used_by_everyone(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    key, point = plant_service(now, units.section)
    give_role(now, add_person(now, "kepala@contoh.go.id"), Role.HEAD, units.health)
    page = open_page(f"/masuk/?lanjut=/layanan/unit/{units.health}/baru/", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill("kepala@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Catat layanan", level=1).wait_for()
    look(page, f"layanan-baru-{width}-{theme}")
    root = page.url.split("/layanan/")[0]
    service = f"{root}/layanan/rincian/{key}/"
    pages = {"rantai": "Ubah rantai", "titik": "Titik layanan", "akhir": "Akhiri layanan", "standar": "Ubah standar"}
    for path, heading in pages.items():
        page.goto(f"{service}{path}/")
        page.get_by_role("heading", name=heading, level=1).wait_for()
        look(page, f"layanan-{path}-{width}-{theme}")
    page.get_by_label("Jam buka").fill("Sabtu 09.00-12.00")
    page.get_by_role("button", name="Periksa dulu").click()
    page.get_by_text("Sabtu 09.00–12.00").wait_for()
    page.get_by_role("button", name="Simpan standar").click()
    page.get_by_text("Standar tersimpan.").wait_for()
    for path, heading in ((f"titik/{point}/", "Titik layanan"), (f"unit/{units.section}/tempat/", "Tempat kerja")):
        page.goto(f"{root}/layanan/{path}")
        page.get_by_role("heading", name=heading, level=1).wait_for()
        look(page, f"layanan-{path.split('/')[0]}-satu-{width}-{theme}")
