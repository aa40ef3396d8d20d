"""The board of all, what a form offers and asks, the heads' counts, and what files already say."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts.roles import Capacity
from luwes.apps.attendance.models import PresenceDay, ServicePresenceDay
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import create_unit
from luwes.apps.people.models import Posting, Service, Unit, UnitKind
from luwes.apps.people.staff.actions import set_head
from luwes.apps.reporting import form_wording
from luwes.apps.reporting.form_figures import figures
from luwes.apps.reporting.form_queries import HeadCount, State, board, head_counts, months_with_forms, with_presence
from luwes.apps.results.models import Bill, UnitFigure
from luwes.apps.schedule.models import ExposureDay, ExposureMonth
from tests.apps.reporting.monthly_forms import (
    ANSWERS,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    save,
    sign,
    state_of,
    unit_row,
)
from tests.world import SETUP, Units, bring_figures, plant_service, plant_units, staff_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ADDRESS = "https://luwes.contoh.go.id/laporan/?bulan=2026-10"


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def pk_of(key: str) -> int:
    return Unit.objects.get(key=key).pk


def presence(now: datetime, key: str, source: str, day: date = date(2026, 10, 6)) -> None:
    fields = ("staff", "required", "present", "late", "late_minutes", "early", "absent", "excused", "at_office")
    more = ("elsewhere", "flexible", "flexible_kept", "flexible_unknown")
    zeros = dict.fromkeys((*fields, *more), 0)
    PresenceDay.objects.create(unit_id=pk_of(key), day=day, source=source, computed_at=now, **zeros)


def test_the_board_names_every_agency_with_its_state(now: datetime, units: Units) -> None:
    assert [(row.unit.name, row.state, row.since) for row in board(OCTOBER, TODAY)] == [
        ("Dinas Kesehatan", State.NOT_STARTED, None),
        ("Dinas Pekerjaan Umum", State.NOT_STARTED, None),
    ]
    save(now, units.health, values={"rapat_hibrida": "ya"})
    save(now, units.works)
    health, works = board(OCTOBER, TODAY)
    assert (health.state, health.since, works.state, works.missing) == (State.DRAFT, now, State.COMPLETE, [])
    assert health.missing[0] == "fleksibel_bertugas"
    later = now + timedelta(hours=2)
    sign(later, units.works)
    works = board(OCTOBER, TODAY)[1]
    assert (works.state, works.since, works.gaps) == (State.SIGNED, later, 0)
    assert form_wording.counts(board(OCTOBER, TODAY)) == [
        (State.NOT_STARTED, 0),
        (State.DRAFT, 1),
        (State.COMPLETE, 0),
        (State.SIGNED, 1),
    ]
    assert [row.state for row in board(NOVEMBER, TODAY)] == [State.NOT_STARTED] * 2
    assert months_with_forms() == [OCTOBER]


def test_the_board_costs_the_same_however_many_there_are(
    now: datetime, units: Units, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with unit_of_work(SETUP, now):
        top = Unit.objects.get(key=units.government)
        for number in range(8):
            create_unit(code=f"2.{number}", name=f"Badan {number}", kind=UnitKind.AGENCY, parent=top)
    save(now, units.health)
    with django_assert_num_queries(10):
        assert len(board(OCTOBER, TODAY)) == 10


def test_the_board_says_who_owns_a_form(now: datetime, units: Units) -> None:
    people = staff_of(now, units)
    with unit_of_work(SETUP, now):
        set_head(
            unit_key=units.health,
            employee_id=people[units.health],
            capacity=Capacity.ACTING,
            since=date(2026, 10, 1),
            until=date(2026, 12, 1),
            basis="SK 1",
        )
    health, works = board(OCTOBER, TODAY)
    assert health.head is not None
    assert (health.head.name, health.head.capacity, works.head) == ("Yosé Limbong", "plt", None)


def test_the_board_tells_who_lost_its_head(now: datetime, units: Units) -> None:
    people = staff_of(now, units)
    with unit_of_work(SETUP, now):
        set_head(
            unit_key=units.health,
            employee_id=people[units.health],
            capacity=Capacity.DEFINITIVE,
            since=date(2026, 10, 1),
            until=None,
            basis="",
        )
    Posting.objects.update(period=(date(2026, 9, 1), date(2026, 10, 20)))
    health, works = board(OCTOBER, TODAY)
    assert (health.head, health.headless, works.headless) == (None, True, False)


def test_the_reminder_names_units_and_what_is_empty_but_no_person(now: datetime, units: Units) -> None:
    save(now, units.health, values={"rapat_hibrida": "ya"})
    save(now, units.works)
    text = form_wording.reminder(board(OCTOBER, TODAY), OCTOBER, ADDRESS)
    gaps = len(state_of(now, units.health).missing)
    assert text.splitlines() == [
        "Isian laporan bulanan Oktober 2026",
        "0 dari 2 perangkat daerah sudah menandatangani.",
        "",
        f"• Dinas Kesehatan: draf, {gaps} butir kosong",
        "• Dinas Pekerjaan Umum: lengkap, tinggal ditandatangani",
        "",
        f"Isi dan tanda tangani di {ADDRESS} (perlu masuk).",
    ]
    sign(now, units.works)
    assert "Pekerjaan Umum" not in form_wording.reminder(board(OCTOBER, TODAY), OCTOBER, ADDRESS)
    assert "belum mulai" in form_wording.reminder(board(SEPTEMBER, TODAY), SEPTEMBER, ADDRESS)
    sign(now, units.health, gaps=dict.fromkeys(state_of(now, units.health).missing, "Belum"))
    assert "Terima kasih" in form_wording.reminder(board(OCTOBER, TODAY), OCTOBER, ADDRESS)
    assert board(OCTOBER, TODAY)[0].gaps == gaps


def test_last_month_is_offered_without_its_numbers(now: datetime, units: Units) -> None:
    save(now, units.health, SEPTEMBER)
    found = state_of(now, units.health)
    assert found.form.version == 0
    assert found.carried["kendala"] == ANSWERS["kendala"]
    assert "rapat_jumlah" not in found.carried


def test_presence_on_file_makes_the_heads_count_needless(now: datetime, units: Units) -> None:
    presence(now, units.health, "head")
    presence(now, units.works, "punches", date(2026, 11, 2))
    assert with_presence(OCTOBER, [pk_of(units.health), pk_of(units.works)]) == set()
    assert "fleksibel_luar" in state_of(now, units.health).missing
    presence(now, units.health, "recap")
    found = state_of(now, units.health)
    assert "fleksibel_luar" not in {*found.missing, *(row.code for row in found.fields)}
    assert "fleksibel_luar" not in board(OCTOBER, TODAY)[0].missing


def test_heads_counts_are_given_only_whole(now: datetime, units: Units) -> None:
    save(now, units.health)
    save(now, units.works, values={"fleksibel_bertugas": 4})
    health = pk_of(units.health)
    assert head_counts(OCTOBER) == {health: HeadCount(160, 88, 720, 12)}
    assert head_counts(OCTOBER, [pk_of(units.works)]) == {}
    assert head_counts(SEPTEMBER) == {}


def test_files_that_say_nothing_leave_every_figure_empty(now: datetime, units: Units) -> None:
    found = figures(unit_row(now, units.health), OCTOBER, TODAY)
    assert len(found) == 11
    assert set(found.values()) == {None}


def test_what_files_say_is_shown(now: datetime, units: Units) -> None:
    health, section = pk_of(units.health), pk_of(units.section)
    for unit, flexible, on_duty in ((health, 40, 400), (section, 0, 80)):
        ExposureMonth.objects.create(
            unit_id=unit,
            month=OCTOBER,
            kind="flexible",
            threshold=Decimal("0.1"),
            days=2,
            flexible=flexible,
            on_duty=on_duty,
            exposure_sum=0,
            largest_sum=0,
            computed_at=now,
        )
    for day in (date(2026, 10, 2), date(2026, 10, 9), date(2026, 10, 14)):
        ExposureDay.objects.create(
            unit_id=health,
            day=day,
            flexible=20,
            on_duty=200,
            exposure=Decimal("0.1"),
            largest=Decimal("0.1"),
            kind="flexible",
            threshold=Decimal("0.1"),
            computed_at=now,
            silent_links=0,
        )
    batch = bring_figures(now)
    bill = {"batch_id": Bill._meta.get_field("batch").related_model.objects.get(public_id=batch).pk, "row_number": 1}
    Bill.objects.create(
        unit_id=section,
        utility="listrik",
        meter="1",
        since=OCTOBER,
        until=NOVEMBER,
        quantity_milli=12_400_000,
        recorded_at=now,
        **bill,
    )
    service, _point = plant_service(now, units.section)
    ServicePresenceDay.objects.create(
        service=Service.objects.get(key=service), day=date(2026, 10, 2), at_office=5, promised=6, computed_at=now
    )
    sums = {"count": 9, "targeted": 9, "target": 12, "quality": 0, "rated": 0, "persons": 3}
    UnitFigure.objects.create(
        unit_id=section, day=OCTOBER, measure="outputs_month", kept=0, of=0, sums=sums, computed_at=now
    )
    found = {
        code: text.replace("\u00a0", " ") if text else None
        for code, text in figures(unit_row(now, units.health), OCTOBER, TODAY).items()
    }
    assert found["penerapan"] == "Sudah"
    assert found["pola_hari"] == "Rabu (1 hari), Jumat (2 hari)"
    assert found["perbandingan"] == "10,0 % fleksibel banding 90,0 % di kantor"
    assert found["unit_pendukung"] == "0 dari 1 unit"
    assert found["layanan_langsung"] == "83,3 % dari pelaksana yang dijanjikan"
    assert found["hemat_listrik"] == "terpakai 12.400 kWh; penghematan belum dapat disimpulkan"
    assert found["target_pegawai"] == "75,0 % dari target yang tercatat"
    assert found["hemat_air"] is None
    assert found["mutu_layanan"] == "0 memenuhi, 0 tidak memenuhi, 1 belum cukup data"


def test_a_month_planned_all_at_the_office_says_so(now: datetime, units: Units) -> None:
    ExposureMonth.objects.create(
        unit_id=pk_of(units.health),
        month=OCTOBER,
        kind="other",
        threshold=Decimal("0.1"),
        days=22,
        flexible=0,
        on_duty=400,
        exposure_sum=0,
        largest_sum=0,
        computed_at=now,
    )
    found = figures(unit_row(now, units.health), OCTOBER, TODAY)
    assert (found["pola_hari"], found["perbandingan"]) == ("Tidak ada", None)
    assert str(found["penerapan"]).startswith("Belum")
