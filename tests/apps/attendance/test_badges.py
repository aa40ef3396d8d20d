"""Lists of badge numbers: whom a machine's number means, and the punches that come in by them."""

from datetime import datetime, timedelta

import pytest

from luwes.apps.attendance import punch_wording
from luwes.apps.attendance.models import Badge, Punch
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import ImportBatch, RejectedCell
from tests.apps.staff_files import MARUF, RINA, YOSE, confirm, stage
from tests.world import plant_units, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(now: datetime) -> None:
    staff_of(now, plant_units(now))


def listed(now: datetime, *rows: str) -> ImportBatch:
    return stage("\n".join(["Badge;SN;NIP", *rows]).encode(), now, kind="badges", source="BKD")


def punched(now: datetime, *rows: str) -> ImportBatch:
    lines = [f"{row.split()[0]},2026-10-05 07:00:00,I,{row.split()[1]}" for row in rows]
    return stage("\n".join(["badgenumber,checktime,checktype,SN", *lines]).encode(), now, kind="punches")


def refused(batch: ImportBatch) -> list[tuple[int, str]]:
    return list(RejectedCell.objects.filter(batch=batch).order_by("row_number").values_list("row_number", "code"))


def whose() -> set[tuple[str, str]]:
    return set(Punch.objects.values_list("device", "employee__nip"))


def test_a_listed_number_brings_in_what_was_refused(now: datetime) -> None:
    rows = ("00045 M1", "00045 M2")
    assert refused(punched(now, *rows)) == [(2, "badge_unknown"), (3, "badge_unknown")]
    confirm(listed(now, f"00045;;{YOSE}"), now)
    batch = confirm(punched(now, *rows), now)
    assert (batch.counts["new"], batch.counts["rejected"], whose()) == (2, 0, {("M1", YOSE), ("M2", YOSE)})


def test_the_same_number_means_somebody_else_on_another_machine(now: datetime) -> None:
    confirm(listed(now, f"45;;{YOSE}", f"45;M2;{RINA}", f"46;M1;{MARUF}"), now)
    batch = punched(now, "45 M1", "45 M2", "45 M3", "46 M1", "46 M2")
    assert (batch.counts["new"], refused(batch)) == (4, [(6, "badge_unknown")])
    assert batch.summary["findings"] == [], "the number is known, only not on that machine"
    confirm(batch, now)
    assert whose() == {("M1", YOSE), ("M2", RINA), ("M3", YOSE), ("M1", MARUF)}


def test_a_list_is_revised_and_keeps_its_history(now: datetime) -> None:
    confirm(listed(now, f"45;;{YOSE}", f"46;;{RINA}"), now)
    later = now + timedelta(days=1)
    again = listed(later, f"45;;{MARUF}")
    assert (again.counts["changed"], again.counts["gone"]) == (1, 1)
    confirm(again, later, withdraw=True)
    current = Badge.objects.filter(superseded_at=None)
    assert list(current.values_list("badge", "employee__nip")) == [("45", MARUF)]
    assert Badge.objects.count() == 3
    assert listed(later, f"45;;{MARUF}").counts["unchanged"] == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("45;;123", "not_a_nip"),
        ("45;;199001012015011001", "employee_unknown"),
        (f"{'9' * 41};;{YOSE}", "number_too_long"),
        (f"45;{'9' * 41};{YOSE}", "number_too_long"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, row: str, code: str) -> None:
    batch = listed(now, row)
    assert (batch.counts["new"], refused(batch)) == (0, [(2, code)])


def test_two_people_for_one_number_are_refused(now: datetime) -> None:
    batch = listed(now, f"45;;{YOSE}", f"45;;{RINA}", f"46;;{YOSE}", f"46;;{YOSE}")
    assert (batch.counts["new"], refused(batch)) == (1, [(2, "rows_differ"), (3, "rows_differ")])


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, file_format: str) -> None:
    batch = stage(template_file(kind_of("badges"), file_format), now, kind="badges")
    assert (batch.counts["new"], batch.counts["rejected"]) == (2, 0)
    confirm(batch, now)
    assert set(Badge.objects.values_list("badge", "device")) == {("00045", "0012345"), ("10731", "")}


def test_every_sentence_is_whole() -> None:
    for code in ("not_a_nip", "employee_unknown", "number_too_long", "rows_differ", "repeated_rows"):
        assert punch_wording.say_of_badges(code, {"count": 2}).endswith(".")
