"""The invented files of `luwes demo`, months of them, through the real importers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luwes.apps.attendance.models import MonthRun
from luwes.apps.attendance.runs import start_run
from luwes.apps.attendance.tasks import work_off
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import queries as people
from luwes.apps.people.models import UnitKind
from luwes.apps.sources.actions import choose_values
from luwes.apps.sources.kinds import SKIP
from luwes.apps.sources.models import BatchState, ImportBatch
from luwes.config import demo_files, importing
from luwes.examples.invented.facts.files import SPELLINGS, InventedFile
from luwes.examples.invented.facts.months import DAY_KINDS, KINDS, last_months, month_files
from luwes.examples.invented.facts.truths import Scenario
from luwes.examples.invented.facts.world import Province
from luwes.examples.invented.programmes import PROGRAMMES

# Recaps of the budget are filled in over a longer time than the other files, see `demo.DATES`.
_FACT_KINDS = tuple(kind for kind in KINDS if kind not in {*DAY_KINDS, "budget"})
# Of older months only what was planned: leave and trips move the exposure by little, and reckoning it takes seconds.
_PLANS = ("lots", "flexdays")
# Files with a row per person and day: of the last month alone, and in a large province of some offices alone.
_BY_PERSON = ("punches", "recap", "outputs")
LARGE = 2_000
# Signing reads the whole report: of older months nobody has signed.
SIGNED_MONTHS = 2
# As many people as all the others that work on a programme together.
HOSPITAL = "RSUD Contoh Sehat"


@dataclass(frozen=True, slots=True)
class Filled:
    """How much was brought: files, and the offices whose single persons are in them (None: all).

    `signing` are the months whose forms came with them and whose reports somebody is yet to sign.
    """

    files: int
    offices: frozenset[str] | None
    signing: Sequence[date]


def fill(scenario: Scenario, months: int, today: date) -> Filled:
    """Bring the planned days of this month and the files of the last `months` full ones, each file once.

    The files of single persons come for the last full month only, and in a large province only of the offices that
    work on a strategic programme: a first start must not take minutes.
    """
    province = demo_files.province_of(scenario)
    offices = _offices() if scenario.staff > LARGE else None
    known = _known()
    full = last_months(months, today)
    near = [*last_months(1, today), today.replace(day=1)]
    files = [file for month in full if month not in near for file in _sent(province, month, _PLANS)]
    files.extend(file for month in near for file in _sent(province, month, DAY_KINDS))
    for month in full:
        kinds = [kind for kind in _FACT_KINDS if kind not in _BY_PERSON or month == full[-1]]
        files.extend(_sent(province, month, kinds, offices))
    # What people are planned to do on a day must be known before what came of it.
    new = [file for file in files if (file.source, file.name) not in known]
    for file in new:
        bring(file, today)
    if full and any(file.kind == "punches" for file in new):
        _reckon(full[-1])
    signing = full[-SIGNED_MONTHS:] if any(file.kind == "isian" for file in new) else []
    return Filled(len(new), offices, signing)


def bring(file: InventedFile, today: date) -> ImportBatch:
    """Take one file through the steps of the page; names nobody lists get their meaning as an admin would give it."""
    batch = importing.staged(kind=file.kind, source=file.source, file_name=file.name, payload=file.payload)
    unmapped = [each["value"] for each in batch.summary["unmapped"]]
    if unmapped:
        keys = {unit.name: unit.key for unit in people.units_on(today, kinds=[UnitKind.AGENCY])}
        meant = {spelling: keys.get(office, SKIP) for office, spelling in SPELLINGS.items()}
        with unit_of_work(importing.CONSOLE, timezone.now()):
            batch = choose_values(
                batch_id=batch.public_id,
                version=batch.version,
                choices={value: meant.get(value, SKIP) for value in unmapped},
            )
    return importing.confirmed(batch)


def _sent(
    province: Province, month: date, kinds: Collection[str], offices: frozenset[str] | None = None
) -> Sequence[InventedFile]:
    # Nobody's days are known in a year whose holidays are not.
    if not set(kinds).isdisjoint(DAY_KINDS) and month.year not in demo_files.shipped().years:
        return ()
    return month_files(province, month, kinds=kinds, offices=offices)


def _known() -> set[tuple[str, str]]:
    return set(ImportBatch.objects.filter(state=BatchState.CONFIRMED).values_list("source__name", "file_name"))


def _offices() -> frozenset[str]:
    named = {name for one in PROGRAMMES for name in (one.owner, *one.team)}
    return frozenset(named - {HOSPITAL})


def _reckon(month: date) -> None:
    """Reckon the month from its punches, provisionally, as an admin does before closing it."""
    if not MonthRun.objects.filter(month=month).exists():
        with unit_of_work(importing.CONSOLE, timezone.now()):
            started = start_run(month=month)
        work_off(started, clock=timezone.now)
