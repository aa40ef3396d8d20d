"""The invented files by the calendars shipped with the product; needs neither Django nor a database."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from luwes.apps.people.calendars.rulebooks import decrees
from luwes.core.workdays.calendar import Calendar, Pattern, year_of
from luwes.examples.invented.facts.months import last_months, month_files
from luwes.examples.invented.facts.truths import Scenario
from luwes.examples.invented.facts.world import Province


def shipped() -> Calendar:
    """The newest shipped version of every year."""
    return Calendar({decree.year: year_of(decree.year, decree.holidays) for decree in decrees()})


def province_of(scenario: Scenario) -> Province:
    """The province with the working days of the years known, and plain weekdays in the others."""
    known = shipped()

    def works(day: date) -> bool:
        return known.is_working(day, Pattern.FIVE) if day.year in known.years else day.weekday() in Pattern.FIVE.days

    return Province(scenario, works)


def write(scenario: Scenario, months: int, today: date, folder: Path) -> Sequence[Path]:
    """Write the files of the last `months` full months into one folder per month, to be tried by hand."""
    province = province_of(scenario)
    written: list[Path] = []
    for month in last_months(months, today):
        place = folder / f"{month:%Y-%m}"
        place.mkdir(parents=True, exist_ok=True)
        for file in month_files(province, month):
            target = place / f"{file.kind}--{file.name}"
            target.write_bytes(file.payload)
            written.append(target)
    return written
