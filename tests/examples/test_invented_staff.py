"""The invented staff: the same each time, in SIASN's shape, dirty as real files are, and readable by the importer."""

import csv
import io
from collections import Counter
from datetime import datetime

import openpyxl
import pytest

from luwes.apps.people.models import Employee, EmployeeVersion, Posting, UnitVersion
from luwes.apps.people.queries import units_on
from luwes.core.nip import parse_nip
from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.people import invented_people
from luwes.examples.invented.staff_file import HEADERS, PRIVATE, rows, write_csv, write_xlsx
from luwes.examples.invented.units import invented_units
from tests.apps.staff_files import choose_rest, confirm, stage
from tests.world import plant_units


def csv_of(staff: int, *, dirty: bool = True) -> bytes:
    file = io.BytesIO()
    write_csv(file, invented_people(staff), dirty=dirty)
    return file.getvalue()


def test_one_number_tells_one_province() -> None:
    assert invented_people(600) == invented_people(600)
    assert csv_of(600) == csv_of(600)
    assert invented_people(600) != invented_people(600, seed=7)


def test_a_province_has_staff() -> None:
    with pytest.raises(ValueError, match="at least one"):
        invented_people(0)


def test_the_units_are_40_agencies_and_what_lies_below() -> None:
    units = invented_units()
    assert 340 <= len(units) <= 400
    assert {unit.office for unit in units} == set(UNIT_NAMES)
    assert sum(unit.name == unit.office for unit in units) == 40
    assert max(Counter(unit.id for unit in units).values()) == 1


def test_nobody_shares_a_number_and_few_numbers_are_odd() -> None:
    people = invented_people(14_000)
    assert len({person.nip for person in people}) == len({person.id for person in people}) == 14_000
    odd = [person for person in people if parse_nip(person.nip).oddities]
    assert 0 < len(odd) < 140
    for person in people[::97]:
        assert parse_nip(person.nip).pppk == person.employment.startswith("PPPK")


def test_the_kinds_of_employment_and_the_marks_of_names_are_there() -> None:
    people = invented_people(3_000)
    assert {person.employment for person in people} == {"PNS", "CPNS", "PPPK", "PPPK Paruh Waktu"}
    letters = set("".join(person.name for person in people))
    assert {"é", "'", "’"} <= letters


def test_the_csv_has_apostrophes_null_and_every_column() -> None:
    table = list(csv.reader(io.StringIO(csv_of(400).decode())))
    assert tuple(table[0]) == HEADERS
    assert len(HEADERS) >= 65
    cells = {cell for row in table[1:] for cell in row}
    assert "null" in cells
    assert all(cell == "null" or cell.startswith("'") for cell in cells)


def test_the_workbook_says_the_same() -> None:
    file = io.BytesIO()
    write_xlsx(file, invented_people(50))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    read = [
        {h: cell or "" for h, cell in zip(HEADERS, row, strict=True)} for row in sheet.iter_rows(2, values_only=True)
    ]
    assert read == [{h: row.get(h, "") for h in HEADERS} for row in rows(invented_people(50))]


def test_without_dirt_every_row_is_one_person() -> None:
    clean = list(rows(invented_people(3_100), dirty=False))
    assert len(clean) == 3_100
    assert all(row["unor_id"] and row["jabatan_nama"] and row["nip_baru"].isdigit() for row in clean)
    dirty = list(rows(invented_people(3_100)))
    assert len(dirty) == 3_102
    assert sum("E+17" in row["nip_baru"] for row in dirty) >= 1


@pytest.mark.django_db
def test_the_importer_makes_the_province_of_it(now: datetime) -> None:
    plant_units(now)
    payload = csv_of(3_100)
    staged = stage(payload, now)
    assert staged.counts["unmapped"] > 2_900
    chosen = choose_rest(staged, now, "new:unit")
    done = confirm(chosen, now)
    mangled = sum("E+17" in row["nip_baru"] for row in rows(invented_people(3_100)))
    assert (done.counts["unmapped"], done.counts["rejected"]) == (0, mangled)
    assert Employee.objects.count() == EmployeeVersion.objects.count() == Posting.objects.count()
    assert Employee.objects.count() == 3_100 - (1 if mangled else 0)
    names = Counter((row.name.casefold(), row.parent_key) for row in units_on(now.date()))
    assert max(names.values()) == 1
    assert not UnitVersion.objects.filter(name__icontains=PRIVATE).exists()
    again = stage(payload, now)
    assert (again.counts["new"], again.counts["changed"], again.counts["gone"]) == (0, 0, 0)
