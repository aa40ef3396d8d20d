"""The calendars and schedules shipped with the product."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import luwes
from luwes.core.workdays.files import Decree, RamadanWindow, read_decree, read_ramadan
from luwes.core.workdays.worktime import WorkingTime
from luwes.core.workdays.worktime_file import read_worktime

FOLDER = Path(luwes.__file__).parent / "rulebooks"


@cache
def decrees() -> Sequence[Decree]:
    """Every shipped calendar, oldest version of a year first."""
    found = [read_decree(file.read_text("utf-8")) for file in (FOLDER / "calendars").glob("id-skb-*.toml")]
    return sorted(found, key=lambda decree: (decree.year, decree.version))


@cache
def ramadan_windows() -> Sequence[RamadanWindow]:
    """Every shipped Ramadan window."""
    return read_ramadan((FOLDER / "calendars" / "ramadan.toml").read_text("utf-8"))


@cache
def schedules() -> Mapping[str, WorkingTime]:
    """Every shipped working-time schedule by its code."""
    found = [read_worktime(file.read_text("utf-8")) for file in sorted((FOLDER / "worktime").glob("*.toml"))]
    return {schedule.code: schedule for schedule in found}
