"""Queues: single numbers become counts per minute of a day; days are replaced whole."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.results.measures import Measure, WaitSums
from luwes.apps.results.models import QueueDay, ServiceFigure
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import ImportBatch
from tests.apps.results.services import world as w
from tests.apps.results.services.world import FRIDAY, MONDAY, TEST, TUESDAY, World, codes, counts, findings
from tests.apps.staff_files import choose_rest, confirm, stage

HEADERS = "Layanan;Loket;Tanggal;No Antrian;Jam Ambil;Jam Panggil;Jam Selesai"


def visit(number: str, came: str, called: str = "", served: str = "", *, day: str = "23/11/2026", at: str = "") -> str:
    return ";".join((TEST, at, day, number, came, called, served))


def staged(now: datetime, *rows: str, source: str = "Mesin antrean") -> ImportBatch:
    return w.staged(now, "queue", HEADERS, *rows, source=source)


def store(now: datetime, *rows: str, source: str = "Mesin antrean") -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now)


def sums(service: int, day: date = MONDAY) -> WaitSums:
    return WaitSums.from_json(w.figure(service, day, Measure.QUEUE_WAIT).sums)


def test_numbers_become_counts_per_minute(now: datetime, world: World) -> None:
    batch = store(
        now,
        visit("A1", "07.52", "08.04", "08.19"),
        visit("A2", "7:55", "8:07:01", "8:20"),
        visit("A3", "08.01"),
        visit("A4", "08.02", "08.30"),
    )
    assert counts(batch) == (4, 0, 0, 0), "rows of the file, not days"
    row = QueueDay.objects.get()
    assert (row.arrived, row.called, row.served, row.batch, row.row_number) == (4, 3, 2, batch, 2)
    assert row.waits == {"12": 1, "13": 1, "28": 1}, "a minute begun is a minute waited"
    assert row.serving == {"13": 1, "15": 1}
    found = sums(world.test)
    assert (found.queue.abandoned, found.queue.unserved, found.queue.median) == (1, 1, 13)
    assert w.kept(world.test, MONDAY, Measure.QUEUE_WAIT) == (0, 0), "no standard states a wait"


def test_points_are_kept_apart_and_summed_together(now: datetime, world: World) -> None:
    batch = store(
        now,
        visit("1", "08.00", "08.05", at="loket 1"),
        visit("1", "08.00", "08.10"),
        visit("2", "08.00", "08.10", at="Loket 9"),
    )
    assert findings(batch) == {"point_unknown": 1}
    rows = QueueDay.objects.order_by("point_id").values_list("point_id", "arrived")
    assert list(rows) == [(world.counter, 1), (None, 2)]
    assert sums(world.test).queue.arrived == 3


@pytest.mark.parametrize(
    ("came", "called", "wait"),
    [
        ("23.50", "00.10", "20"),
        ("20/11/2026 23.50", "21/11/2026 00.10", "20"),
        ("20/11/2026 08.00", "20/11/2026 08.00", "0"),
    ],
)
def test_a_night_is_one_wait_on_the_day_it_began(
    now: datetime, world: World, came: str, called: str, wait: str
) -> None:
    batch = store(now, visit("1", came, called, day="20/11/2026"))
    row = QueueDay.objects.get()
    assert (row.day, row.waits) == (FRIDAY, {wait: 1})
    assert findings(batch) == ({"over_midnight": 1} if came == "23.50" else {})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (visit("1", "08.15", "08.10"), "runs_backwards"),
        (visit("1", "08.15", "08.20", "08.19"), "runs_backwards"),
        (visit("1", "21.00", "02.00"), "runs_backwards"),  # five hours of night are a slip, not a wait
        (visit("1", "23/11/2026 23.50", "23/11/2026 00.10"), "runs_backwards"),
        (visit("1", "23/11/2026 08.00", "25/11/2026 08.10"), "too_long_a_wait"),
        (visit("1", "08.15", "", "08.30"), "served_uncalled"),
        (visit("1", "08.15", day=""), "day_missing"),
        (visit("1", "23/11/2026"), "time_missing"),
        (visit("1", "08.15", "23/11/2026"), "time_missing"),
        (visit("1", "8.5"), "not_a_moment"),
    ],
)
def test_times_that_cannot_be_are_refused_never_turned_round(now: datetime, world: World, row: str, code: str) -> None:
    batch = staged(now, row)
    assert (batch.counts["new"], codes(batch)) == (0, [code])


def test_a_number_counts_once_and_two_stories_of_it_not_at_all(now: datetime, world: World) -> None:
    batch = store(
        now,
        visit("A1", "08.00", "08.05"),
        visit("a 1", "08.00", "08.05"),
        visit("A2", "08.00", "08.05"),
        visit("A2", "08.00", "08.09"),
        visit("", "08.00", "08.05"),
        visit("", "08.00", "08.05"),
    )
    assert codes(batch) == ["rows_differ", "rows_differ"]
    assert findings(batch) == {"repeated_rows": 1}
    assert sums(world.test).queue.arrived == 3, "two without a number are two people"


def test_the_same_file_again_changes_nothing_and_a_shorter_one_is_told(now: datetime, world: World) -> None:
    morning = [visit("A1", "08.00", "08.05"), visit("A2", "08.10", "08.20")]
    store(now, *morning)
    assert counts(store(now + timedelta(hours=1), *reversed(morning))) == (0, 0, 2, 0)
    later = now + timedelta(days=1)
    whole = store(later, *morning, visit("A3", "10.00", "10.40"))
    assert (counts(whole), findings(whole)) == ((0, 3, 0, 0), {})
    assert sums(world.test).queue.arrived == 3
    before = QueueDay.objects.get(superseded_at=later)
    assert (before.arrived, before.waits) == (2, {"5": 1, "10": 1})
    assert findings(staged(later, morning[0])) == {"fewer_than_stored": 1}


def test_days_a_file_no_longer_names_are_told_within_its_span(now: datetime, world: World) -> None:
    rows = [visit("1", "08.00", day=day) for day in ("20/11/2026", "23/11/2026", "24/11/2026")]
    store(now, *rows)
    again = staged(now, rows[0], rows[2])
    assert counts(again) == (0, 0, 2, 1)
    assert counts(staged(now, rows[2])) == (0, 0, 1, 0), "earlier days are not spoken of"
    assert counts(staged(now, rows[0], rows[2], source="Lain"))[3] == 0
    confirm(again, now, withdraw=True)
    assert not ServiceFigure.objects.filter(day=MONDAY).exists()
    assert sums(world.test, TUESDAY).queue.arrived == 1


def test_a_workbook_of_real_times_is_read_alike(now: datetime, world: World) -> None:
    header = ("Layanan", "Tanggal", "Jam Ambil", "Jam Panggil")
    sheet = w.xlsx(header, (TEST, 46349, time(8, 0), time(8, 7)), (TEST, 46349, 0.375, 0.3761574))
    confirm(stage(sheet, now, kind="queue", source="Mesin antrean"), now)
    assert sums(world.test).queue.waits.counts == {7: 1, 2: 1}


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, world: World, file_format: str) -> None:
    batch = stage(template_file(kind_of("queue"), file_format), now, kind="queue")
    assert (batch.counts["rows"], batch.counts["rejected"]) == (2, 0)


CELL = st.one_of(
    st.sampled_from([TEST, "Loket 1", "A1", "", "-", "23/11/2026", "08.15", "7.9", "24.00", "23/11/2026 08.15", "0,4"]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.just(TEST) | CELL, *[CELL] * 6), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, world: World, rows: list[tuple[str, ...]]) -> None:
    QueueDay.objects.all().delete()
    batch = staged(now, *(";".join(row) for row in rows), visit("Z9", "08.15"), source="Uji")
    if batch.counts["unmapped"]:
        batch = choose_rest(batch, now, "skip")
    if batch.counts["new"]:
        confirm(batch, now)
        assert sum(QueueDay.objects.values_list("arrived", flat=True)) == batch.counts["new"]
