"""Sign-in, accounts, audit trail, system page and job links in a real browser, phone and desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Capacity, Role
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, bring_figures, give_link, give_role, plant_units

pytestmark = pytest.mark.browser
OpenPage = Callable[..., Page]
VIEWS = [(390, "light"), (1280, "light"), (390, "dark")]


def look(page: Page, name: str) -> None:
    check_axe(page)
    check_fits(page)
    screenshot(page, name)


def enter(open_page: OpenPage, user: User, *, width: int, theme: str) -> Page:
    page = open_page("/masuk/", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill(user.email or "")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize(("width", "theme"), VIEWS)
def test_signing_in(open_page: OpenPage, width: int, theme: str) -> None:
    page = open_page("/masuk/", width=width, theme=theme)
    look(page, f"masuk-{width}-{theme}")
    page.get_by_label("Surel atau NIP").fill("siapa@contoh.go.id")
    page.get_by_label("Kata sandi").fill("bukan kata sandinya")
    page.get_by_role("button", name="Masuk").click()
    page.get_by_text("Ada yang perlu diperbaiki").wait_for()
    look(page, f"masuk-gagal-{width}-{theme}")


@pytest.mark.parametrize(("width", "theme"), VIEWS)
def test_an_admin_at_work(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    bring_figures(now)
    admin = add_person(now, "admin@contoh.go.id", name="Kirana Asih")
    give_role(now, admin, Role.ADMIN)
    today = timezone.localdate(now)
    other = add_person(now, "rangga@contoh.go.id", name="Rangga Wirya Pamungkas", nip="199001012020121001")
    give_role(now, other, Role.EMPLOYEE, until=today)
    give_role(
        now,
        other,
        Role.HEAD,
        units.health,
        until=today + timedelta(days=20),
        capacity=Capacity.ACTING,
        basis="SP 800/12/2026",
    )
    give_link(now, units.health)
    page = enter(open_page, admin, width=width, theme=theme)
    for path, name in (
        ("/profil/", "profil"),
        ("/pengguna/", "pengguna"),
        ("/pengguna/baru/", "akun-baru"),
        (f"/pengguna/{other.public_id}/", "akun"),
        (f"/pengguna/{other.public_id}/peran/baru/", "beri-peran"),
        ("/pengguna/tautan/", "tautan"),
        ("/pengguna/tautan/baru/", "tautan-baru"),
        ("/sandi/", "sandi"),
    ):
        page.goto(path)
        look(page, f"{name}-{width}-{theme}")
    page.goto("/pengguna/tautan/baru/")
    page.get_by_label("Perangkat daerah").select_option(units.health)
    page.get_by_label("Nama penerima").fill("Wulan Sekar")
    page.get_by_label("Jabatan penerima").fill("Kepala Subbagian Keuangan")
    page.get_by_role("button", name="Terbitkan tautan").click()
    page.get_by_text("hanya tampil sekali").wait_for()
    look(page, f"tautan-terbit-{width}-{theme}")


@pytest.mark.parametrize(("width", "theme"), VIEWS)
def test_an_inspector_and_an_operator(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    plant_units(now)
    bring_figures(now)
    user = add_person(now, "wahyu@contoh.go.id", name="Wahyu Lestari")
    give_role(now, user, Role.INSPECTOR)
    give_role(now, user, Role.OPERATOR)
    page = enter(open_page, user, width=width, theme=theme)
    page.get_by_text("Anda bertindak sebagai siapa?").wait_for()
    look(page, f"peran-{width}-{theme}")
    page.get_by_role("button", name="Pilih peran ini").first.click()
    page.get_by_role("heading", name="Jejak audit").wait_for()
    look(page, f"jejak-{width}-{theme}")
    page.goto("/jejak/1/")
    look(page, f"jejak-catatan-{width}-{theme}")
    page.goto("/jejak/")
    page.get_by_role("button", name="Periksa rantai").click()
    page.get_by_text("Rantai utuh").wait_for()
    look(page, f"jejak-utuh-{width}-{theme}")
    page.goto("/peran/")
    page.get_by_role("button", name="Pilih peran ini").last.click()
    page.get_by_role("heading", name="Keadaan sistem").wait_for()
    look(page, f"sistem-{width}-{theme}")


@pytest.mark.parametrize(("width", "theme"), VIEWS)
def test_a_note_through_a_job_link(open_page: OpenPage, width: int, theme: str) -> None:
    now = timezone.now()
    units = plant_units(now)
    bring_figures(now)
    give_link(now, units.health, "alamat-rahasia")
    page = open_page("/tugas/alamat-rahasia/", width=width, theme=theme)
    look(page, f"tugas-{width}-{theme}")
    page.get_by_label("Penyebab").fill("Lelang diulang karena satu penawar.")
    page.get_by_label("Tindak lanjut").fill("Lelang kedua selesai 12 Desember oleh Subbagian Keuangan.")
    page.get_by_role("button", name="Kirim catatan").click()
    page.get_by_text("Catatan Anda tersimpan").wait_for()
    look(page, f"tugas-selesai-{width}-{theme}")
    page.goto("/tugas/tidak-ada/")
    look(page, f"tugas-tutup-{width}-{theme}")


def test_signing_in_and_a_note_need_no_script(open_page: OpenPage) -> None:
    now = timezone.now()
    units = plant_units(now)
    bring_figures(now)
    give_link(now, units.health, "alamat-rahasia")
    page = open_page("/tugas/alamat-rahasia/", script=False)
    page.get_by_label("Penyebab").fill("Lelang diulang.")
    page.get_by_label("Tindak lanjut").fill("Lelang kedua berjalan.")
    page.get_by_role("button", name="Kirim catatan").click()
    page.get_by_text("Catatan Anda tersimpan").wait_for()
