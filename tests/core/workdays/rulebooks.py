"""The rulebooks of the product, read the way the product reads them."""

from pathlib import Path

import luwes
from luwes.core.workdays.calendar import Calendar, year_of
from luwes.core.workdays.files import Decree, RamadanWindow, read_decree, read_ramadan
from luwes.core.workdays.worktime import WorkingTime
from luwes.core.workdays.worktime_file import read_worktime

RULEBOOKS = Path(luwes.__file__).parent / "rulebooks"


def decree(name: str) -> Decree:
    return read_decree((RULEBOOKS / "calendars" / f"id-skb-{name}.toml").read_text("utf-8"))


def calendar(*names: str) -> Calendar:
    """One calendar from decrees, a later one replacing an earlier one of its year."""
    return Calendar({(one := decree(name)).year: year_of(one.year, one.holidays) for name in names})


def ramadan() -> tuple[RamadanWindow, ...]:
    return read_ramadan((RULEBOOKS / "calendars" / "ramadan.toml").read_text("utf-8"))


def worktime(code: str) -> WorkingTime:
    return read_worktime((RULEBOOKS / "worktime" / f"{code}.toml").read_text("utf-8"))


LATEST = calendar("2025-2", "2026-1", "2027-1")
