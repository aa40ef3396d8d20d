"""Cases of services: due times from the file or the standard, corrections, and sums by the day they fell due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.measures import CaseSums, Measure
from luwes.apps.results.models import ServiceCase, ServiceFigure
from luwes.apps.results.services import moments
from luwes.apps.results.services.rolling import roll_forward
from luwes.apps.results.tasks import roll
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import ImportBatch
from tests.apps.results.services import world as w
from tests.apps.results.services.world import MONDAY, PERMIT, TEST, TUESDAY, World, codes, counts, findings
from tests.apps.staff_files import ME, choose_rest, confirm, stage

HEADERS = "Jenis Layanan;Unit Kerja;No Registrasi;Tanggal Masuk;Batas Waktu;Tanggal Selesai;Saluran"
TIMELY = Measure.WITHIN_TIME


def case(
    number: str, opened: str, closed: str = "", due: str = "", *, service: str = TEST, unit: str = "", channel: str = ""
) -> tuple[str, ...]:
    return service, unit, number, opened, due, closed, channel


def staged(now: datetime, *rows: tuple[str, ...], source: str = "SiLayan") -> ImportBatch:
    return w.staged(now, "tickets", HEADERS, *rows, source=source)


def store(now: datetime, *rows: tuple[str, ...], source: str = "SiLayan") -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now)


def due_of(pk: int) -> str:
    """The due times of a service's cases in local time, oldest first."""
    rows = (
        ServiceCase.objects.filter(service=pk, superseded_at=None)
        .order_by("opened_at")
        .values_list("due_at", flat=True)
    )
    return " ".join(moments.local(due).strftime("%a-%H.%M") if due else "-" for due in rows)


def sums(service: int, day: date) -> CaseSums:
    return CaseSums.from_json(w.figure(service, day, TIMELY).sums)


def test_a_case_on_time_and_a_late_one_count_on_the_day_they_were_due(now: datetime, world: World) -> None:
    batch = store(
        now,
        case("A-1", "23/11/2026 08.15", "23/11/2026 09.40", channel="Loket"),
        case("A-2", "23/11/2026 08.30", "23/11/2026 14.00"),
        case("A-3", "23/11/2026 09.00"),
    )
    assert counts(batch) == (3, 0, 0, 0)
    assert w.kept(world.test, MONDAY, TIMELY) == (1, 3)
    found = sums(world.test, MONDAY)
    assert (found.counts.on_time, found.counts.late, found.counts.still_open, found.counts.due_reckoned) == (1, 1, 1, 3)
    assert (found.opened, found.closed) == (3, 2)
    row = ServiceCase.objects.get(channel="loket")
    assert (row.batch, row.row_number, row.due_given, row.whole_days) == (batch, 2, False, False)


def test_the_number_itself_is_not_kept(now: datetime, world: World) -> None:
    store(now, case("3171-2026-000042", "23/11/2026 08.15"))
    row = ServiceCase.objects.values().get()
    assert len(row["number_digest"]) == 64
    assert "000042" not in str(row)


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("23/11/2026 08.15", "Mon-10.15"),
        ("23/11/2026 14.00", "Tue-09.00"),  # the counter shuts at 15.00
        ("20/11/2026 22.00", "Mon-10.00"),  # sent in on Friday night
        ("21/11/2026 10.00", "Mon-10.00"),
        ("24/12/2026 08.00", "Mon-10.00"),  # joint leave, Christmas and a weekend
    ],
)
def test_promised_minutes_run_while_the_service_is_open(now: datetime, world: World, opened: str, due: str) -> None:
    store(now, case("A-1", opened))
    assert due_of(world.test) == due


@pytest.mark.parametrize(
    ("opened", "due"), [("20/11/2026", "Wed-23.59"), ("23/11/2026 14.59", "Thu-23.59"), ("21/11/2026", "Wed-23.59")]
)
def test_promised_days_are_working_days_and_end_with_the_day(
    now: datetime, world: World, opened: str, due: str
) -> None:
    store(now, case("B-1", opened, service=PERMIT))
    assert due_of(world.permit) == due


def test_a_due_date_of_the_file_goes_before_the_standard(now: datetime, world: World) -> None:
    store(now, case("A-1", "19/11/2026 08.00", "24/11/2026 17.30", "24/11/2026"))
    assert due_of(world.test) == "Tue-23.59"
    assert w.kept(world.test, TUESDAY, TIMELY) == (1, 1), "closed on the due day at any hour"
    assert not sums(world.test, TUESDAY).counts.due_reckoned


def test_dates_alone_cannot_keep_a_promise_in_minutes(now: datetime, world: World) -> None:
    batch = store(now, case("A-1", "23/11/2026", "23/11/2026"), case("A-2", "23/11/2026 08.00", "23/11/2026"))
    assert findings(batch) == {"due_needs_time": 2}
    assert w.kept(world.test, MONDAY, TIMELY) == (0, 0)
    assert sums(world.test, MONDAY).counts.no_due == 2


def test_date_and_time_may_stand_in_two_columns(now: datetime, world: World) -> None:
    headers = "Jenis Layanan;No Registrasi;Tanggal Masuk;Jam Masuk;Tanggal Selesai;Jam Terbit"
    row = (TEST, "A-1", "23/11/2026", "08.15", "23/11/2026", "9:40 WIB")
    w.store(now, "tickets", headers, row)
    assert w.kept(world.test, MONDAY, TIMELY) == (1, 1)


def test_without_a_standard_a_case_is_kept_but_not_judged(now: datetime, world: World) -> None:
    batch = store(now, case("C-1", "23/11/2026 08.00", service=w.COPY, unit="Dinas Pekerjaan Umum"))
    assert findings(batch) == {"no_due": 1}
    assert w.kept(world.copies[1], MONDAY, TIMELY) == (0, 0)
    assert not ServiceFigure.objects.filter(service=world.copies[0]).exists()


def test_a_year_without_a_calendar_is_not_guessed(now: datetime, world: World) -> None:
    batch = store(now, case("B-1", "20/11/2034", service=PERMIT))
    assert findings(batch) == {"calendar_missing": 1, "in_the_future": 1}
    assert due_of(world.permit) == "-"


def test_the_same_file_again_changes_nothing(now: datetime, world: World) -> None:
    rows = (case("A-1", "23/11/2026 08.15", "23/11/2026 09.40"), case("B-1", "20/11/2026", service=PERMIT))
    store(now, *rows)
    before = list(ServiceFigure.objects.order_by("pk").values())
    again = store(now + timedelta(hours=1), *rows)
    assert counts(again) == (0, 0, 2, 0)
    assert list(ServiceFigure.objects.order_by("pk").values()) == before


def test_a_case_closed_late_moves_from_open_to_late_and_its_history_stays(now: datetime, world: World) -> None:
    store(now, case("A-1", "23/11/2026 08.15"))
    assert sums(world.test, MONDAY).counts.still_open == 1
    later = now + timedelta(hours=3)
    batch = store(later, case("a - 1", "23/11/2026 08.15", "24/11/2026 10.00"))
    assert counts(batch) == (0, 1, 0, 0)
    found = sums(world.test, MONDAY).counts
    assert (found.late, found.still_open, found.due) == (1, 0, 1)
    assert sums(world.test, TUESDAY).closed == 1
    assert ServiceCase.objects.get(superseded_at=later).closed_at is None


def test_what_is_due_today_counts_tomorrow_and_counting_twice_is_once(now: datetime, world: World) -> None:
    store(now, case("A-1", "25/11/2026 08.00"), case("A-2", "27/11/2026 08.00"), case("A-3", "23/11/2026 08.00"))
    today = date(2026, 11, 25)
    assert w.kept(world.test, today, TIMELY) == (0, 0)
    assert sums(world.test, today).opened == 1

    def night(moment: datetime, day: date) -> int:
        with unit_of_work(ME, moment):
            return roll_forward(today=day)

    assert night(now, today) == 0
    # Three nights are missed.
    monday = datetime(2026, 11, 29, 18, 15, tzinfo=UTC)
    assert night(monday, date(2026, 11, 30)) == 2
    assert w.kept(world.test, today, TIMELY) == (0, 1)
    assert w.kept(world.test, date(2026, 11, 27), TIMELY) == (0, 1)
    before = list(ServiceFigure.objects.order_by("pk").values())
    assert night(monday + timedelta(days=1), date(2026, 12, 1)) == 0
    assert list(ServiceFigure.objects.order_by("pk").values()) == before


def test_the_nightly_task_counts_what_fell_due_by_the_real_clock(now: datetime, world: World) -> None:
    store(datetime(2020, 3, 2, 2, tzinfo=UTC), case("A-1", "02/03/2020 08.00", "", "03/03/2020"))
    assert not ServiceFigure.objects.filter(day=date(2020, 3, 3)).exists()
    roll(timestamp=0)
    assert w.kept(world.test, date(2020, 3, 3), TIMELY) == (0, 1)


def test_cases_a_file_no_longer_names_are_told_within_its_days_and_its_source(now: datetime, world: World) -> None:
    first, second = case("A-1", "23/11/2026 08.00"), case("A-2", "23/11/2026 09.00")
    store(now, first, second, case("A-3", "20/11/2026 09.00"))
    again = staged(now, first)
    assert counts(again) == (0, 0, 1, 1)
    with_others = staged(now, first, source="Biro")
    assert counts(with_others) == (0, 0, 1, 0)
    confirm(again, now, withdraw=True)
    assert ServiceCase.objects.filter(superseded_at=None).count() == 2
    assert w.kept(world.test, MONDAY, TIMELY) == (0, 1)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (case("A-1", "08.15"), "date_missing"),
        (case("A-1", "23/11/2026", "09.15"), "date_missing"),
        (case("A-1", "23/11/2026 08.15", "22/11/2026"), "before_opened"),
        (case("A-1", "23/11/2026 08.15", "", "23/11/2026 07.00"), "before_opened"),
        (case("A-1", "31/11/2026"), "not_a_moment"),
        (case("1.2E+17", "23/11/2026"), "lost_digits"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(
    now: datetime, world: World, row: tuple[str, ...], code: str
) -> None:
    batch = staged(now, row)
    assert (batch.counts["new"], codes(batch)) == (0, [code])


def test_one_number_with_two_stories_is_refused_twice_and_said_twice_counts_once(now: datetime, world: World) -> None:
    twice = case("A-2", "23/11/2026 08.00")
    batch = store(now, case("A-1", "23/11/2026 08.00"), case("A-1", "23/11/2026 08.01"), twice, twice)
    assert codes(batch) == ["rows_differ", "rows_differ"]
    assert findings(batch) == {"repeated_rows": 1}
    assert ServiceCase.objects.count() == 1


def test_a_sheet_of_real_dates_and_one_of_texts_say_the_same(now: datetime, world: World) -> None:
    title = ("PEMERINTAH PROVINSI CONTOH", "", "", "")
    header = ("Jenis Layanan", "No Registrasi", "Tanggal Masuk", "Tanggal Selesai")
    moment = datetime(2026, 11, 23, 8, 15)  # noqa: DTZ001 - sheets know no zone
    sheet = w.xlsx(title, header, (TEST, "A-1", moment, 46349.4))
    first = confirm(stage(sheet, now, kind="tickets", source="SiLayan"), now)
    assert counts(first) == (1, 0, 0, 0)
    assert counts(staged(now, case("A-1", "2026-11-23 08:15:00", "23 Nov 2026 09.36"))) == (0, 0, 1, 0)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, world: World, file_format: str) -> None:
    batch = stage(template_file(kind_of("tickets"), file_format), now, kind="tickets")
    assert (batch.counts["rows"], batch.counts["rejected"], batch.counts["unmapped"]) == (2, 0, 2)


CELL = st.one_of(
    st.sampled_from([TEST, PERMIT, "A-1", "", "-", "23/11/2026", "23/11/2026 08.15", "08.15", "0,5", "1e9", "46349"]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.just(TEST) | CELL, *[CELL] * 6), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, world: World, rows: list[tuple[str, ...]]) -> None:
    ServiceCase.objects.all().delete()
    batch = staged(now, *rows, case("Z-9", "23/11/2026 08.15"), source="Uji")
    if batch.counts["unmapped"]:
        batch = choose_rest(batch, now, "skip")
    if batch.counts["new"]:
        confirm(batch, now)
        assert ServiceCase.objects.count() == batch.counts["new"]
