"""Staff, units and posts in a real browser, phone and desk, light and dark."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Role
from tests.apps.staff_files import bring, person
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, give_role, plant_service, plant_units, staff_of

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (1280, "light")])
def test_an_admin_looks_for_somebody_and_assesses_posts(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    staff_of(now, units)
    titles = ("Guru Ahli Pertama", "Petugas Loket Pelayanan Terpadu Satu Pintu Tingkat Lanjutan")
    odd = (person(f"1990010120150170{n:02d}", f"Orang {n}", jabatan_nama=title) for n, title in enumerate(titles))
    bring(now, *odd, source="RSUD")
    give_role(now, add_person(now, "admin@contoh.go.id"), Role.ADMIN)
    page = open_page("/masuk/?lanjut=/pegawai/", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill("admin@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Pegawai", level=1).wait_for()
    look(page, f"pegawai-{width}-{theme}")
    page.get_by_role("searchbox", name="Nama pegawai").fill("yose")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Yosé Limbong").click()
    page.get_by_role("heading", name="Yosé Limbong", level=1).wait_for()
    look(page, f"orang-{width}-{theme}")
    page.get_by_role("link", name="Tetapkan sebagai pimpinan unit").click()
    page.get_by_role("heading", name="Tetapkan pimpinan unit", level=1).wait_for()
    look(page, f"pimpinan-unit-{width}-{theme}")
    page.get_by_role("button", name="Simpan pimpinan").click()
    page.get_by_role("heading", name="Dinas Kesehatan", level=1).wait_for()
    look(page, f"unit-pegawai-{width}-{theme}")
    page.goto(page.url.split("/pegawai/")[0] + "/jabatan/")
    page.get_by_label("Petugas Loket").check()
    page.get_by_label("Layanan langsung").select_option("ya")
    page.get_by_role("button", name="Simpan penilaian").click()
    page.get_by_text("Alasan masih kosong").first.wait_for()
    assert page.get_by_label("Petugas Loket").is_checked()
    page.get_by_label("Alasan").fill("Melayani di loket")
    page.get_by_role("button", name="Simpan penilaian").click()
    page.get_by_text("1 jabatan dinilai").wait_for()
    look(page, f"jabatan-{width}-{theme}")


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_units_are_merged_after_a_look_and_get_a_head(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    staff_of(now, units)
    bring(now, person("199001012015017001", "Ana", jabatan_nama="Kepala UPT", jenis_jabatan_nama="Struktural"))
    plant_service(now, units.section)
    give_role(now, add_person(now, "admin@contoh.go.id"), Role.ADMIN)
    page = open_page(f"/masuk/?lanjut=/pegawai/unit/{units.section}/", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill("admin@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_text("Usulan: Ana, Kepala UPT.").wait_for()
    page.get_by_text("Ubah susunan unit").click()
    look(page, f"susunan-{width}-{theme}")
    for name in ("Tambah unit di bawahnya", "Ubah nama, kode, atau tempatnya", "Pecah menjadi beberapa unit"):
        with page.expect_navigation():
            page.get_by_role("link", name=name).click()
        look(page, f"{name.split()[0].lower()}-unit-{width}-{theme}")
        page.go_back()
        page.get_by_text("Ubah susunan unit").click()
    page.get_by_role("link", name="Gabungkan dengan unit lain").click()
    page.get_by_label("Digabung dengan").fill("Dinas Pekerjaan Umum")
    page.get_by_label("Kode unit baru").fill("1.09")
    page.get_by_label("Nama unit baru").fill("UPT Gabungan")
    page.get_by_label("Dasar").fill("Pergub 7/2026")
    page.get_by_role("button", name="Lihat akibatnya dulu").click()
    page.get_by_text("Yang ikut pindah").wait_for()
    look(page, f"gabung-unit-{width}-{theme}")
    page.get_by_role("button", name="Gabungkan unit").click()
    page.get_by_role("heading", name="UPT Gabungan", level=1).wait_for()
    page.get_by_role("link", name="Tetapkan pimpinan unit").click()
    assert page.get_by_label("Pimpinan").evaluate("one => one.selectedOptions[0].text") == "Ana · Kepala UPT"
    look(page, f"pimpinan-dari-unit-{width}-{theme}")
    page.goto(page.url.split("/pegawai/")[0] + "/pegawai/pimpinan/")
    page.get_by_role("checkbox", name="UPT Gabungan").wait_for()
    look(page, f"usulan-pimpinan-{width}-{theme}")
    page.get_by_role("button", name="Tetapkan yang dicentang").click()
    page.get_by_text("1 pimpinan unit tercatat.").wait_for()
