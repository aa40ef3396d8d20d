"""All files of a month, in the order in which they arrive."""

from collections.abc import Collection, Iterator
from datetime import date

from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.cases import ticket_files
from luwes.examples.invented.facts.counters import openings_file, queue_file
from luwes.examples.invented.facts.files import SOURCES, InventedFile
from luwes.examples.invented.facts.forms import form_file
from luwes.examples.invented.facts.government import bill_file, budget_file, complaint_file, program_file
from luwes.examples.invented.facts.outputs import output_files
from luwes.examples.invented.facts.plan import plan_of
from luwes.examples.invented.facts.presence import punch_files, recap_file
from luwes.examples.invented.facts.surveys import survey_files
from luwes.examples.invented.facts.world import Province, preceding

# The days people plan come first: what was flexible is known before what came of it.
DAY_KINDS = ("lots", "leave", "trips", "flexdays")
_BY_PROVINCE = {
    "tickets": ticket_files,
    "queue": queue_file,
    "survey": survey_files,
    "complaints": complaint_file,
    "openings": openings_file,
    "bills": bill_file,
    "programs": program_file,
    "budget": budget_file,
    "isian": form_file,
}
_BY_PERSON = {"punches": punch_files, "recap": recap_file, "outputs": output_files}
KINDS = (*DAY_KINDS, *_BY_PERSON, *_BY_PROVINCE)


def month_files(
    province: Province, month: date, *, kinds: Collection[str] = KINDS, offices: Collection[str] | None = None
) -> list[InventedFile]:
    """The files about the month that begins with this day; the same scenario gives the same bytes.

    `offices` limits the files about single persons to some perangkat daerah, where a whole province would be too
    much. Files without a row are not sent. Raises ValueError for a kind that is not one of `KINDS`.
    """
    unknown = set(kinds) - set(KINDS)
    if unknown:
        raise ValueError(f"no such files: {sorted(unknown)}")
    found = list(_planned(province, month, kinds))
    for kind, by_person in _BY_PERSON.items():
        if kind in kinds:
            found.extend(by_person(province, month, offices))
    for kind, by_province in _BY_PROVINCE.items():
        if kind in kinds:
            found.extend(by_province(province, month))
    return sorted(found, key=lambda file: file.arrives)


def last_months(count: int, before: date) -> list[date]:
    """The first days of the last `count` full months before a day, the oldest first."""
    found: list[date] = []
    month = before.replace(day=1)
    for _ in range(count):
        month = preceding(month)
        found.append(month)
    return found[::-1]


def _planned(province: Province, month: date, kinds: Collection[str]) -> Iterator[InventedFile]:
    files = plan_of(province, month).files
    for kind in DAY_KINDS:
        if kind in kinds and files.rows[kind]:
            name = f"{kind}-{month:%Y-%m}.csv"
            yield InventedFile(kind, SOURCES[kind], name, month - 5 * DAY, files.csv(kind))
