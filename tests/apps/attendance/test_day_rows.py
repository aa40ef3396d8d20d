"""Files with a row per day, coming and leaving beside each other: two events a row, nights by the schedule alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.attendance import runs, tasks
from luwes.apps.attendance.models import DayRecord, Punch
from luwes.apps.attendance.punch_wording import say
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars import rulebooks
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.models import Unit, WorkingTimeAssignment
from luwes.apps.sources.models import ImportBatch, RejectedCell
from luwes.core.workdays.calendar import Pattern
from luwes.core.workdays.worktime import DayHours, Span
from tests.apps.attendance.test_punches import counts, findings, told_rows
from tests.apps.staff_files import MARUF, RINA, YOSE, confirm, stage
from tests.world import SETUP, Units, plant_units, staff_of

pytestmark = pytest.mark.django_db
HEADER = "NIP;Tanggal;Jam Masuk;Jam Pulang;Mode Kerja"


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    """Yosé at the agency, Rina in its laboratory, Ma'ruf at public works."""
    planted = plant_units(now)
    staff_of(now, planted)
    return planted


def read(now: datetime, *rows: str, header: str = HEADER) -> ImportBatch:
    payload = "\n".join([header, *rows]).encode("utf-8-sig")
    return stage(payload, now, kind="punches", source="Aplikasi")


def store(now: datetime, *rows: str, header: str = HEADER) -> ImportBatch:
    return confirm(read(now, *rows, header=header), now)


def seen(nip: str = YOSE) -> list[tuple[int, str, int, str]]:
    found = Punch.objects.filter(employee__nip=nip).order_by("at")
    return [(one.day.day, one.direction, one.minute, one.place) for one in found]


def refused(batch: ImportBatch) -> list[tuple[int, str, str]]:
    found = RejectedCell.objects.filter(batch=batch).order_by("row_number")
    return list(found.values_list("row_number", "column", "code"))


@pytest.fixture
def night(now: datetime, units: Units, monkeypatch: pytest.MonkeyPatch) -> None:
    """Public works is on duty from 21.00 to 06.00."""
    on_duty(now, units, monkeypatch, Span(21 * 60, 30 * 60))


@pytest.fixture
def evening(now: datetime, units: Units, monkeypatch: pytest.MonkeyPatch) -> None:
    """Public works is on duty from 18.00 to 24.00."""
    on_duty(now, units, monkeypatch, Span(18 * 60, 24 * 60))


def on_duty(now: datetime, units: Units, monkeypatch: pytest.MonkeyPatch, span: Span) -> None:
    with unit_of_work(SETUP, now):
        seed_calendars()
    usual = rulebooks.schedules()
    hours = DayHours(span)
    malam = replace(usual["kalteng-normal"], code="malam", patterns={Pattern.FIVE: dict.fromkeys(range(5), hours)})
    monkeypatch.setattr(rulebooks, "schedules", lambda: {**usual, "malam": malam})
    WorkingTimeAssignment.objects.create(
        unit=Unit.objects.get(key=units.works),
        schedule="malam",
        season="normal",
        pattern="five",
        period=DateRange(date(2026, 1, 1), None),
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_a_row_is_two_punches_and_one_row(now: datetime) -> None:
    batch = store(now, f"{YOSE};05/10/2026;07.28;16.04;WFO", f"{RINA};05/10/2026;07:31:20;16:00:00;WFA")
    assert seen() == [(5, "in", 448, "kantor"), (5, "out", 964, "kantor")]
    assert seen(RINA) == [(5, "in", 451, "luar"), (5, "out", 960, "luar")]
    assert (counts(batch), findings(batch), batch.counts["rows"]) == ((2, 0, 0), {}, 2)
    assert set(Punch.objects.filter(employee__nip=RINA).values_list("row_number", flat=True)) == {3}
    assert batch.summary["newest"] == "2026-10-05"


def test_a_missing_hour_is_one_punch_and_a_day_without_any_is_none(now: datetime) -> None:
    batch = store(
        *(now, f"{YOSE};05/10/2026;07.28;-;WFO", f"{YOSE};06/10/2026;;16.04;WFO", f"{YOSE};07/10/2026;;;"),
        *(f"{YOSE};08/10/2026;00:00;00:00:00;WFO", f"{YOSE};09/10/2026;07:30;00:00;WFO"),
    )
    assert seen() == [(5, "in", 448, "kantor"), (6, "out", 964, "kantor"), (9, "in", 450, "kantor")]
    assert (counts(batch), refused(batch)) == ((3, 2, 0), [])
    assert findings(batch) == {"day_without_punch": 2, "midnight_blank": 1}
    assert (told_rows(batch, "day_without_punch"), told_rows(batch, "midnight_blank")) == ([4, 5], [6])


def test_a_file_of_nobody_present_stores_nothing_and_says_so(now: datetime) -> None:
    batch = read(now, f"{YOSE};05/10/2026;00:00;00:00;")
    assert (counts(batch), findings(batch)) == ((0, 1, 0), {"day_without_punch": 1})


def test_hours_with_their_own_date_are_read_as_they_stand(now: datetime) -> None:
    header = "nip;tanggal;clock in;clock out"
    batch = store(now, f"{YOSE};;2026-10-05 21:58:00;2026-10-06 06:03:00", header=header)
    assert [one[:3] for one in seen()] == [(5, "in", 1318), (6, "out", 363)]
    assert (counts(batch), findings(batch)) == ((1, 0, 0), {"place_unknown": 1})


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (f"{YOSE};05/10/2026;16.04;07.28;", "Jam pulang", "out_before_in"),
        (f"{YOSE};;07.28;16.04;", "Tanggal dan jam", "time_missing"),
        (f"{YOSE};05/10/2026;06/10/2026;16.04;", "Tanggal dan jam", "time_missing"),
        (f"{YOSE};26/11/2026;07.28;16.04;", "Tanggal dan jam", "in_the_future"),
        (f"{YOSE};05/10/2026;pagi;16.04;", "Jam masuk", "not_a_moment"),
        ("45;05/10/2026;07.28;16.04;", "NIP atau nomor badge", "badge_unknown"),
        ("-;05/10/2026;07.28;16.04;", "NIP atau nomor badge", "missing"),
    ],
)
def test_a_row_is_stored_whole_or_refused_once(now: datetime, row: str, column: str, code: str) -> None:
    batch = store(now, row, f"{RINA};05/10/2026;07.28;16.04;WFO")
    assert (counts(batch), refused(batch), Punch.objects.count()) == ((1, 0, 1), [(2, column, code)], 2)


@pytest.mark.usefixtures("night")
def test_leaving_before_coming_is_the_next_morning_where_the_schedule_passes_midnight(now: datetime) -> None:
    rows = [f"{MARUF};05/10/2026;20.55;06.04;WFO", f"{YOSE};05/10/2026;20.55;06.04;WFO"]
    batch = store(now, *rows, f"{MARUF};06/10/2026;20.58;00.00;WFO", f"{MARUF};07/10/2026;;00.00;WFO")
    assert [one[:3] for one in seen(MARUF)] == [
        *((5, "in", 1255), (6, "out", 364), (6, "in", 1258), (6, "out", 1440), (7, "out", 1440)),
    ]
    assert (seen(), refused(batch)) == ([], [(3, "Jam pulang", "out_before_in")])
    assert (counts(batch), findings(batch)) == ((3, 0, 1), {})


@pytest.mark.usefixtures("evening")
def test_a_month_of_days_that_end_at_midnight_is_counted_to_the_minute(now: datetime) -> None:
    days = [date(2026, 10, day) for day in range(1, 32) if date(2026, 10, day).weekday() < 5]
    leavings = ("00.00", "24.00", "00.07", "00:00:00")
    rows = [f"{MARUF};{day:%d/%m/%Y};17.58;{leavings[n % 4]};WFO" for n, day in enumerate(days)]
    batch = store(now, *rows)
    assert (len(days), counts(batch), findings(batch), refused(batch)) == (22, (22, 0, 0), {}, [])
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=date(2026, 10, 1))
    tasks.work_off(started, clock=lambda: now)
    found = DayRecord.objects.filter(employee__nip=MARUF, owed__gt=0)
    assert set(found.values_list("status", "worked", "last_out")) == {("present", 360, 1440), ("present", 360, 1447)}
    assert sum(found.values_list("worked", flat=True)) == 132 * 60


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize(
    ("leaving", "stored"), [("00.00", True), ("03.59", True), ("04.00", False), ("16.00", False), ("17.57", False)]
)
def test_a_leaving_the_day_does_not_run_on_to_is_a_slip_and_is_told(now: datetime, leaving: str, stored: bool) -> None:
    rows = [f"{MARUF};05/10/2026;17.58;{leaving};WFO", f"{YOSE};05/10/2026;07.28;16.04;WFO"]
    batch = store(now, *rows)
    assert len(seen(MARUF)) == (2 if stored else 0)
    assert refused(batch) == ([] if stored else [(2, "Jam pulang", "out_before_in")])
    if not stored:
        told = say("out_before_in", {})
        assert told.startswith("Jam pulangnya sebelum jam masuk, dan hari kerja unitnya tidak berlangsung sampai jam")
        assert told.endswith("misalnya 3/12/2026 07.05.")


def test_midnight_at_a_unit_that_ends_before_it_is_blank_and_24_00_is_not(now: datetime) -> None:
    batch = store(now, f"{YOSE};05/10/2026;07.28;00.00;WFO", f"{RINA};05/10/2026;07.28;24.00;WFO")
    assert ([one[:3] for one in seen()], [one[:3] for one in seen(RINA)]) == (
        [(5, "in", 448)],
        [(5, "in", 448), (5, "out", 1440)],
    )
    assert findings(batch) == {"midnight_blank": 1}
    assert say("midnight_blank", {"count": 1}).startswith("1 baris: jam 00.00 dibaca sebagai kosong")


def test_leaving_at_24_00_ends_that_day_at_a_unit_of_daytime_and_begins_no_other(now: datetime) -> None:
    # A Friday, and a Sunday nobody owes; the Friday is sent again as a punch of its own.
    with unit_of_work(SETUP, now):
        seed_calendars()
    rows = [f"{RINA};02/10/2026;07.28;24.00;WFO", f"{RINA};04/10/2026;;24.00;WFO"]
    store(now, *rows, f"{YOSE};05/10/2026;07.28;16.04;WFO")
    again = store(now, f"{RINA};2026-10-03 00:00:00;O", header="NIP;Waktu;Status")
    assert counts(again) == (0, 1, 0)
    with unit_of_work(SETUP, now):
        started = runs.start_run(month=date(2026, 10, 1))
    tasks.work_off(started, clock=lambda: now)
    found = DayRecord.objects.filter(employee__nip=RINA)
    assert list(found.filter(last_out__isnull=False).values_list("day__day", "first_in", "last_out")) == [
        (2, 448, 1440),
    ]
    assert list(found.filter(day=date(2026, 10, 5)).values_list("status", flat=True)) == ["absent"]


@pytest.mark.usefixtures("night")
def test_the_night_that_has_not_ended_is_not_stored_by_half(now: datetime) -> None:
    batch = store(now, f"{MARUF};25/11/2026;20.55;06.04;WFO", f"{RINA};05/10/2026;07.28;16.04;WFO")
    assert (counts(batch), refused(batch), seen(MARUF)) == ((1, 0, 1), [(2, "Tanggal dan jam", "in_the_future")], [])


def test_what_is_stored_is_counted_by_rows(now: datetime) -> None:
    first = f"{YOSE};05/10/2026;07.28;;WFO"
    store(now, first)
    whole = f"{YOSE};05/10/2026;07.28;16.04;WFO"
    batch = read(now, first, whole, whole, f"{RINA};05/10/2026;07.31;;WFO")
    assert (counts(batch), told_rows(batch, "repeated_rows")) == ((2, 2, 0), [4])
    done = confirm(batch, now)
    assert (counts(done), Punch.objects.count()) == ((2, 2, 0), 3)
    assert counts(read(now, whole)) == (0, 1, 0)


def test_punches_of_one_moment_may_stand_among_days(now: datetime) -> None:
    header = "nip;waktu;jenis;tanggal;masuk;pulang;mesin;dikirim_pada"
    batch = store(
        *(now, f"{YOSE};2026-10-05 07:00:00;Masuk;;;;M1;", f"{YOSE};;;06/10/2026;07.00;16.00;M1;2026-10-06 16:01:00"),
        header=header,
    )
    assert [one[:3] for one in seen()] == [(5, "in", 420), (6, "in", 420), (6, "out", 960)]
    assert (counts(batch), findings(batch)) == ((2, 0, 0), {}), "one sending tells nothing of the morning"
