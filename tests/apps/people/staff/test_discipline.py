"""The discipline import: known people only, corrections beside what they correct."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from luwes.apps.people.models import DisciplineRecord
from luwes.apps.sources.models import ImportBatch, RejectedCell
from tests.apps.staff_files import RINA, YOSE, bring, confirm, person, stage
from tests.world import plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(now: datetime) -> None:
    plant_units(now)
    bring(now, person(), person(RINA, "Rina"))


def measures(*rows: Sequence[str]) -> bytes:
    lines = ["nip;tingkat;mulai;sampai;dalam_proses", *(";".join(row) for row in rows)]
    return "\n".join(lines).encode()


def store(payload: bytes, now: datetime, *, withdraw: bool = False) -> ImportBatch:
    return confirm(stage(payload, now, kind="discipline"), now, withdraw=withdraw)


FIRST = (YOSE, "Ringan", "02/03/2026", "02/09/2026", "Tidak")
PROCESS = (RINA, "Sedang", "03/11/2026", "", "Ya")


def test_measures_and_those_in_process_are_stored(now: datetime) -> None:
    done = store(measures(FIRST, PROCESS), now)
    rows = {row.employee.nip: row for row in DisciplineRecord.objects.select_related("employee")}
    assert (rows[YOSE].level, rows[YOSE].starts, rows[YOSE].ends) == ("ringan", date(2026, 3, 2), date(2026, 9, 2))
    assert (rows[RINA].in_process, rows[RINA].ends) == (True, None)
    assert (done.counts["new"], done.summary["newest"]) == (2, "2026-11-03")
    again = store(measures(FIRST, PROCESS), now)
    assert (again.counts["new"], again.counts["unchanged"]) == (0, 2)


def test_a_correction_supersedes(now: datetime) -> None:
    store(measures(FIRST, PROCESS), now)
    later = now + timedelta(days=2)
    done = store(measures(FIRST, (RINA, "Berat", "03/11/2026", "03/11/2027", "Tidak")), later)
    assert done.counts["changed"] == 1
    old, new = DisciplineRecord.objects.filter(employee__nip=RINA).order_by("pk")
    assert (old.superseded_at, new.superseded_at, new.level) == (later, None, "berat")


def test_what_the_file_no_longer_names_is_withdrawn_on_request(now: datetime) -> None:
    store(measures(FIRST, PROCESS), now)
    staged = stage(measures(FIRST), now, kind="discipline")
    assert staged.counts["gone"] == 1
    confirm(staged, now, withdraw=True)
    assert DisciplineRecord.objects.filter(superseded_at=None).count() == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("198001012005011001", "Ringan", "02/03/2026", "", ""), "employee_unknown"),
        (("123", "Ringan", "02/03/2026", "", ""), "not_a_nip"),
        ((YOSE, "Ringan", "02/03/2026", "02/03/2026", ""), "ends_before_start"),
        ((YOSE, "Gawat", "02/03/2026", "", ""), "not_a_choice"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, row: Sequence[str], code: str) -> None:
    staged = stage(measures(row, PROCESS), now, kind="discipline")
    assert (staged.counts["new"], RejectedCell.objects.get().code) == (1, code)


def test_rows_that_contradict_each_other_are_refused(now: datetime) -> None:
    other = (YOSE, "Berat", "02/03/2026", "", "")
    staged = stage(measures(FIRST, other, PROCESS, PROCESS), now, kind="discipline")
    assert (staged.counts["new"], staged.counts["rejected"], staged.counts["unchanged"]) == (1, 2, 1)
