"""A person notes a day's result on a phone and sees it beside what files say."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import Posting
from luwes.apps.results.models import OwnOutput
from tests.apps.staff_files import RINA, confirm, stage
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.world import PASSWORD, add_person, give_role, plant_units, staff_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_a_result_is_noted_in_one_line(open_page: Callable[..., Page], width: int, theme: str) -> None:
    now = timezone.now()
    staff_of(now, plant_units(now))
    today = timezone.localdate(now)
    Posting.objects.update(period=(today.replace(day=1), None))
    user = add_person(now, "rina@contoh.go.id", name="Rina D'Arcy", nip=RINA)
    give_role(now, user, Role.EMPLOYEE)
    page = open_page("/masuk/", width=width, theme=theme)
    page.get_by_label("Surel atau NIP").fill("rina@contoh.go.id")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)
    page.goto("/hasil-kerja/")
    page.get_by_label("Apa hasilnya").fill("Berkas diperiksa")
    page.get_by_role("button", name="Catat hasil").click()
    page.get_by_text("1 × Berkas diperiksa").wait_for()
    rows = f"nip;tanggal;hasil;jumlah;target\n{RINA};{today:%d/%m/%Y};Surat;7;8"
    confirm(stage(rows.encode(), now, kind="outputs", source="BKD"), now)
    page.reload()
    page.get_by_text("diganti berkas sistem kinerja").wait_for()
    check_axe(page)
    check_fits(page)
    screenshot(page, f"hasil-kerja-{width}-{theme}")
    page.get_by_role("button", name="Hapus Berkas diperiksa").click()
    page.get_by_text("Catatan dihapus.").wait_for()
    assert not OwnOutput.objects.filter(superseded_at=None).exists()
