"""A recap that too few have reported for yet does not take the leader's page over, and is not hidden either."""

from datetime import UTC, date, datetime

import pytest

from luwes.apps.audit.actor import system
from luwes.apps.reporting.answers import leadership_answer
from luwes.apps.reporting.budget import LeadershipPage, leadership_page
from tests.apps.budget_files import Row, row
from tests.apps.reporting.figures import JUNE, OCTOBER, kalteng, store_rows

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def rows(count: int, as_of: str, year: int = 2026) -> list[Row]:
    return [row(str(n), f"Dinas {n}", 1_000, 400, as_of=as_of, year=year) for n in range(1, count + 1)]


def page(as_of: date | None = None, today: date = TODAY) -> LeadershipPage:
    return leadership_page(as_of, system("test"), today=today)


def test_seven_of_ten_do_not_speak_for_all() -> None:
    store_rows([*rows(10, "2026-10-31"), *rows(7, "2026-11-15")], NOW)
    found = page()
    assert found.shown is not None
    assert found.shown.as_of == date(2026, 10, 31)
    told = leadership_answer(found)
    assert "Rekap per Minggu, 15 November 2026 baru memuat 7 perangkat daerah" in told.gaps[0]
    assert not any("tanggal lampau" in notice for notice in told.notices), "nobody chose a past date"


def test_eight_of_ten_do() -> None:
    store_rows([*rows(10, "2026-10-31"), *rows(8, "2026-11-15")], NOW)
    found = page()
    assert found.shown is not None
    assert (found.shown.as_of, found.partial) == (date(2026, 11, 15), None)


def test_the_governments_own_total_is_whole_by_itself() -> None:
    kalteng(NOW, JUNE, OCTOBER)
    found = page(today=date(2025, 11, 10))
    assert found.shown is not None
    assert (found.shown.as_of, found.partial) == (OCTOBER, None)


def test_the_first_reports_of_january_do_not_pass_for_all() -> None:
    store_rows([*rows(10, "2025-12-31", 2025), *rows(2, "2026-01-31")], NOW)
    found = page(today=date(2026, 2, 5))
    assert found.shown is not None
    assert found.shown.as_of == date(2025, 12, 31)


def test_who_asks_for_the_partial_date_gets_it() -> None:
    store_rows([*rows(10, "2026-10-31"), *rows(7, "2026-11-15")], NOW)
    found = page(date(2026, 11, 15))
    assert found.shown is not None
    assert (found.shown.as_of, found.partial) == (date(2026, 11, 15), None)


def test_an_old_whole_recap_is_still_called_old() -> None:
    store_rows([*rows(10, "2026-08-31"), *rows(2, "2026-11-15")], NOW)
    found = page()
    assert found.age is not None
    assert found.age.stale
    assert leadership_answer(found).word == "Data lama"
