"""The calendar in a real browser: readable by everyone, at every width, in both themes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from luwes.apps.accounts.models import RoleAssignment
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.calendars.blackouts import add_blackout
from luwes.apps.people.programmes.actions import Milestone, ProgramFacts, create_program
from luwes.core.workdays.periods import Period
from tests.browser.conftest import check_axe, check_fits, screenshot
from tests.browser.test_leadership import leader
from tests.world import SETUP, plant_units

pytestmark = pytest.mark.browser


@pytest.fixture
def program(site: str, now: datetime) -> str:
    units = plant_units(now)
    with unit_of_work(SETUP, now):
        seed_calendars()
    with unit_of_work(SETUP, now):
        first = date(2026, 12, 14)
        for unit, name in (("", "Tutup tahun anggaran"), (units.health, "Pekan imunisasi")):
            period = Period(first, first + timedelta(days=12))
            add_blackout(unit_key=unit, period=period, name=name, basis="SE Sekda")
        step = Milestone(date(2026, 11, 1), "Aspal 40 km")
        run = Period(date(2026, 9, 1), date(2026, 12, 11))
        facts = ProgramFacts(name="Jalan desa", owner=units.works, team=[units.health], period=run, milestones=[step])
        return create_program(facts=facts)


@pytest.mark.parametrize(("theme", "role"), [("light", Role.ADMIN), ("dark", Role.LEADER)])
def test_the_calendar_fits_and_is_accessible(
    program: str, now: datetime, open_page: Callable[..., Page], theme: str, role: Role
) -> None:
    state: dict[str, Any] = leader(now)
    RoleAssignment.objects.update(role=role.value)
    pages = (
        ("/kalender/?tahun=2026", "kalender"),
        ("/kalender/jam-kerja/", "jam-kerja"),
        (f"/kalender/program/{program}/", "program"),
        *([(f"/kalender/program/{program}/ubah/", "ubah-program")] if role is Role.ADMIN else []),
    )
    for width in (320, 390, 1280):
        for path, name in pages:
            page = open_page(path, width=width, theme=theme, storage_state=state)
            check_fits(page)
            check_axe(page)
            screenshot(page, f"{name}-{width}-{theme}")
    page = open_page("/kalender/?tahun=2026", width=390, theme=theme, storage_state=state, text="200%")
    check_fits(page)


def test_the_calendar_is_reached_from_the_menu_of_the_person(
    program: str, now: datetime, open_page: Callable[..., Page]
) -> None:
    page = open_page("/profil/", width=390, storage_state=leader(now))
    page.locator(".mast .menu > summary").last.click()
    page.get_by_role("link", name="Kalender").first.click()
    page.wait_for_url("**/kalender/")
    assert page.locator("table.month").count() == 12
