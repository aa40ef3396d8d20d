"""Somebody who reads every page and subtracts: no sum about fewer than five people comes out of what is shown."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from luwes.apps.accounts.roles import Role
from luwes.apps.attendance.models import Punch
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import actions
from luwes.apps.people.models import Employee, Service, Unit, UnitKind
from luwes.apps.reporting.four import output_answer, unit_presence_answer, unit_questions
from luwes.apps.reporting.monthly import Monthly, monthly, monthly_report
from luwes.apps.reporting.standards import FLEXIBLE, OTHER, standards
from luwes.apps.reporting.standards_wording import promises
from luwes.apps.reporting.tellable import tellable
from luwes.apps.results.models import ComplaintMonth, OutputRow, ServiceFigure
from luwes.apps.schedule.models import ExposureDay
from luwes.apps.sources.models import ImportBatch
from luwes.core.indicators.standard import Verdict
from tests.apps.reporting.test_monthly import DAYS, OCTOBER, TODAY, pk, presence, table
from tests.apps.results.services import world as w
from tests.apps.results.services.test_survey import GOOD
from tests.apps.results.services.test_survey import HEADERS as SURVEY
from tests.world import SETUP, Units, bring_figures, client_as, plant_service, plant_units

pytestmark = pytest.mark.django_db
# The people of each unit alone, and the units that are in the sum of each.
OWN = {"top": 0, "health": 1, "section": 7, "desk": 3, "works": 20}
INSIDE = {
    "top": ("top", "health", "section", "desk", "works"),
    "health": ("health", "section", "desk"),
    "section": ("section",),
    "desk": ("desk",),
    "works": ("works",),
}
PEOPLE = {name: sum(OWN[unit] for unit in inside) for name, inside in INSIDE.items()}


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def keys(now: datetime, units: Units) -> dict[str, str]:
    with unit_of_work(SETUP, now):
        health = Unit.objects.get(key=units.health)
        desk = actions.create_unit(code="1.02.2", name="Loket", kind=UnitKind.UNIT, parent=health)
    return {
        "top": units.government,
        "health": units.health,
        "section": units.section,
        "desk": desk.key,
        "works": units.works,
    }


@pytest.fixture
def batch(now: datetime, units: Units) -> ImportBatch:
    return ImportBatch.objects.get(public_id=bring_figures(now))


def subtracted(shown: Mapping[str, int]) -> Iterator[tuple[frozenset[str], int]]:
    """The units, and their sum, that come of adding and subtracting some of what is shown."""
    for signs in product((-1, 0, 1), repeat=len(shown)):
        counts = Counter[str]()
        for sign, name in zip(signs, shown, strict=True):
            counts.update(dict.fromkeys(INSIDE[name], sign))
        if set(counts.values()) <= {0, 1}:
            units = frozenset(name for name, count in counts.items() if count)
            yield units, sum(sign * number for sign, number in zip(signs, shown.values(), strict=True))


def found(shown: Mapping[str, int], own: Mapping[str, int], times: int) -> set[int]:
    """About how many people are the sums somebody finds; each holds `times` per head, or the attack is none."""
    people = set()
    for units, number in subtracted(shown):
        people.add(sum(own[name] for name in units))
        assert number == times * sum(own[name] for name in units)
    return people


FEW = {1, 2, 3, 4}


def numbers(text: str) -> list[int]:
    return [int(number.replace(".", "")) for number in re.findall(r"\d[\d.]*", text)]


def required(one: Monthly) -> int | None:
    """The person-days the report of a unit shows, all kinds of days together."""
    cells = [row[1] for row in table(one, "Kehadiran")]
    return sum(int(str(cell)) for cell in cells) if cells and None not in cells else None


def test_presence_of_four_people_is_on_no_page_and_in_no_difference(
    now: datetime, units: Units, keys: dict[str, str]
) -> None:
    for name, count in PEOPLE.items():
        presence(now, keys[name], required=count, present=count, elsewhere=2, planned=(4, 2 * count))
    reports = {name: required(monthly(key, OCTOBER, TODAY)) for name, key in keys.items()}
    pages = {
        name: numbers(answer.sentence)[-1]
        for name, key in keys.items()
        if (answer := unit_presence_answer(key, OCTOBER, TODAY)).number
    }
    assert pages == {name: value for name, value in reports.items() if value is not None}
    # The one of the office itself and the three at the desk: the section goes with them.
    assert pages == {name: 22 * PEOPLE[name] for name in ("top", "health", "works")}
    assert FEW.isdisjoint(found(pages, OWN, 22))
    # The same line on the page of presence, for who sees no names.
    leader = client_as(now, Role.LEADER)
    for name, key in keys.items():
        html = leader.get(f"/presensi/unit/{key}/?bulan=2026-10").content.decode()
        assert ("Angkanya tidak ditampilkan" in html) is (name not in pages)


def test_the_attack_of_these_tests_finds_what_lies_open() -> None:
    open_wide = {name: 22 * PEOPLE[name] for name in ("top", "health", "section", "works")}
    assert found(open_wide, OWN, 22) & FEW == {4}, "the office and the desk together"
    assert found({**open_wide, "desk": 66}, OWN, 22) & FEW == {1, 3, 4}


def test_plans_are_hidden_along_the_same_tree(now: datetime, keys: dict[str, str]) -> None:
    for name, count in PEOPLE.items():
        presence(now, keys[name], required=count, present=count, planned=(4, 2 * count))
    told = tellable(OCTOBER, TODAY)
    for shown in (told.presence, told.plans):
        assert shown.month == shown.kinds == {keys[name] for name in ("top", "health", "works")}
    row = table(monthly(keys["section"], OCTOBER, TODAY), "Rencana dan kenyataan hari fleksibel")
    assert [line[2:4] for line in row] == [[None, None]] * 3
    assert not any("direncanakan" in line.text for line in monthly(keys["section"], OCTOBER, TODAY).lines)


def test_a_kind_of_day_with_few_people_below_hides_the_kinds_above(now: datetime, keys: dict[str, str]) -> None:
    """On Fridays three of the works' twenty are on duty: its kinds are hidden, and by the government's the others'."""
    for name in ("top", "health", "works"):
        presence(now, keys[name], required=PEOPLE[name], present=5, planned=(4, 2 * PEOPLE[name]))
    for name, people in (("works", 3), ("top", PEOPLE["top"] - 17)):
        fridays = ExposureDay.objects.filter(unit_id=pk(keys[name]), kind="flexible")
        fridays.update(on_duty=2 * people)
    plans = tellable(OCTOBER, TODAY).plans
    assert plans.month == {keys[name] for name in ("top", "health", "works")}
    assert plans.kinds == {keys["top"]}


def complain(now: datetime, batch: ImportBatch, own: Mapping[str, int]) -> None:
    for key, done in own.items():
        ComplaintMonth.objects.create(
            unit_id=pk(key), month=OCTOBER, done=done, in_process=0, batch=batch, row_number=3, recorded_at=now
        )


def test_complaints_of_a_small_office_are_not_the_rest_of_the_others(
    now: datetime, batch: ImportBatch, keys: dict[str, str]
) -> None:
    complain(now, batch, {keys["section"]: 9, keys["desk"]: 3, keys["works"]: 14})
    shown = {}
    for name, key in keys.items():
        one = monthly("" if name == "top" else key, OCTOBER, TODAY)
        if rows := table(one, "Pengaduan"):
            shown[name] = int(str(rows[0][0]))
        heard = " ".join(unit_questions(key, OCTOBER, TODAY)[0].answer.notices)
        assert ("Pengaduan:" in heard) is (name in shown)
        assert any("Pengaduan tidak ditampilkan" in gap for gap in one.gaps) is (name not in shown)
    assert shown == {"top": 26, "health": 12, "works": 14}
    own = {"top": 0, "health": 0, "section": 9, "desk": 3, "works": 14}
    assert FEW.isdisjoint(found(shown, own, 1))


def work(now: datetime, batch: ImportBatch, key: str, label: str, people: int, *, first: int = 0) -> None:
    for number in range(first, first + people):
        nip = f"1990010120150310{number:02d}"
        employee = Employee.objects.filter(nip=nip).first() or Employee.objects.create(
            nip=nip, name=f"Orang {number}", name_key=f"orang {number}"
        )
        OutputRow.objects.create(
            unit_id=pk(key),
            employee=employee,
            since=OCTOBER,
            until=OCTOBER + timedelta(days=31),
            label=label,
            count=100,
            target=100,
            batch=batch,
            row_number=number + 2,
            recorded_at=now,
        )


def test_results_of_few_are_in_no_sum_and_in_no_difference(
    now: datetime, batch: ImportBatch, keys: dict[str, str]
) -> None:
    work(now, batch, keys["section"], "Surat", 8)
    work(now, batch, keys["desk"], "Surat", 3, first=10)
    work(now, batch, keys["works"], "Surat", 9, first=20)
    # A kind of result that two people have: not in the sum over all kinds either.
    work(now, batch, keys["works"], "Peta", 2, first=20)
    letters = {}
    for name, key in keys.items():
        one = monthly("" if name == "top" else key, OCTOBER, TODAY)
        told = {str(row[0]): row[1] for row in table(one, "Hasil kerja")}
        assert told.get("Peta") is None
        if told.get("Surat") is not None:
            letters[name] = int(str(told["Surat"]))
        inside = [row.pk for row in Unit.objects.filter(key__in=one.facts.keys)]
        answer = output_answer(OCTOBER, TODAY, "" if name == "top" else key, inside)
        sums = numbers(answer.sentence.split("mencapai")[-1])[:2] if answer.number else []
        assert sums in ([], [letters.get(name)] * 2)
        files = [line.rows for line in one.files if line.what == "Hasil kerja"]
        assert (None in files) is (name in ("top", "works", "section", "desk")), "rows are somebody's"
    assert letters == {"top": 2_000, "health": 1_100, "works": 900}
    own = {"top": 0, "health": 0, "section": 8, "desk": 3, "works": 9}
    assert FEW.isdisjoint(found(letters, own, 100))


def test_three_cases_of_flexible_days_are_not_all_less_the_others(now: datetime, units: Units) -> None:
    key, _point = plant_service(now, units.section)
    for day in DAYS:
        of = 4 if day.weekday() < 4 else int(day.day < 18)
        ServiceFigure.objects.create(
            service=Service.objects.get(key=key), day=day, measure="within_time", kept=of, of=of, computed_at=now
        )
        ExposureDay.objects.create(
            service=Service.objects.get(key=key),
            day=day,
            flexible=2 if day.weekday() == 4 else 0,
            on_duty=8,
            exposure=0,
            largest=0,
            silent_links=0,
            kind="flexible" if day.weekday() == 4 else "other",
            threshold="0.1",
            computed_at=now,
        )
    (one,) = standards(OCTOBER, until=TODAY)
    said = {kind: promises(one.answers[kind])[0] for kind in one.answers}
    assert "dari 71 perkara" in said["all"]
    assert "kurang dari lima perkara, tidak ditampilkan" in said[FLEXIBLE]
    assert "tidak ditampilkan" in said[OTHER]
    assert "68" not in said[OTHER]
    assert one.answers[OTHER].promises[0].verdict is Verdict.MEETS


def test_the_annex_counts_no_file_that_tells_of_a_hidden_service(now: datetime) -> None:
    world = w.plant(now)
    plant_service(now, world.units.section, name="Kalibrasi alat")
    few = [row.replace("Pengujian sampel", "Kalibrasi alat") for row in [GOOD] * 3]
    w.store(now, "survey", SURVEY, *[GOOD] * 9, *few)
    (line,) = monthly("", date(2026, 11, 1), TODAY).files
    assert (line.rows, line.first, line.last) == (None, None, None), "12 rows less nine answers"
    annex = monthly_report(monthly("", date(2026, 11, 1), TODAY)).tables[-1]
    assert "akan terbaca darinya" in annex.note


def test_the_annex_of_no_office_is_the_one_above_it_less_the_ones_beside_it(
    now: datetime, keys: dict[str, str]
) -> None:
    """Two files, each with three answers of the desk: six in the month may be told, three of a file may not."""
    shown: dict[str, int] = {}
    for unit, service in (("section", "Pengujian"), ("desk", "Loket"), ("works", "Izin jalan")):
        plant_service(now, keys[unit], name=service)
    rows = {
        service: [GOOD.replace("Pengujian sampel", service)] * count
        for service, count in (("Pengujian", 9), ("Loket", 3), ("Izin jalan", 20))
    }
    for file in range(2):
        lines = [row.replace("23/11/2026", f"{23 + file}/11/2026") for service in rows.values() for row in service]
        w.store(now, "survey", SURVEY, *lines)
    for name, key in keys.items():
        one = monthly("" if name == "top" else key, date(2026, 11, 1), TODAY)
        counted = {line.rows for line in one.files if line.what == "Survei"}
        assert len(counted) == 1
        if (count := counted.pop()) is not None:
            shown[name] = count
    assert shown == {"top": 32, "health": 12, "works": 20}
    assert FEW.isdisjoint(found(shown, {"top": 0, "health": 0, "section": 9, "desk": 3, "works": 20}, 1))


@pytest.mark.parametrize(("persons", "told"), [(4, (None, None, None)), (5, (10, 2, 11))])
def test_a_file_of_four_peoples_punches_is_counted_nowhere(
    now: datetime, keys: dict[str, str], batch: ImportBatch, persons: int, told: tuple[int | None, ...]
) -> None:
    presence(now, keys["top"], required=40, present=40)
    for number in range(2 * persons):
        nip = f"1990010120150310{number % persons:02d}"
        who, _ = Employee.objects.get_or_create(nip=nip, name=f"Orang {nip}", name_key=f"orang {nip}")
        Punch.objects.create(
            employee=who,
            at=now - timedelta(days=40, minutes=number),
            day=OCTOBER + timedelta(days=15),
            minute=450,
            batch=batch,
            row_number=number + 2,
            recorded_at=now,
        )
    (line,) = [one for one in monthly("", OCTOBER, TODAY).files if one.what == "Presensi"]
    assert (line.rows, line.first, line.last) == told
