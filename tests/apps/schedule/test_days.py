"""Files of days: halves, clashes with their reasons, corrections, and every refusal the same on each path."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from luwes.apps.people.models import Posting
from luwes.apps.schedule.models import LotRecord, PersonDay
from luwes.apps.sources.models import RejectedCell
from tests.apps.schedule.days import DAY, HOME, build, findings, held, staged, store
from tests.apps.staff_files import RINA, YOSE, bring, person

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def province(now: datetime) -> None:
    build(now)


def test_a_full_day_is_two_halves_with_how_it_was_assigned(now: datetime) -> None:
    done = store("flexdays", now, HOME)
    rows = PersonDay.objects.filter(employee__nip=YOSE)
    assert [(row.part, row.state, row.how, row.lot, row.row_number) for row in rows.order_by("part")] == [
        (0, "home", "undian", "U-1", 2),
        (1, "home", "undian", "U-1", 2),
    ]
    assert (done.counts["new"], done.summary["newest"]) == (1, "2026-12-02")


def test_importing_again_changes_nothing(now: datetime) -> None:
    store("flexdays", now, HOME)
    again = store("flexdays", now + timedelta(hours=1), HOME)
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 1)
    assert PersonDay.objects.count() == 2


def test_a_morning_at_home_and_an_afternoon_of_leave(now: datetime) -> None:
    store("flexdays", now, (YOSE, DAY, "Rumah", "Permohonan", "Pagi", ""))
    store("leave", now, (YOSE, DAY, DAY, "Siang"))
    assert held(YOSE, WEDNESDAY) == ("0:home", "1:leave")


def test_a_switch_at_noon(now: datetime) -> None:
    rows = [(YOSE, DAY, "Rumah", "Wajib", "Pagi", ""), (YOSE, DAY, "Kantor lain", "Wajib", "Siang", "")]
    assert store("flexdays", now, *rows).counts["new"] == 2
    assert held(YOSE, WEDNESDAY) == ("0:home", "1:other_office")


@pytest.mark.parametrize("day", ["25/11/2026", "26/11/2026", "24/11/2026"])
def test_a_half_on_top_of_a_full_day_is_refused_today_tomorrow_and_yesterday(now: datetime, day: str) -> None:
    full, half = (YOSE, day, "Rumah", "Permohonan", "Penuh", ""), (YOSE, day, "Tempat lain", "Permohonan", "Pagi", "")
    batch = staged("flexdays", now, full, half)
    assert [cell.code for cell in RejectedCell.objects.filter(batch=batch)] == ["rows_differ", "rows_differ"]
    assert batch.counts["new"] == 0


def test_the_same_half_twice_is_counted_once(now: datetime) -> None:
    morning = (YOSE, DAY, "Rumah", "Permohonan", "Pagi", "")
    batch = store("flexdays", now, morning, morning)
    assert findings(batch)["repeated_rows"] == 1
    assert held(YOSE, WEDNESDAY) == ("0:home",)


def test_leave_takes_a_flexible_day_whichever_came_first(now: datetime) -> None:
    store("flexdays", now, HOME)
    batch = store("leave", now, (YOSE, DAY, DAY, ""))
    assert findings(batch) == {"leave_overrides_flexdays": 1}
    assert held(YOSE, WEDNESDAY) == ("0:leave", "1:leave")
    later = store("flexdays", now, HOME, (RINA, DAY, "Rumah", "Undian", "", "U-1"))
    assert findings(later) == {"lot_unknown": 2, "yields_to_leave": 1}
    kept = PersonDay.objects.filter(employee__nip=YOSE, origin="flexdays", superseded_at=None)
    assert set(kept.values_list("yields_to", "how", "lot")) == {("leave", "undian", "U-1")}


def test_leave_withdrawn_gives_the_flexible_day_back(now: datetime) -> None:
    store("flexdays", now, HOME)
    store("leave", now, (YOSE, DAY, DAY, ""), (RINA, DAY, DAY, ""))
    later = now + timedelta(days=1)
    batch = store("leave", later, (RINA, DAY, DAY, ""), withdraw=True)
    assert (batch.counts["gone"], held(YOSE, WEDNESDAY)) == (1, ("0:home", "1:home"))
    # What was known before the correction can still be read.
    before = PersonDay.objects.filter(employee__nip=YOSE, recorded_at__lte=now, superseded_at__gt=now, yields_to="")
    assert {row.state for row in before} == {"leave"}
    back = PersonDay.objects.filter(employee__nip=YOSE, origin="flexdays", superseded_at=None)
    assert set(back.values_list("batch__source__name", "row_number")) == {("BKD flexdays", 2)}


def test_a_duty_trip_and_a_day_at_home_stay_two_kinds(now: datetime) -> None:
    store("trips", now, (YOSE, "16/12/2026", "16/12/2026", "Dinas luar", ""))
    store("trips", now, (YOSE, "18/12/2026", "18/12/2026", "Pelatihan", ""))
    store("flexdays", now, (YOSE, "17/12/2026", "Rumah", "Permohonan", "", ""))
    states = {day: held(YOSE, date(2026, 12, day))[0] for day in (16, 17, 18)}
    assert states == {16: "0:trip", 17: "0:home", 18: "0:training"}


def test_trips_and_training_take_a_flexible_day_and_yield_to_leave(now: datetime) -> None:
    store("flexdays", now, HOME, (RINA, DAY, "Rumah", "Peringkat", "", ""))
    trips = store("trips", now, (YOSE, DAY, DAY, "Dinas luar", ""), (RINA, DAY, DAY, "Pelatihan", ""))
    assert findings(trips) == {"training_overrides_flexdays": 1, "trip_overrides_flexdays": 1}
    assert findings(store("leave", now, (YOSE, DAY, DAY, ""))) == {
        "leave_overrides_flexdays": 1,
        "leave_overrides_trips": 1,
    }
    assert held(YOSE, WEDNESDAY) == ("0:leave", "1:leave")


def test_leave_over_new_year_claims_its_working_days_alone(now: datetime) -> None:
    store("leave", now, (YOSE, "31/12/2026", "04/01/2027", ""))
    days = set(PersonDay.objects.values_list("day", flat=True))
    assert days == {date(2026, 12, 31), date(2027, 1, 4)}


@pytest.mark.parametrize("day", ["05/12/2026", "25/12/2026"])
@pytest.mark.parametrize("half", ["Penuh", "Pagi"])
def test_no_half_of_a_day_that_is_not_worked(now: datetime, day: str, half: str) -> None:
    batch = staged("flexdays", now, (YOSE, day, "Rumah", "Permohonan", half, ""))
    assert (batch.counts["new"], RejectedCell.objects.get().code) == (0, "not_working")


@pytest.mark.parametrize(
    ("kind", "row", "code"),
    [
        ("flexdays", ("123", DAY, "Rumah", "Undian", "", ""), "not_a_nip"),
        ("flexdays", ("198001012005011001", DAY, "Rumah", "Undian", "", ""), "employee_unknown"),
        ("flexdays", (YOSE, "", "Rumah", "Undian", "", ""), "missing"),
        ("flexdays", (YOSE, DAY, "Pantai", "Undian", "", ""), "not_a_choice"),
        ("flexdays", (YOSE, "04/12/2019", "Rumah", "Undian", "", ""), "not_in_service"),
        ("flexdays", (YOSE, "04/12/2034", "Rumah", "Undian", "", ""), "calendar_missing"),
        ("leave", (YOSE, DAY, "", ""), "missing"),
        ("leave", (YOSE, DAY, "01/12/2026", ""), "ends_before_start"),
        ("leave", (YOSE, DAY, "03/12/2026", "Pagi"), "half_needs_one_day"),
        ("leave", (YOSE, DAY, "03/12/2027", ""), "period_too_long"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(now: datetime, kind: str, row: Sequence[str], code: str) -> None:
    batch = staged(kind, now, row)
    assert (batch.counts["new"], RejectedCell.objects.get(batch=batch).code) == (0, code)
    assert PersonDay.objects.count() == 0


def test_days_before_service_enter_no_sum(now: datetime) -> None:
    starter = "200001012026121001"
    bring(now, person(starter, "Pegawai Baru", tmt_jabatan="16-12-2026"), source="Biro")
    first = Posting.objects.get(employee__nip=starter).period.lower
    start = first - timedelta(days=14)
    batch = store("leave", now, (starter, f"{start:%d/%m/%Y}", f"{first + timedelta(days=7):%d/%m/%Y}", ""))
    assert findings(batch) == {"days_outside_service": 1}
    assert min(PersonDay.objects.values_list("day", flat=True)) >= first


def test_somebody_suspended_is_planned_nowhere(now: datetime) -> None:
    bring(now, person(YOSE, kedudukan_hukum_id="", kedudukan_hukum_nama="CLTN"), source="BKD")
    batch = staged("flexdays", now, HOME)
    assert RejectedCell.objects.get(batch=batch).code == "not_in_service"


def test_double_booking_cannot_be_stored(now: datetime) -> None:
    store("flexdays", now, HOME)
    row = PersonDay.objects.first()
    assert row is not None
    row.pk, row.origin = None, "leave"
    with pytest.raises(IntegrityError, match="double_booked"), transaction.atomic():
        row.save()


LOT = ("U-1", "Hari fleksibel Desember", "Laboratorium", "12", "4", "20/11/2026", "4711")


def test_a_lot_is_stored_with_its_seed_and_corrected_beside_itself(now: datetime) -> None:
    assert store("lots", now, LOT).counts["new"] == 1
    assert store("lots", now, LOT, LOT).counts["unchanged"] == 2
    store("lots", now, (*LOT[:6], "4712"))
    old, new = LotRecord.objects.order_by("pk")
    assert (old.seed, old.superseded_at, new.seed, new.superseded_at) == ("4711", now, "4712", None)
    assert findings(store("flexdays", now, HOME)) == {}


def test_a_stratum_the_file_no_longer_names_is_withdrawn_on_request(now: datetime) -> None:
    other = ("U-1", "Hari fleksibel Desember", "Arsip", "8", "2", "20/11/2026", "4711")
    store("lots", now, LOT, other)
    assert store("lots", now, LOT, withdraw=True).counts["gone"] == 1
    assert LotRecord.objects.get(superseded_at=None).stratum == "Laboratorium"


@pytest.mark.parametrize(
    ("second", "codes"),
    [((*LOT[:4], "13", *LOT[5:]), ["more_winners"]), ((*LOT[:6], "1"), ["lots_differ", "lots_differ"])],
)
def test_a_lot_that_cannot_be_is_refused(now: datetime, second: Sequence[str], codes: list[str]) -> None:
    batch = staged("lots", now, LOT, second)
    assert [cell.code for cell in RejectedCell.objects.filter(batch=batch)] == codes
