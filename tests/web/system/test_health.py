"""The system page shows what `luwes check` prints."""

from datetime import datetime

import pytest
from django.test import Client, override_settings

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.verify import head
from luwes.config.health.line import Health, State
from tests.world import bring_figures, client_as, plant_units

pytestmark = pytest.mark.django_db


def bad(now: datetime) -> list[Health]:
    return [
        Health("Semua baik."),
        Health("Ruang simpan hampir habis.", State.WARN, "Kosongkan ruang."),
        Health("Cadangan gagal.", State.FAIL, "Jalankan: luwes backup"),
    ]


FAULTS = [bad]


@pytest.fixture
def browser(present: datetime) -> Client:
    return client_as(present, Role.OPERATOR)


def test_every_line_of_the_check_is_shown(browser: Client, present: datetime) -> None:
    plant_units(present)
    bring_figures(present)
    html = browser.get("/sistem/").content.decode()
    for words in ("Basis data: PostgreSQL", "Susunan basis data", "Jam:", "Zona waktu", "Ruang simpan", "dari Biro"):
        assert words in html, words
    assert head() in html


@override_settings(HEALTH_CHECKS="tests.web.system.test_health.FAULTS")
def test_what_is_broken_stands_first_with_what_to_do(browser: Client) -> None:
    html = browser.get("/sistem/").content.decode()
    assert "2 hal perlu perhatian" in html
    places = [html.index(words) for words in ("Cadangan gagal.", "Ruang simpan hampir habis.", "Semua baik.")]
    assert places == sorted(places)
    assert "Jalankan: luwes backup" in html
