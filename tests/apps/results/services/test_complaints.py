"""Recaps of complaints per unit, month and channel."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.people.models import Unit
from luwes.apps.results.models import ComplaintMonth
from luwes.apps.results.services import complaints
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import Coverage, kind_of
from luwes.apps.sources.models import ImportBatch
from luwes.core.indicators.complaints import ComplaintSums, added_channels
from tests.apps.results.services import world as w
from tests.apps.results.services.world import codes, counts, findings
from tests.apps.staff_files import choose_rest, confirm, stage
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
HEADERS = "OPD;Periode;Saluran;Belum Disposisi;Belum Tindak Lanjut;Dalam Proses;Selesai;Total"
HEALTH, WORKS = "Dinas Kesehatan", "Dinas Pekerjaan Umum"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    return plant_units(now)


def recap(unit: str, states: str, *, month: str = "Oktober 2026", channel: str = "LAPOR", total: str = "") -> str:
    return ";".join((unit, month, channel, *states.split(), total))


def staged(now: datetime, *rows: str, source: str = "Diskominfo") -> ImportBatch:
    return w.staged(now, "complaints", HEADERS, *rows, source=source)


def store(now: datetime, *rows: str, source: str = "Diskominfo") -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now)


def pk(key: str) -> int:
    return Unit.objects.get(key=key).pk


def test_a_recap_is_kept_by_state_and_channel_and_summed_by_month(now: datetime, units: Units) -> None:
    batch = store(now, recap(HEALTH, "1 2 4 11", total="18"), recap(HEALTH, "0 0 1 2", channel="SMS"))
    assert (counts(batch), findings(batch), batch.summary["newest"]) == ((2, 0, 0, 0), {}, "2026-10-31")
    found = complaints.sums([OCTOBER, NOVEMBER])
    assert found == {(pk(units.health), OCTOBER): ComplaintSums(1, 2, 5, 13, frozenset({"LAPOR", "SMS"}))}
    assert found[pk(units.health), OCTOBER].total == 21
    row = ComplaintMonth.objects.get(channel="LAPOR")
    assert (row.batch, row.row_number) == (batch, 2)


def test_a_new_channel_can_be_told_from_worse_service(now: datetime, units: Units) -> None:
    store(now, recap(HEALTH, "0 0 1 2"))
    store(now, recap(HEALTH, "0 0 1 2", month="11/2026"), recap(HEALTH, "0 0 4 2", month="11/2026", channel="QR"))
    found = complaints.sums([OCTOBER, NOVEMBER])
    unit = pk(units.health)
    assert added_channels(found[unit, OCTOBER], found[unit, NOVEMBER]) == ("QR",)


def test_an_unknown_unit_is_asked_for_once_and_remembered(now: datetime, units: Units) -> None:
    batch = staged(now, recap("Dinkes Prov", "0 0 1 2"))
    assert [one["value"] for one in batch.summary["unmapped"]] == ["Dinkes Prov"]
    confirm(choose_rest(batch, now, units.health), now)
    assert counts(staged(now, recap("Dinkes Prov", "0 0 1 2"))) == (0, 0, 1, 0)


def test_a_corrected_recap_revises_and_the_same_again_does_not(now: datetime, units: Units) -> None:
    store(now, recap(HEALTH, "1 2 4 11"), recap(WORKS, "0 0 0 3"))
    later = now + timedelta(days=3)
    assert counts(store(later, recap(HEALTH, "0 0 4 14"), recap(WORKS, "0 0 0 3"))) == (0, 1, 1, 0)
    assert ComplaintMonth.objects.get(superseded_at=later).done == 11
    assert complaints.sums([OCTOBER])[pk(units.health), OCTOBER].done == 14


def test_a_channel_a_recap_no_longer_names_is_told_for_its_unit_and_month(now: datetime, units: Units) -> None:
    store(now, recap(HEALTH, "0 0 1 2"), recap(HEALTH, "0 0 1 1", channel="SMS"), recap(WORKS, "0 0 0 3"))
    again = staged(now, recap(HEALTH, "0 0 1 2"))
    assert counts(again) == (0, 0, 1, 1), "public works is not spoken of"
    confirm(again, now, withdraw=True)
    assert complaints.sums([OCTOBER])[pk(units.health), OCTOBER].total == 3


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (recap(HEALTH, "0 0 -1 2"), "below_minimum"),
        (recap(HEALTH, "0 0 1,5 2"), "not_whole"),
        (recap(HEALTH, "0 0 1 2", month="kemarin"), "not_a_month"),
        (recap(HEALTH, "0 0 2000000 2"), "above_maximum"),
    ],
)
def test_counts_that_cannot_be_are_refused(now: datetime, row: str, code: str) -> None:
    assert codes(staged(now, row)) == [code]


def test_odd_rows_are_told_and_rows_at_odds_refused(now: datetime) -> None:
    one = recap(HEALTH, "1 2 4 11", total="20")
    batch = staged(now, one, one, recap(WORKS, "0 0 0 1", month="12/2026"))
    assert findings(batch) == {"in_the_future": 1, "repeated_rows": 1, "total_differs": 2}
    assert codes(staged(now, one, recap(HEALTH, "1 2 4 12"))) == ["rows_differ", "rows_differ"]


def test_months_without_a_recap_are_not_covered(now: datetime) -> None:
    store(now, recap("UPT Laboratorium", "0 0 1 2"))
    found = kind_of("complaints").coverage([OCTOBER, NOVEMBER])
    assert found == {OCTOBER: Coverage(1, 2), NOVEMBER: Coverage(0, 2)}, "a unit speaks for its agency"


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, file_format: str) -> None:
    batch = stage(template_file(kind_of("complaints"), file_format), now, kind="complaints")
    assert (batch.counts["rows"], batch.counts["rejected"], batch.counts["new"]) == (1, 0, 1)


CELL = st.one_of(
    st.sampled_from([HEALTH, "1", "0", "-", "", "Oktober 2026", "10/2026", "1.000", "2,5"]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.just(HEALTH) | CELL, *[CELL] * 7), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, rows: list[tuple[str, ...]]) -> None:
    ComplaintMonth.objects.all().delete()
    batch = staged(now, *(";".join(row) for row in rows), recap(WORKS, "0 0 0 1"), source="Uji")
    if batch.counts["unmapped"]:
        batch = choose_rest(batch, now, "skip")
    if batch.counts["new"]:
        confirm(batch, now)
        assert ComplaintMonth.objects.count() == batch.counts["new"]
