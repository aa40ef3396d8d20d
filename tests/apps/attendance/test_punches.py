"""Files of punches: whose, when, where and how well evidenced; the same event once, the odd told, nothing lost."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.attendance import importers, punch_store, punch_wording
from luwes.apps.attendance.models import MonthRun, Punch, StagedPunch
from luwes.apps.audit import retention
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.models import Signal, Unit, Zone
from luwes.apps.people.services.places import set_workplace
from luwes.apps.sources import actions, queries
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import Coverage, kind_of
from luwes.apps.sources.models import ImportBatch, RejectedCell
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, confirm, person, stage
from tests.world import SETUP, Units, plant_units, staff_of

pytestmark = pytest.mark.django_db
MACHINE = "badgenumber,checktime,checktype,SN"
PHONE = "nip;waktu;jenis;lintang;bujur;akurasi;perangkat;di_kantor;dikirim_pada"
MONDAY = date(2026, 10, 5)


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    """Yosé at the agency, Rina in its laboratory, Ma'ruf at public works."""
    planted = plant_units(now)
    staff_of(now, planted)
    return planted


def staged(now: datetime, *rows: str, header: str = MACHINE, source: str = "Mesin") -> ImportBatch:
    return stage("\n".join([header, *rows]).encode("utf-8-sig"), now, kind="punches", source=source)


def store(now: datetime, *rows: str, header: str = MACHINE, source: str = "Mesin") -> ImportBatch:
    return confirm(staged(now, *rows, header=header, source=source), now)


def workplace(now: datetime, unit: str, zone: Zone, since: date = date(2020, 1, 1)) -> None:
    with unit_of_work(SETUP, now):
        set_workplace(unit=Unit.objects.get(key=unit), name="Kantor", zone=zone, signal=Signal.GOOD, since=since)


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def told_rows(batch: ImportBatch, code: str) -> list[int]:
    return next(list(one["rows"]) for one in batch.summary["findings"] if one["code"] == code)


def refused(batch: ImportBatch) -> list[tuple[int, str]]:
    return list(RejectedCell.objects.filter(batch=batch).order_by("row_number").values_list("row_number", "code"))


def counts(batch: ImportBatch) -> tuple[int, int, int]:
    return batch.counts["new"], batch.counts["unchanged"], batch.counts["rejected"]


def only(nip: str = YOSE) -> Punch:
    return Punch.objects.get(employee__nip=nip)


def book(*rows: Sequence[object], header: Sequence[str]) -> bytes:
    """A workbook with a title above the header; numbers and dates are real ones."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        stamp = made.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "LOG PRESENSI")
        sheet.write_row(2, 0, header)
        for line, row in enumerate(rows, start=3):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, column, cell, stamp)
                else:
                    sheet.write(line, column, cell)
    return file.getvalue()


def test_a_machine_s_row_becomes_an_event_in_utc_with_its_local_day_and_minute(now: datetime) -> None:
    batch = store(now, f"{YOSE},2026-10-05 06:58:41,I,0012345", f"{RINA},2026-10-05 16:04:00,1,0012345")
    first, second = only(YOSE), only(RINA)
    assert first.at == datetime(2026, 10, 4, 23, 58, 41, tzinfo=UTC), "07.00 in Jakarta lies on the day before in UTC"
    assert (first.day, first.minute, first.direction, first.device) == (MONDAY, 418, "in", "0012345")
    assert (first.place, first.grade, first.synced_at) == ("kantor", "A", None)
    assert (second.direction, second.minute, second.batch, second.row_number) == ("out", 964, batch, 3)
    assert (counts(batch), findings(batch), batch.summary["newest"]) == ((2, 0, 0), {}, "2026-10-05")


def test_a_phone_tells_where_and_its_position_is_not_kept(now: datetime) -> None:
    batch = store(
        now,
        f"{YOSE};05/10/2026 07.31;Masuk;-2,21;113,92;12;hp-1;Ya;05/10/2026 07.31",
        f"{RINA};05/10/2026 07.31;Masuk;-2,25;113,90;9;hp-2;Tidak;05/10/2026 11.05",
        f"{MARUF};05/10/2026 07.31;Masuk;;;;hp-3;;",
        header=PHONE,
    )
    told = {one.employee.nip: one for one in Punch.objects.select_related("employee")}
    assert [(told[nip].place, told[nip].grade) for nip in (YOSE, RINA, MARUF)] == [
        ("kantor", "B"),
        ("luar", "C"),
        ("tidak_diketahui", "D"),
    ]
    late = told[RINA]
    assert (late.minute, late.synced_at) == (451, datetime(2026, 10, 5, 4, 5, tzinfo=UTC)), "the event keeps its time"
    assert told[YOSE].synced_at is None
    assert findings(batch) == {"place_unknown": 1, "sent_late": 1}
    assert told_rows(batch, "sent_late") == [3]
    assert set(batch.summary["dropped"]) == {"lintang", "bujur", "akurasi"}
    held = {field.name for model in (Punch, StagedPunch) for field in model._meta.get_fields()}
    assert not held & {"lintang", "bujur", "akurasi", "latitude", "longitude"}


def test_one_table_for_machine_and_phone_is_told_apart_by_row(now: datetime) -> None:
    header = f"{MACHINE},di_kantor"
    store(now, f"{YOSE},2026-10-05 07:00:00,I,M1,", f"{RINA},2026-10-05 07:00:00,I,M1,luar kantor", header=header)
    assert [(only(nip).place, only(nip).grade) for nip in (YOSE, RINA)] == [("kantor", "A"), ("luar", "C")]


@pytest.mark.parametrize(("sent", "code"), [("08.31", ""), ("08.32", "sent_late"), ("07.20", "sent_before")])
def test_when_it_was_sent_is_told_if_it_is_odd(now: datetime, sent: str, code: str) -> None:
    row = f"{YOSE};05/10/2026 07.31;Masuk;;;;hp-1;Ya;05/10/2026 {sent}"
    assert findings(staged(now, row, header=PHONE)) == ({code: 1} if code else {})


def test_the_time_is_local_where_the_person_works(now: datetime, units: Units) -> None:
    workplace(now, units.health, Zone.EAST)
    store(now, f"{RINA},2026-10-05 07:31:00,I,M1", f"{MARUF},2026-10-05 07:31:00,I,M1")
    lab, works = only(RINA), only(MARUF)
    assert lab.at == datetime(2026, 10, 4, 22, 31, tzinfo=UTC), "the laboratory has no place of its own"
    assert works.at == datetime(2026, 10, 5, 0, 31, tzinfo=UTC)
    assert (lab.day, lab.minute) == (works.day, works.minute) == (MONDAY, 451)


def test_a_workplace_that_moves_to_another_zone_changes_the_days_from_then_on(now: datetime, units: Units) -> None:
    workplace(now, units.works, Zone.WEST)
    workplace(now, units.works, Zone.CENTRAL, since=date(2026, 10, 7))
    store(now, *(f"{MARUF},2026-10-0{day} 07:00:00,I,M1" for day in (6, 7)))
    assert [one.at.hour for one in Punch.objects.order_by("day")] == [0, 23]
    assert set(Punch.objects.values_list("minute", flat=True)) == {420}


@pytest.mark.parametrize("word", ["WITA", "Asia/Makassar", "wita"])
def test_a_punch_that_names_another_zone_is_judged_by_the_clock_at_home(now: datetime, word: str) -> None:
    store(now, f"{YOSE};05/10/2026 07.35;I;{word}", header="nip;waktu;jenis;zona")
    found = only()
    assert found.at == datetime(2026, 10, 4, 23, 35, tzinfo=UTC)
    assert (found.day, found.minute) == (MONDAY, 395), "07.35 in Makassar is 06.35 in Jakarta"


def test_a_zone_may_carry_the_event_into_another_day(now: datetime) -> None:
    header = "nip;waktu;jenis;zona"
    batch = store(now, f"{YOSE};04/10/2026 23.58;I;UTC", f"{RINA};05/10/2026 00.10;I;WIT", header=header)
    assert [(only(nip).day.day, only(nip).minute) for nip in (YOSE, RINA)] == [(5, 418), (4, 1330)]
    again = staged(now, f"{YOSE};04/10/2026 23.58;I;UTC", header=header)
    assert (counts(batch), counts(again)) == ((2, 0, 0), (0, 1, 0)), "known, though stored on the day after"


def test_the_same_event_is_one_event(now: datetime) -> None:
    row = f"{YOSE},2026-10-05 07:00:00,I,M1"
    spaced = f"{YOSE[:8]} {YOSE[8:14]} {YOSE[14]} {YOSE[15:]},2026-10-05 07:00:00,0,M1"
    batch = staged(now, row, row, spaced, f"{YOSE},2026-10-05 07:00:01,I,M1", f"{YOSE},2026-10-05 07:00:00,I,M2")
    assert (counts(batch), told_rows(batch, "repeated_rows")) == ((3, 2, 0), [3, 4])
    done = confirm(batch, now)
    assert (counts(done), findings(done)) == ((3, 2, 0), {"repeated_rows": 2})
    assert Punch.objects.count() == 3
    assert Punch.objects.get(at=datetime(2026, 10, 5, tzinfo=UTC), device="M1").row_number == 2, "the first row counts"


def test_a_file_sent_again_changes_nothing_whoever_sends_it(now: datetime) -> None:
    rows = [f"{YOSE},2026-10-05 07:00:00,I,M1", f"{YOSE},2026-10-05 16:00:00,O,M1"]
    before = store(now, *rows)
    later = now + timedelta(days=1)
    again = staged(later, *rows, f"{YOSE},2026-10-06 07:00:00,I,M1", source="Mesin lain")
    assert counts(again) == (1, 2, 0)
    done = confirm(again, later)
    assert (counts(done), findings(done), done.counts["gone"]) == ((1, 2, 0), {}, 0)
    assert Punch.objects.filter(batch=before).count() == 2
    assert counts(store(later, *rows)) == (0, 2, 0)
    assert Punch.objects.count() == 3


def test_an_event_is_never_corrected(now: datetime) -> None:
    header = "nip;waktu;jenis;perangkat;di_kantor"
    store(now, f"{YOSE};05/10/2026 07.31;Masuk;hp-1;Tidak", header=header)
    changed = store(now, f"{YOSE};05/10/2026 07.31;Masuk;hp-1;Ya", header=header)
    assert (counts(changed), only().place, only().grade) == ((0, 1, 0), "luar", "C")


def test_a_number_that_means_nobody_is_counted_and_listed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"{number},2026-10-05 07:00:00,I,M1" for number in ("45", YOSE, "45", "199001012015011001")]
    batch = staged(now, *rows)
    assert (counts(batch), refused(batch)) == (
        (1, 0, 3),
        [(2, "badge_unknown"), (4, "badge_unknown"), (5, "badge_unknown")],
    )
    assert batch.summary["findings"] == [{"code": "badges_unknown", "facts": {"count": 2, "rows": 3}, "rows": ()}]
    monkeypatch.setattr(punch_store, "LISTED_REJECTS", 1)
    short = staged(now, *rows)
    assert (counts(short), len(refused(short))) == ((1, 0, 3), 1), "all are counted, the first are listed"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{YOSE};2026-11-26 07:00:00;;;", "in_the_future"),
        (f"{YOSE};;;;", "time_missing"),
        (f"{YOSE};;05/10/2026;;", "time_missing"),
        (f"{YOSE};;;07.31;", "time_missing"),
        (f"{YOSE};;05/10/2026;06/10/2026;", "time_missing"),
        (f"{YOSE};2000-01-01 00:00:12;;;", "below_minimum"),
        (f"{YOSE};2026-10-05;;;", "not_a_datetime"),
        (f"{YOSE};2026-10-05 25:00;;;", "not_a_datetime"),
        ("1,99503172020032E+17;2026-10-05 07:00:00;;;", "lost_digits"),
        (f"{YOSE};2026-10-05 07:00:00;;;WST", "not_a_choice"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, row: str, code: str) -> None:
    batch = staged(now, row, f"{RINA};2026-10-05 07:00:00;;;", header="nip;waktu;tanggal;jam;zona")
    assert (counts(batch), refused(batch)) == ((1, 0, 1), [(2, code)])
    assert findings(batch) == {"place_unknown": 1}
    assert counts(confirm(batch, now)) == (1, 0, 1)


def test_a_time_without_a_number_is_refused_and_a_note_is_no_row_of_the_log(now: datetime) -> None:
    batch = staged(
        *(now, "-,2026-10-05 07:00:00,I,M1", f"{YOSE},2026-10-05 07:00:00,I,M1", "Jumlah,2,,", ",,,dicetak admin"),
    )
    assert (counts(batch), refused(batch)) == ((1, 0, 1), [(2, "missing")])
    assert batch.summary["skipped"] == {"outside_table": 1, "total": 1}


def test_a_file_without_one_usable_time_stores_nothing(now: datetime) -> None:
    batch = staged(now, f"{YOSE};;", header="nip;tanggal;jam")
    assert (counts(batch), refused(batch), batch.summary["newest"]) == ((0, 0, 1), [(2, "time_missing")], "")
    with pytest.raises(actions.NothingReadable):
        confirm(batch, now)


@pytest.mark.parametrize(
    "written",
    ["05/10/2026 07.31", "2026-10-05 07:31:00", "5 Okt 2026 7:31", "2026-10-05T07:31:00", "46300,3131944444"],
)
def test_a_time_is_read_as_people_and_machines_write_it(now: datetime, written: str) -> None:
    store(now, f"{YOSE};{written};I", header="PRESENSI OKTOBER\n\nAC-No.;Tanggal Waktu;State")
    assert (only().day, only().minute, only().direction) == (MONDAY, 451, "in")


@pytest.mark.parametrize(("clock", "day", "minute"), [("07.31", 5, 451), ("7:31", 5, 451), ("24:00", 5, 1440)])
def test_date_and_time_may_stand_apart(now: datetime, clock: str, day: int, minute: int) -> None:
    store(now, f"{YOSE};5 Okt 2026;{clock};Pulang", header="NIP;Tanggal;Jam;Status")
    assert (only().day.day, only().minute, only().direction) == (day, minute, "out")


def test_nobody_comes_at_24_00_without_saying_so(now: datetime) -> None:
    store(now, f"{YOSE};5 Okt 2026;24.00;", f"{RINA};5 Okt 2026;24.00;Masuk", header="NIP;Tanggal;Jam;Status")
    assert (only().day.day, only().minute, only().direction) == (5, 1440, "out")
    assert (only(RINA).day.day, only(RINA).minute, only(RINA).direction) == (6, 0, "in")


def test_a_workbook_with_real_dates_numbers_and_a_title_is_read(now: datetime) -> None:
    seven = datetime(2026, 10, 5, 7, 0, 30)  # noqa: DTZ001 - machines log local time
    payload = book(
        (YOSE, seven, 0, "0012"), (RINA, seven, 1, "0012"), (float(MARUF), seven, 0, "0012"), header=MACHINE.split(",")
    )
    batch = confirm(stage(payload, now, kind="punches"), now)
    assert (counts(batch), refused(batch)) == ((2, 0, 1), [(6, "lost_digits")])
    assert [(only(nip).direction, only(nip).device) for nip in (YOSE, RINA)] == [("in", "0012"), ("out", "0012")]
    assert only().at == datetime(2026, 10, 5, 0, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "direction", "told"),
    [
        *((word, "in", {}) for word in ("i", "0", "MASUK", "C/In", "Check-In")),
        *((word, "out", {}) for word in ("o", "1", "Pulang", "C/Out")),
        *((word, "", {}) for word in ("", "2", "Istirahat")),
        ("255", "", {"direction_unread": 1}),
    ],
)
def test_a_direction_is_read_or_left_open_and_never_costs_the_punch(
    now: datetime, word: str, direction: str, told: dict[str, int]
) -> None:
    batch = store(now, f"{YOSE},2026-10-05 07:00:00,{word},M1")
    assert (only().direction, findings(batch)) == (direction, told)


def test_an_unread_place_is_told_and_not_used(now: datetime) -> None:
    batch = store(now, f"{YOSE};05/10/2026 07.31;Masuk;;;;hp-1;entah;", header=PHONE)
    assert (only().place, only().grade) == ("tidak_diketahui", "D")
    assert findings(batch) == {"place_unknown": 1, "place_unread": 1}


def test_a_punch_outside_service_is_kept_and_told(now: datetime) -> None:
    bring(now, person("199712012026101002", "Bela Baru", tmt_jabatan="07-10-2026"), source="BKD 2")
    rows = [f"199712012026101002,2026-10-0{day} 07:00:00,I,M1" for day in (6, 7)]
    batch = store(now, *rows, f"{YOSE},2026-10-06 07:00:00,I,M1")
    assert (counts(batch), findings(batch)) == ((3, 0, 0), {"not_in_service": 1})
    assert told_rows(batch, "not_in_service") == [2]
    assert Punch.objects.filter(employee__nip="199712012026101002").count() == 2
    assert "not_in_service" not in findings(staged(now, rows[1])), "on all days of this file she serves"


def test_somebody_never_posted_is_told_on_every_day(now: datetime) -> None:
    batch = staged(now, f"{YOSE},2020-01-06 07:00:00,I,M1")
    assert (counts(batch), findings(batch)) == ((1, 0, 0), {"not_in_service": 1})


def test_what_comes_late_for_a_closed_month_is_stored_and_told(now: datetime) -> None:
    run = MonthRun.objects.create(
        month=date(2026, 10, 1), number=1, final=True, run_by="x", run_at=now, touched_at=now, finished_at=now
    )
    rows = [f"{YOSE},2026-10-31 07:00:00,I,M1", f"{YOSE},2026-11-02 07:00:00,I,M1"]
    batch = staged(now, *rows)
    assert (counts(batch), findings(batch), told_rows(batch, "month_closed")) == ((2, 0, 0), {"month_closed": 1}, [2])
    run.reopened_at = now
    run.save()
    assert findings(staged(now, *rows)) == {}


def test_staged_rows_are_shown_as_they_were_read_and_go_when_settled(now: datetime) -> None:
    batch = staged(now, f"{YOSE};05/10/2026 07.31;Masuk;;;;hp-1;Ya;", header=PHONE)
    columns = [column.name for column in kind_of("punches").layout.columns]
    [(number, values)] = queries.preview(SETUP, batch.public_id)
    shown = {name: value for name, value in zip(columns, values, strict=True) if value is not None}
    assert (number, shown) == (
        2,
        {"nip": YOSE, "waktu": "2026-10-05T07:31:00", "jenis": "in", "perangkat": "hp-1", "di_kantor": "ya"},
    )
    with unit_of_work(SETUP, now):
        actions.discard(batch_id=batch.public_id, version=batch.version)
    assert not StagedPunch.objects.exists()
    assert queries.preview(SETUP, batch.public_id) == []
    assert queries.preview(SETUP, "nobody") == []


def test_what_nobody_confirms_and_what_is_too_old_goes_by_itself(now: datetime) -> None:
    store(now, f"{YOSE},2024-11-20 07:00:00,I,M1", f"{YOSE},2026-10-05 07:00:00,I,M1")
    staged(now, f"{RINA},2026-10-05 07:00:00,I,M1")
    with unit_of_work(SETUP, now + timedelta(days=2)):
        gone = retention.purge(now=now + timedelta(days=2))
    assert (gone["attendance_punch"], gone["attendance_stagedpunch"]) == (1, 1)
    assert only().day == MONDAY


def test_a_month_is_complete_when_every_working_day_has_a_punch(now: datetime) -> None:
    with unit_of_work(SETUP, now):
        seed_calendars()
    store(now, *(f"{YOSE},2026-10-0{day} 07:00:00,I,M1" for day in (3, 5, 6)))
    found = importers.coverage([date(2026, 10, 1), date(2026, 11, 1), date(1999, 1, 1)])
    assert found == {date(2026, 10, 1): Coverage(2, 22), date(2026, 11, 1): Coverage(0, 21)}, "a Saturday counts not"


def test_every_sentence_is_whole() -> None:
    told = {*punch_store.NOTES, "repeated_rows", "day_without_punch", "badges_unknown"}
    assert told - {"badges_unknown"} == set(punch_wording._findings())
    for code in [*told, *punch_wording._rejects()]:
        said = punch_wording.say(code, {"count": 2, "rows": 3})
        assert said.endswith(".")
        assert "%(" not in said


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, file_format: str) -> None:
    later = now + timedelta(days=30)
    batch = stage(template_file(kind_of("punches"), file_format), later, kind="punches")
    assert (counts(batch), findings(batch)) == ((4, 0, 0), {"sent_late": 1})


CELL = st.one_of(
    st.sampled_from([YOSE, RINA, "45", "2026-10-05 07:00:00", "05/10/2026", "07.31", "I", "Ya", "WITA", "M1", "-", ""]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=12),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELL] * 12), min_size=1, max_size=5))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, rows: list[tuple[str, ...]]) -> None:
    Punch.objects.all().delete()
    header = "nip;waktu;tanggal;jam;jenis;zona;mesin;perangkat;di_kantor;dikirim_pada;masuk;pulang"
    sure = f"{YOSE};2026-10-07 07:00:00;;;I;;M1;;;;;"
    batch = confirm(staged(now, *(";".join(row) for row in rows), sure, header=header, source="Uji"), now)
    assert batch.counts["new"] == Punch.objects.values("row_number").distinct().count()
    assert Punch.objects.filter(day=date(2026, 10, 7), employee__nip=YOSE).exists()
    assert sum(counts(batch)) == batch.counts["rows"]
