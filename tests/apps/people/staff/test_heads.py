"""Heads on a day, and headships that end with the posting they stand on."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.models import RoleAssignment
from luwes.apps.accounts.roles import Capacity, Job, Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Employee, PeopleChange, Unit, UnitHead
from luwes.apps.people.staff.actions import NotInService, set_head
from luwes.apps.people.staff.head_proposals import confirm_heads, head_proposals
from luwes.apps.people.staff.heads import headless, heads, may_sign, off_duty_offices
from luwes.apps.people.staff.queries import posted_in
from luwes.apps.sources.models import ImportBatch
from tests.apps.staff_files import ME, RINA, YOSE, Row, bring, confirm, csv_of, person, stage
from tests.world import Units, add_person, give_role, plant_units

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
LATER = timedelta(days=5)
GONE = date(2026, 11, 30)
HEAD: Row = {"jenis_jabatan_nama": "Struktural", "jabatan_nama": "Kepala UPT Laboratorium"}
RETIRED: Row = {"kedudukan_hukum_id": "99", "kedudukan_hukum_nama": "Pensiun"}
ELSEWHERE: Row = {"unor_nama": "Dinas Pekerjaan Umum", "satuan_kerja_kerja_nama": "Dinas Pekerjaan Umum"}


@pytest.fixture
def units(now: datetime) -> Units:
    """Yosé heads the laboratory, Rina works in it."""
    units = plant_units(now)
    bring(now, person(**HEAD), person(RINA, "Rina"))
    lead(now, units.section)
    return units


def lead(now: datetime, unit: str, capacity: Capacity = Capacity.DEFINITIVE, until: date | None = None) -> None:
    with unit_of_work(ME, now):
        set_head(
            unit_key=unit, employee_id=yose(), capacity=capacity, since=date(2026, 11, 1), until=until, basis="SK 3"
        )


def yose() -> str:
    return Employee.objects.get(nip=YOSE).public_id


def names(unit: str, on: date) -> Sequence[str]:
    return [one.name for one in heads(unit, on)]


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def later_row(**rest: object) -> Row:
    return person(**{**HEAD, **rest})


@pytest.mark.parametrize(
    "row",
    [
        later_row(**RETIRED),
        later_row(**ELSEWHERE, jabatan_nama="Kepala Bidang Jalan"),
        later_row(jenis_jabatan_nama="Fungsional Umum", jabatan_nama="Pengolah Data"),
        # The files have a head by that name in many a unit: the short title elsewhere heads nothing here.
        later_row(**ELSEWHERE, jabatan_nama="Kepala"),
    ],
)
def test_a_headship_ends_with_the_posting_it_stands_on(now: datetime, units: Units, row: Row) -> None:
    staged = stage(csv_of(row, person(RINA, "Rina")), now + LATER)
    assert findings(staged)["heads_end"] == 1
    confirm(staged, now + LATER)
    assert names(units.section, GONE - timedelta(days=1)) == ["Yosé Limbong"]
    assert names(units.section, GONE) == []
    assert [(one.unit_key, one.last_name) for one in headless(GONE)] == [(units.section, "Yosé Limbong")]
    assert UnitHead.objects.get(superseded_at=None).period.upper == GONE
    told = PeopleChange.objects.get(kind="unit_head")
    assert (told.unit_key, told.subject, told.period.lower) == (units.section, yose(), GONE)
    entry = AuditEntry.objects.get(action="unit_head.ended")
    assert entry.subject == yose()


@pytest.mark.parametrize(
    "row",
    [
        later_row(),
        later_row(jabatan_nama="Kepala UPT Laboratorium Kesehatan"),
        later_row(unor_nama="Dinas Kesehatan"),
        later_row(gol_akhir_nama="IV/a"),
    ],
)
def test_who_still_heads_the_unit_by_the_post_stays_head(now: datetime, units: Units, row: Row) -> None:
    done = bring(now + LATER, row, person(RINA, "Rina"))
    assert "heads_end" not in findings(done)
    assert names(units.section, GONE) == ["Yosé Limbong"]
    assert headless(GONE) == []


def test_a_headship_that_ends_on_its_first_day_leaves_the_unit_in_need(now: datetime, units: Units) -> None:
    with unit_of_work(ME, now):
        set_head(
            unit_key=units.health,
            employee_id=yose(),
            capacity=Capacity.DEFINITIVE,
            since=TODAY,
            until=None,
            basis="",
        )
    bring(now + timedelta(seconds=1), later_row(**RETIRED), person(RINA, "Rina"))
    assert sorted(one.unit_key for one in headless(TODAY)) == sorted([units.health, units.section])
    assert not UnitHead.objects.filter(unit__key=units.health, superseded_at=None).exists()


def test_who_moves_keeps_an_order_as_acting_head_and_who_retires_does_not(now: datetime, units: Units) -> None:
    lead(now, units.health, Capacity.ACTING, date(2027, 2, 1))
    bring(now + LATER, later_row(**ELSEWHERE), person(RINA, "Rina"))
    assert names(units.health, GONE) == ["Yosé Limbong"]
    bring(now + 2 * LATER, later_row(**RETIRED), person(RINA, "Rina"))
    assert names(units.health, date(2026, 12, 5)) == []
    assert names(units.health, date(2026, 12, 4)) == ["Yosé Limbong"]


def test_who_is_named_no_more_stays_head_until_it_is_said(now: datetime, units: Units) -> None:
    staged = stage(csv_of(person(RINA, "Rina")), now + LATER)
    assert findings(staged)["heads_gone"] == 1
    confirm(staged, now + LATER)
    assert names(units.section, GONE) == ["Yosé Limbong"]
    again = stage(csv_of(person(RINA, "Rina")), now + 2 * LATER)
    confirm(again, now + 2 * LATER, withdraw=True)
    assert names(units.section, date(2026, 12, 5)) == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("04", "Pemberhentian Sementara"),
        ("2", "CLTN"),
        ("", "Tugas Belajar"),
        ("", "Masa Persiapan Pensiun"),
        ("", "Pejabat Negara"),
    ],
)
def test_off_duty_nobody_heads_and_back_on_duty_the_headship_still_stands(
    now: datetime, units: Units, code: str, name: str
) -> None:
    bring(now + LATER, later_row(kedudukan_hukum_id=code, kedudukan_hukum_nama=name), person(RINA, "Rina"))
    assert names(units.section, GONE) == []
    assert [one.unit_key for one in headless(GONE, unit_key=units.section)] == [units.section]
    assert [one.name for one in posted_in(units.section, GONE)] == ["Rina"]
    assert head_proposals(GONE) == []
    with pytest.raises(NotInService), unit_of_work(ME, now + LATER):
        set_head(
            unit_key=units.health,
            employee_id=yose(),
            capacity=Capacity.DEFINITIVE,
            since=GONE,
            until=None,
            basis="",
        )
    assert not UnitHead.objects.filter(superseded_at__isnull=False).exists()
    bring(now + 2 * LATER, later_row(), person(RINA, "Rina"))
    assert names(units.section, date(2026, 12, 5)) == ["Yosé Limbong"]


def test_a_proposal_takes_the_place_of_a_head_off_duty(now: datetime, units: Units) -> None:
    suspended = later_row(kedudukan_hukum_id="04", kedudukan_hukum_nama="Pemberhentian Sementara")
    bring(now + LATER, suspended, person(RINA, "Rina", **HEAD))
    (offered,) = head_proposals(GONE)
    with unit_of_work(ME, now + LATER):
        confirm_heads(ids=[offered.id], basis="")
    assert names(units.section, GONE) == ["Rina"]
    assert UnitHead.objects.filter(superseded_at=None).count() == 2


def test_roles_and_links_end_with_the_posting(now: datetime, units: Units) -> None:
    user = add_person(now, "yose@contoh.go.id", name="Yosé Limbong", nip=YOSE)
    other = add_person(now, "rina@contoh.go.id", name="Rina", nip=RINA)
    for role, scope in ((Role.HEAD, units.section), (Role.SUPERVISOR, units.section), (Role.HEAD, units.works)):
        give_role(now, user, role, scope)
    give_role(now, other, Role.HEAD, units.health)
    with unit_of_work(ME, now):
        kept = [("Rina", units.section), ("dr. Yosé Limbong, M.Kes.", units.works), ("Yosé", units.section)]
        for n, (name, scope) in enumerate([("dr. Yosé Limbong, M.Kes.", units.section), *kept]):
            job_links.issue_job_link(
                job=Job.MONTHLY_FORM if n % 2 else Job.BUDGET_NOTE,
                scope=scope,
                person_name=name,
                person_post="Kepala",
                days=30,
                secret=f"rahasia{n}",
            )
    bring(now + LATER, later_row(**ELSEWHERE), person(RINA, "Rina"))
    held = RoleAssignment.objects.filter(superseded_at=None, period__contains=GONE, user__in=[user, other])
    assert sorted(held.values_list("user__nip", "scope")) == sorted([(YOSE, units.works), (RINA, units.health)])
    assert RoleAssignment.objects.filter(user=user, superseded_at=None, period__contains=TODAY).count() == 3
    with pytest.raises(job_links.LinkClosed):
        job_links.open_link("rahasia0", now + LATER)
    for n in (1, 2, 3):
        job_links.open_link(f"rahasia{n}", now + LATER)
    bring(now + 2 * LATER, later_row(**ELSEWHERE, **RETIRED), person(RINA, "Rina"))
    day = date(2026, 12, 5)
    assert not RoleAssignment.objects.filter(user=user, superseded_at=None, period__contains=day).exists()


def test_who_retires_keeps_no_role_and_the_last_admin_keeps_one(now: datetime, units: Units) -> None:
    yose, rina = add_person(now, "yose@contoh.go.id", nip=YOSE), add_person(now, "rina@contoh.go.id", nip=RINA)
    for user in (yose, rina):
        give_role(now, user, Role.ADMIN)
    for role in (Role.LEADER, Role.EMPLOYEE):
        give_role(now, yose, role)
    give_role(now, rina, Role.INSPECTOR, until=TODAY + timedelta(days=2))
    staged = stage(csv_of(later_row(**RETIRED), person(RINA, "Rina", **RETIRED)), now + LATER)
    assert findings(staged)["roles_end"] == 3, "everybody's own role is no office, and one ended before"
    confirm(staged, now + LATER)
    held = RoleAssignment.objects.filter(superseded_at=None, period__contains=GONE)
    assert list(held.values_list("user__nip", "role")) == [(RINA, "admin_bkd")]
    ended = [json.loads(one.body)["facts"] for one in AuditEntry.objects.filter(action="role.ended")]
    assert sorted(one["role"] for one in ended) == ["admin_bkd", "pegawai", "pimpinan"]
    assert {one["on"] for one in ended} == {GONE.isoformat()}
    # The account is still there for the admin to see to; whose turn it is to appoint another.
    assert [(one.nip, one.row.role) for one in off_duty_offices(GONE)] == [(RINA, "admin_bkd")]
    assert off_duty_offices(TODAY) == []


def test_who_is_only_named_no_more_keeps_a_role_over_the_government_until_an_admin_ends_it(
    now: datetime, units: Units
) -> None:
    user = add_person(now, "yose@contoh.go.id", name="Yosé", nip=YOSE)
    for role, scope in ((Role.HEAD, units.section), (Role.LEADER, "")):
        give_role(now, user, role, scope)
    staged = stage(csv_of(person(RINA, "Rina")), now + LATER)
    assert "roles_end" not in findings(staged)
    confirm(staged, now + LATER, withdraw=True)
    assert [(one.name, one.row.role) for one in off_duty_offices(GONE)] == [("Yosé", "pimpinan")]


def test_who_may_sign_is_what_staff_data_and_headship_say_together(now: datetime, units: Units) -> None:
    pk = Unit.objects.get(key=units.section).pk
    definitive, acting = Capacity.DEFINITIVE.value, Capacity.ACTING.value
    assert may_sign(pk, YOSE, capacity=definitive, on=TODAY)
    assert not may_sign(pk, RINA, capacity=definitive, on=TODAY)
    assert may_sign(pk, RINA, capacity=acting, on=TODAY)
    # Unknown to the staff data: the role decides, unless somebody else is recorded as head.
    assert may_sign(pk, "", capacity=definitive, on=TODAY)
    assert may_sign(Unit.objects.get(key=units.works).pk, "199001012020011001", capacity=definitive, on=TODAY)
    bring(now + LATER, later_row(**RETIRED), person(RINA, "Rina"))
    assert not may_sign(pk, YOSE, capacity=acting, on=GONE)
    assert may_sign(pk, RINA, capacity=definitive, on=GONE)
