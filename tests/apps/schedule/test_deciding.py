"""Decisions over what is stored: the facts come from the database, and what is not recorded is never a pass."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.blackouts import add_blackout
from luwes.apps.people.models import Employee, EmployeeVersion, Post, Posting, Unit
from luwes.apps.people.models.places import Signal, Zone
from luwes.apps.people.services.places import set_workplace
from luwes.apps.schedule.deciding import NoSuchEmployee, NotServing, employee_of
from luwes.apps.schedule.facts.brought import Brought, Told
from luwes.apps.schedule.facts.gather import Wish, gather
from luwes.apps.schedule.facts.known import Span
from luwes.apps.schedule.facts.tree import Tree
from luwes.core.policy.facts import Tag
from luwes.core.policy.terms import Mode, Per, Place
from luwes.core.workdays.periods import Period
from tests.apps.schedule.days import HOME, store
from tests.apps.schedule.policy_world import (
    EVERY_DAY,
    FRIDAY,
    LATER,
    THURSDAY,
    WEDNESDAY,
    ask,
    assess,
    held,
    id_of,
    planted,
    reason,
    said,
    serve,
)
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, person
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(now: datetime) -> Units:
    return planted(now)


def excluding(who: str) -> str:
    return f'kind = "exclude"\nid = "kecuali"\nwho = {{ {who} }}'


def tagged(nip: str, tag: str, day: date = WEDNESDAY) -> tuple[str, str]:
    """What becomes of somebody where everybody with the tag stays in the office."""
    return said(nip, day, held(EVERY_DAY, excluding(f'any = ["{tag}"]')))


REFUSED, OPEN, ALLOWED = ("refused", "excluded"), ("needs_judgement", "about_unknown"), ("allowed", "opened")


def test_a_unit_is_known_by_code_name_or_key_with_everything_below_it(units: Units) -> None:
    for word in ("1.02.1", "1.02", "0", "upt_laboratorium", "dinkes", units.section, units.health):
        assert tagged(YOSE, f"unit:{word}") == REFUSED, word
    for word in ("1.03", "dinas_pekerjaan_umum", units.works):
        assert tagged(YOSE, f"unit:{word}") == ALLOWED, word


def test_a_word_no_unit_answers_to_is_not_known_instead_of_not_meant(units: Units) -> None:
    assert tagged(YOSE, "unit:rsud") == OPEN
    assert tagged(YOSE, "area:kota_contoh") == OPEN
    assert tagged(YOSE, "allowance:tpp") == OPEN


def test_a_longer_name_that_only_begins_alike_is_another_unit(now: datetime, units: Units) -> None:
    tree = Tree.read(Span(WEDNESDAY, FRIDAY), LATER)
    assert tree.meant("dinas_kesehatan") == {Unit.objects.get(key=units.health).pk}
    assert tree.meant("sd") == frozenset()


def test_a_post_nobody_assessed_leaves_every_task_open(now: datetime, units: Units) -> None:
    needs = 'kind = "require"\nid = "tugas"\nneeds = { all = ["task:dapat_dengan_tik", "task:sedikit_tatap_muka"] }'
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, needs)) == ("needs_judgement", "criterion_unknown")
    assess(now)
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, needs)) == ALLOWED
    assess(now, criterion_ict="tidak")
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, needs)) == ("refused", "criterion")
    assess(now, criterion_ict="belum")
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, needs)) == ("needs_judgement", "criterion_unknown")


def test_direct_service_is_known_only_once_the_post_and_a_service_are(now: datetime, units: Units) -> None:
    assert tagged(YOSE, "service:langsung") == OPEN
    assess(now)
    # Assessed as no direct service, but no service is in the catalogue yet that could say otherwise.
    assert tagged(YOSE, "service:langsung") == OPEN
    serve(now, units.works, "Izin jalan", since=date(2026, 1, 1))
    assert tagged(YOSE, "service:langsung") == ALLOWED
    assert tagged(MARUF, "service:langsung") == REFUSED
    assess(now, direct_service="ya")
    assert tagged(YOSE, "service:langsung") == REFUSED


def test_somebody_who_stands_at_two_counters_is_meant_by_either_service(now: datetime, units: Units) -> None:
    serve(now, units.section, "Pengujian sampel", since=date(2026, 1, 1))
    serve(now, units.section, "Uji air", since=date(2026, 1, 1))
    for word in ("pengujian_sampel", "uji_air", "loket"):
        assert tagged(YOSE, f"service:{word}") == REFUSED, word
        assert tagged(MARUF, f"service:{word}") == ALLOWED, word
    assert tagged(YOSE, "service:perpustakaan_keliling") == OPEN


def test_a_level_the_file_does_not_tell_is_open_and_one_it_tells_is_told(now: datetime, units: Units) -> None:
    assert tagged(YOSE, "post:eselon_2") == ALLOWED  # a clerk's post has no echelon
    chief = person(
        MARUF, "Ma’ruf", unor_nama="Dinas Pekerjaan Umum", satuan_kerja_kerja_nama="Dinas Pekerjaan Umum",
        jabatan_nama="Kepala Dinas", jenis_jabatan_nama="Struktural", tmt_jabatan="01-05-2026",
    )  # fmt: skip
    bring(now + timedelta(hours=1), person(YOSE, "Yosé Limbong"), person(RINA, "Rina D'Arcy"), chief)
    assert tagged(MARUF, "post:eselon_2") == OPEN
    Post.objects.filter(name="Kepala Dinas").update(level="II.a")
    assert tagged(MARUF, "post:eselon_2") == REFUSED
    assert tagged(MARUF, "post:jpt_pratama") == REFUSED
    assert tagged(MARUF, "post:pengawas") == ALLOWED
    assert tagged(MARUF, "post:kepala_dinas") == REFUSED
    assert tagged(YOSE, "post:kepala_dinas") == ALLOWED
    assert tagged(YOSE, "post:camat") == ALLOWED
    assert tagged(YOSE, "post:tenaga_kesehatan") == OPEN


def test_a_title_first_heard_of_later_was_not_known_before(now: datetime, units: Units) -> None:
    rule = 'kind = "exclude"\nid = "tidak"\nwho = { any = ["post:kepala_dinas"] }'
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, rule, at=now)) == OPEN
    later = now + timedelta(hours=1)
    chief = person(
        MARUF, "Ma’ruf", unor_nama="Dinas Pekerjaan Umum", satuan_kerja_kerja_nama="Dinas Pekerjaan Umum",
        jabatan_nama="Kepala Dinas", jenis_jabatan_nama="Struktural", tmt_jabatan="01-05-2026",
    )  # fmt: skip
    bring(later, person(YOSE, "Yosé Limbong"), person(RINA, "Rina D'Arcy"), chief)
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, rule, at=later)) == ALLOWED
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, rule, at=now)) == OPEN


def test_the_kind_of_service_is_told_from_the_file(units: Units) -> None:
    assert tagged(YOSE, "type:pns") == REFUSED
    assert tagged(YOSE, "type:pppk_paruh_waktu") == ALLOWED


def test_whether_a_letter_for_pns_means_a_cpns_the_letter_has_to_say(now: datetime, units: Units) -> None:
    later = now + timedelta(hours=1)
    bring(later, person(YOSE, "Yosé Limbong", status_cpns_pns="CPNS"), person(RINA, "Rina D'Arcy"))
    assert tagged(YOSE, "type:pns") == OPEN
    assert tagged(YOSE, "type:cpns") == REFUSED


def test_shares_count_the_whole_unit_leave_and_trips(now: datetime, units: Units) -> None:
    half = 'kind = "quota"\nid = "separuh"\nper = "opd"\nflex_max = 50\nrounding = "down"\nwithout = ["leave"]'
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, half)) == ALLOWED
    store("flexdays", now, (RINA, "02/12/2026", "Rumah", "Permohonan", "Penuh", ""))
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, half)) == ("refused", "share_full")
    assert said(YOSE, THURSDAY, held(EVERY_DAY, half)) == ALLOWED
    store("leave", now + timedelta(hours=1), (RINA, "03/12/2026", "03/12/2026", "Penuh"))
    # One of two is left, and half of one is nobody.
    found = ask(YOSE, THURSDAY, held(EVERY_DAY, half))
    assert found.decision.headline.code == "share_full"
    assert dict(found.decision.headline.facts)["away"] == 1
    counted = half.replace('["leave"]', "[]")
    assert said(YOSE, THURSDAY, held(EVERY_DAY, counted)) == ALLOWED


def test_who_is_away_half_a_day_works_the_other_half(now: datetime, units: Units) -> None:
    store("leave", now, (YOSE, "02/12/2026", "02/12/2026", "Penuh"), (YOSE, "03/12/2026", "03/12/2026", "Pagi"))
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY)) == ("refused", "away")
    assert said(YOSE, THURSDAY, held(EVERY_DAY)) == ALLOWED


def test_the_home_is_the_one_on_record_and_silence_about_it_is_no_yes(now: datetime, units: Units) -> None:
    home = held(EVERY_DAY, 'kind = "location"\nid = "rumah"\nallowed = ["home"]\nregistered = true')
    assert said(YOSE, WEDNESDAY, home, place=Place.HOME) == ALLOWED
    assert said(YOSE, WEDNESDAY, home, place=Place.OTHER) == ("refused", "place")
    later = now + timedelta(hours=1)
    bring(later, person(YOSE, "Yosé Limbong", alamat=""), person(RINA, "Rina D'Arcy"))
    EmployeeVersion.objects.filter(employee__nip=YOSE).update(domicile_on_record=None)
    assert said(YOSE, WEDNESDAY, home, place=Place.HOME) == ("needs_judgement", "place_unknown")


def test_a_blackout_closes_the_days_of_its_unit(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now):
        add_blackout(
            unit_key=units.health, period=Period(WEDNESDAY, FRIDAY), name="Tutup tahun", basis="nota dinas 5/2026"
        )
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY)) == ("refused", "day_closed")
    assert said(YOSE, FRIDAY, held(EVERY_DAY)) == ALLOWED
    assert said(MARUF, WEDNESDAY, held(EVERY_DAY)) == ALLOWED
    found = ask(YOSE, WEDNESDAY, held(EVERY_DAY))
    assert "Tutup tahun: nota dinas 5/2026" in {one.basis for one in found.decision.reasons}
    assert FRIDAY in {one.value for one in found.remedies}


def test_the_zone_and_the_signal_are_those_of_the_place_of_work(now: datetime, units: Units) -> None:
    assert tagged(YOSE, "signal:lemah") == OPEN
    unit = Unit.objects.get(key=units.health)
    with unit_of_work(SETUP, now):
        set_workplace(unit=unit, name="Kantor", zone=Zone.CENTRAL, signal=Signal.WEAK, since=date(2026, 1, 1))
    assert tagged(YOSE, "signal:lemah") == REFUSED
    assert tagged(YOSE, "zone:wita") == REFUSED
    assert tagged(YOSE, "zone:wib") == ALLOWED
    with unit_of_work(SETUP, now):
        set_workplace(unit=unit, name="Gudang", zone=Zone.CENTRAL, signal=None, since=date(2026, 1, 1))
    assert tagged(YOSE, "signal:lemah") == OPEN


def test_what_another_module_settled_is_known_for_everybody(units: Units) -> None:
    told = Brought(
        told=(Told("area:kota_contoh", frozenset({units.works}), DateRange(date(2026, 1, 1), None)),),
        persons={id_of(YOSE): (Tag("grant:b/hari"),)},
        settled=frozenset({"grant:b/hari"}),
    )
    asked = held(EVERY_DAY + "\nneeds_grant = true", excluding('any = ["area:kota_contoh"]'))
    found = gather([WEDNESDAY], asked, brought=told)
    tags = {row.id: row.on(WEDNESDAY) for row in found.crew.persons}
    unknown = {row.id: row.unknown_on(WEDNESDAY) for row in found.crew.persons}
    assert tags[id_of(YOSE)] == {"grant:b/hari", f"person:{id_of(YOSE)}"}
    assert "area:kota_contoh" in tags[id_of(MARUF)]
    assert set(unknown.values()) == {frozenset()}
    assert gather([WEDNESDAY], asked).crew.persons[0].unknown_on(WEDNESDAY) == {"grant:b/hari", "area:kota_contoh"}


def test_a_reason_counts_when_it_is_given(units: Units) -> None:
    asked = held(EVERY_DAY + '\nwho = { any = ["reason:mudik"] }')
    assert said(YOSE, WEDNESDAY, asked) == ("refused", "no_instrument")
    assert said(YOSE, WEDNESDAY, asked, wish=Wish(reasons=("mudik",))) == ALLOWED
    assert said(YOSE, WEDNESDAY, asked, wish=Wish(mode=Mode.TIME, reasons=("mudik",))) == ("refused", "mode_not_opened")


def test_whoever_holds_no_post_on_the_day_is_told_so(units: Units) -> None:
    Posting.objects.filter(employee__nip=YOSE).update(period=DateRange(date(2026, 1, 1), WEDNESDAY))
    with pytest.raises(NotServing):
        ask(YOSE, WEDNESDAY, held(EVERY_DAY))
    with pytest.raises(NoSuchEmployee):
        employee_of("000")
    assert employee_of(f" {YOSE} ") == id_of(YOSE) == employee_of(id_of(YOSE))


def test_one_person_costs_as_many_queries_as_everybody(units: Units) -> None:
    asked = held(EVERY_DAY, excluding('any = ["unit:1.03", "post:eselon_2", "service:langsung", "need:no"]'))
    with CaptureQueriesContext(
        connection,
    ) as few:
        gather([WEDNESDAY], asked, only=[Employee.objects.get(nip=YOSE).pk])
    with CaptureQueriesContext(connection) as many:
        gather([WEDNESDAY, FRIDAY, date(2026, 12, 30)], asked)
    assert len(many) <= len(few) <= 26


def test_groups_are_the_unit_below_the_agency_and_the_agency(units: Units) -> None:
    found = gather([WEDNESDAY], held(EVERY_DAY))
    column = found.crew.grid.index(WEDNESDAY)
    rows = {person.id: at for at, person in enumerate(found.crew.persons)}
    yose, rina, maruf = (rows[id_of(nip)] for nip in (YOSE, RINA, MARUF))
    for per in (Per.UNIT, Per.OPD):
        group = found.crew.groups[per][:, column]
        assert group[yose] == group[rina] != group[maruf]
        assert min(group) >= 0
    assert set(found.crew.groups[Per.TEAM][:, column]) == {-1}


def test_a_half_day_at_home_takes_a_day_of_the_week(now: datetime, units: Units) -> None:
    one = 'kind = "weekly"\nid = "satu"\nmax_days = 1'
    store("flexdays", now, (*HOME[:4], "Pagi", ""))
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, one)) == ALLOWED
    assert said(YOSE, THURSDAY, held(EVERY_DAY, one)) == ("refused", "week_full")
    assert reason(ask(YOSE, THURSDAY, held(EVERY_DAY, one)), "b/satu").remedy == "other_week"
