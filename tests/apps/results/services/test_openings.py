"""Opening hours: what was promised on working days, what was kept, and what nobody wrote down."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import add_holiday
from luwes.apps.people.calendars.queries import versions_of
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.measures import Measure, OpenSums
from luwes.apps.results.models import OpeningDay
from luwes.apps.results.services.following import follow
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import ImportBatch
from luwes.core.services.hours import Window
from luwes.core.workdays.calendar import HolidayKind
from tests.apps.results.services import world as w
from tests.apps.results.services.world import FRIDAY, MONDAY, SATURDAY, TEST, World, codes, counts, findings
from tests.apps.staff_files import ME, choose_rest, confirm, stage

HEADERS = "Nama Layanan;Loket;Tgl;Jam Buka;Jam Tutup;Lama Tutup;Keterangan"
HOURS = Measure.HOURS_KEPT


def log(
    opened: str, closed: str, shut: str = "", reason: str = "", *, day: str = "23/11/2026", at: str = "", of: str = TEST
) -> str:
    return ";".join((of, at, day, opened, closed, shut, reason))


def staged(now: datetime, *rows: str, source: str = "Loket") -> ImportBatch:
    return w.staged(now, "openings", HEADERS, *rows, source=source)


def store(now: datetime, *rows: str, source: str = "Loket") -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now)


def kept(service: int, day: date = MONDAY) -> tuple[int, int]:
    return w.kept(service, day, HOURS)


@pytest.mark.parametrize(
    ("row", "minutes"),
    [
        (log("08.00", "15.00"), (420, 420)),
        (log("07.30", "16.00"), (420, 420)),
        (log("8:20", "14.30", "20", "listrik padam"), (350, 420)),
        (log("", "", "", "petugas sakit"), (0, 420)),
        (log("08.00", "15.00", "500"), (0, 420)),
        (log("08.00", "", "", ""), (0, 0)),  # nobody knows when it closed
        (log("23/11/2026 08.00", "23/11/2026 15.00"), (420, 420)),
        (log("00.00", "24.00"), (420, 420)),
    ],
)
def test_minutes_open_within_the_promised_hours(
    now: datetime, world: World, row: str, minutes: tuple[int, int]
) -> None:
    store(now, row)
    assert kept(world.test) == minutes


def test_a_row_can_be_traced_and_a_half_said_day_is_told(now: datetime, world: World) -> None:
    batch = store(now, log("08.00", "15.00"), log("08.00", "", day="24/11/2026"))
    row = OpeningDay.objects.get(day=MONDAY)
    assert (row.opened, row.closed, row.point, row.batch, row.row_number) == (480, 900, None, batch, 2)
    assert findings(batch) == {"half_said": 1}
    sums = OpenSums.from_json(w.figure(world.test, date(2026, 11, 24), HOURS).sums)
    assert (sums.unknown, sums.promised, sums.whole) == (1, 0, 1)


@pytest.mark.parametrize("day", [SATURDAY, date(2026, 12, 25)])
def test_days_off_promise_nothing(now: datetime, world: World, day: date) -> None:
    store(now, log("08.00", "15.00", day=day.strftime("%d/%m/%Y")))
    assert kept(world.test, day) == (0, 0)


def test_a_service_open_on_sundays_is_open_on_holidays(now: datetime, world: World) -> None:
    every_day = tuple(Window(day, 0, 1440) for day in range(1, 8))
    standard = Standard("Gawat darurat", world.units.health, windows=every_day, source="SK 9/2026")
    emergency = w.add_service(now, standard)
    christmas = date(2026, 12, 25)
    store(now, log("00.00", "24.00", day="25/12/2026", of="Gawat darurat"))
    assert kept(emergency, christmas) == (1440, 1440)


def test_points_are_judged_by_their_own_hours_and_go_before_the_service_as_a_whole(now: datetime, world: World) -> None:
    morning = tuple(Window(day, 480, 600) for day in range(1, 6))
    points = [Point("Loket A", world.units.works, windows=morning), Point("Loket B", world.units.works)]
    standard = Standard("Pengambilan berkas", world.units.works, windows=w.WEEK, source="SK 8/2026")
    service = w.add_service(now, standard, points)
    of = "Pengambilan berkas"
    store(now, log("08.00", "12.00", of=of))
    assert kept(service) == (240, 420)
    store(now, log("08.00", "09.00", at="Loket A", of=of), log("08.00", "15.00", at="loket b", of=of), source="Lain")
    assert kept(service) == (60 + 420, 120 + 420)


def test_days_nobody_wrote_down_are_unknown_and_told(now: datetime, world: World) -> None:
    batch = store(now, log("08.00", "15.00", day="18/11/2026"), log("08.00", "15.00", day="23/11/2026"))
    assert findings(batch) == {"days_missing": 1}
    assert batch.summary["findings"][0]["rows"] == (3,)
    weekend = staged(now, log("08.00", "15.00", day="20/11/2026"), log("08.00", "15.00", day="23/11/2026"))
    assert findings(weekend) == {}, "nothing is missing between Friday and Monday"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (log("15.00", "08.00"), "closes_before"),
        (log("", ""), "nothing_said"),
        (log("08.00", "15.00", at="Loket 77"), "point_unknown"),
        (log("24/11/2026 08.00", "15.00"), "no_time_of_the_day"),
        (log("23/11/2026", "15.00"), "no_time_of_the_day"),
        (log("08.00", "15.00", "-5"), "below_minimum"),
        (log("08.00", "15.00", "1.441"), "above_maximum"),
        (log("8", "15.00"), "not_a_moment"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, world: World, row: str, code: str) -> None:
    batch = staged(now, row)
    assert (batch.counts["new"], codes(batch)) == (0, [code])


def test_the_same_file_again_changes_nothing_and_a_correction_keeps_history(now: datetime, world: World) -> None:
    store(now, log("08.00", "15.00"))
    assert counts(store(now + timedelta(hours=1), log("08.00", "15.00"))) == (0, 0, 1, 0)
    later = now + timedelta(days=1)
    assert counts(store(later, log("08.00", "14.00"))) == (0, 1, 0, 0)
    assert kept(world.test) == (360, 420)
    assert OpeningDay.objects.get(superseded_at=later).closed == 900


def test_days_a_file_no_longer_names_are_told_and_withdrawn_when_asked(now: datetime, world: World) -> None:
    rows = [log("08.00", "15.00", day=day) for day in ("20/11/2026", "23/11/2026", "24/11/2026")]
    store(now, *rows)
    again = staged(now, rows[0], rows[2])
    assert counts(again) == (0, 0, 2, 1)
    confirm(again, now, withdraw=True)
    assert list(OpeningDay.objects.filter(superseded_at=None).values_list("day", flat=True).order_by("day")) == [
        FRIDAY,
        date(2026, 11, 24),
    ]


def test_two_stories_of_one_day_are_both_refused(now: datetime, world: World) -> None:
    batch = staged(now, log("08.00", "15.00"), log("08.00", "14.00"))
    assert (codes(batch), batch.counts["new"]) == (["rows_differ", "rows_differ"], 0)


def test_a_holiday_declared_late_takes_the_promise_back_however_old_the_day_is(now: datetime, world: World) -> None:
    store(now, log("", "", reason="libur lokal"))
    assert kept(world.test) == (0, 420)
    with unit_of_work(ME, now):
        add_holiday(
            version=next(row.id for row in versions_of(2026) if row.superseded_at is None),
            day=MONDAY,
            kind=HolidayKind.NATIONAL,
            name="Libur susulan",
            decree="Keppres",
            number="9",
            issued=date(2026, 11, 25),
        )
    with unit_of_work(ME, now):
        follow()
    assert kept(world.test) == (0, 0)


def test_a_workbook_of_real_times_is_read_alike(now: datetime, world: World) -> None:
    header = ("Nama Layanan", "Tgl", "Jam Buka", "Jam Tutup")
    sheet = w.xlsx(header, (TEST, 46349, time(8, 0), time(15, 0)))
    confirm(stage(sheet, now, kind="openings", source="Loket"), now)
    assert kept(world.test) == (420, 420)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, world: World, file_format: str) -> None:
    batch = stage(template_file(kind_of("openings"), file_format), now, kind="openings")
    assert (batch.counts["rows"], batch.counts["rejected"]) == (2, 0)


CELL = st.one_of(
    st.sampled_from([TEST, "Loket 1", "", "-", "23/11/2026", "08.15", "15.00", "24.00", "7.9", "0,4", "30", "padam"]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.just(TEST) | CELL, *[CELL] * 6), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, world: World, rows: list[tuple[str, ...]]) -> None:
    OpeningDay.objects.all().delete()
    batch = staged(now, *(";".join(row) for row in rows), log("08.00", "15.00"), source="Uji")
    if batch.counts["unmapped"]:
        batch = choose_rest(batch, now, "skip")
    if batch.counts["new"]:
        confirm(batch, now)
        assert OpeningDay.objects.count() == batch.counts["new"]
