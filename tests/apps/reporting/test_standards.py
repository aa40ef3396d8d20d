"""The *Standar* answer of a month: what is not recorded never passes, flexible and other days apart."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luwes.apps.attendance.models import PresenceDay, ServicePresenceDay
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.models import Service, ServiceVersion, Unit
from luwes.apps.people.programmes.actions import ProgramFacts, create_program
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.reporting import four, standards_wording
from luwes.apps.reporting.standards import ALL, FLEXIBLE, OTHER, ServiceStandard, standards
from luwes.apps.results.models import ServiceFigure, UnitFigure
from luwes.apps.schedule.models import ExposureDay
from luwes.core.charts import Tone
from luwes.core.indicators.standard import Kept, Promise, Reason, Verdict
from luwes.core.workdays.periods import Period
from tests.world import SETUP, Units, plant_service, plant_units

pytestmark = pytest.mark.django_db
OCTOBER, TODAY = date(2026, 10, 1), date(2026, 11, 25)
DAYS = [OCTOBER + timedelta(days=n) for n in range(31) if (OCTOBER + timedelta(days=n)).weekday() < 5]
FRIDAYS = [day for day in DAYS if day.weekday() == 4]


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def service(now: datetime, units: Units) -> str:
    """Two hours promised, three implementers, open Monday to Friday 08.00-15.00; Fridays are flexible."""
    key, _point = plant_service(now, units.section)
    work(now, key)
    return key


def work(now: datetime, key: str) -> None:
    ExposureDay.objects.bulk_create(
        ExposureDay(
            service=Service.objects.get(key=key),
            day=day,
            flexible=2 if day in FRIDAYS else 0,
            on_duty=6,
            exposure=Decimal("0.3") if day in FRIDAYS else Decimal(0),
            largest=Decimal("0.3"),
            silent_links=0,
            kind=FLEXIBLE if day in FRIDAYS else OTHER,
            threshold=Decimal("0.1"),
            computed_at=now,
        )
        for day in DAYS
    )


def figures(now: datetime, key: str, measure: str, kept: int, of: int, days: list[date] = DAYS) -> None:
    ServiceFigure.objects.bulk_create(
        ServiceFigure(service=Service.objects.get(key=key), day=day, measure=measure, kept=kept, of=of, computed_at=now)
        for day in days
    )


def fronts(now: datetime, key: str, there: int, days: list[date] = DAYS) -> None:
    ServicePresenceDay.objects.bulk_create(
        ServicePresenceDay(service=Service.objects.get(key=key), day=day, at_office=there, promised=3, computed_at=now)
        for day in days
    )


def only(month: date = OCTOBER, **rest: object) -> ServiceStandard:
    (found,) = standards(month, **rest)  # type: ignore[arg-type] # named as in the function
    return found


def reasons(one: ServiceStandard, kind: str = ALL) -> dict[Promise, Reason | None]:
    return {answer.figures.promise: answer.reason for answer in one.answers[kind].promises}


def test_without_any_data_nothing_is_met(service: str) -> None:
    found = only()
    assert {kind: answer.verdict for kind, answer in found.answers.items()} == dict.fromkeys(
        (ALL, FLEXIBLE, OTHER), Verdict.NOT_ENOUGH_DATA
    )
    assert set(reasons(found).values()) == {Reason.NO_DATA}
    assert found.days == {ALL: 22, FLEXIBLE: 5, OTHER: 17}


def test_every_promise_kept_and_recorded_meets_the_standard(now: datetime, service: str) -> None:
    figures(now, service, "within_time", 20, 20)
    figures(now, service, "hours_kept", 420, 420)
    fronts(now, service, 4)
    found = only()
    assert [found.answers[kind].verdict for kind in (ALL, FLEXIBLE, OTHER)] == [Verdict.MEETS] * 3


def test_harm_on_flexible_days_shows_on_those_days(now: datetime, service: str) -> None:
    figures(now, service, "within_time", 20, 20, [day for day in DAYS if day not in FRIDAYS])
    figures(now, service, "within_time", 10, 20, FRIDAYS)
    figures(now, service, "hours_kept", 420, 420)
    fronts(now, service, 3)
    found = only()
    assert found.answers[FLEXIBLE].verdict is Verdict.FAILS
    assert found.answers[OTHER].verdict is Verdict.MEETS
    assert found.whole.verdict is Verdict.NOT_ENOUGH_DATA, "390 of 440: between 85.3 % and 91.4 %"


def test_what_is_recorded_whole_has_no_range_to_speak_of(now: datetime, service: str) -> None:
    figures(now, service, "hours_kept", 400, 420)
    (hours,) = [one for one in standards_wording.promises(only().own["all"]) if one.startswith("Jam buka")]
    assert hours.replace("\N{NO-BREAK SPACE}", " ").endswith(
        "jam yang tercatat dibuka; semuanya tercatat, wajib 90,0 %."
    )


def test_days_without_a_record_are_never_counted_as_kept(now: datetime, service: str) -> None:
    figures(now, service, "within_time", 20, 20)
    fronts(now, service, 3)
    figures(now, service, "hours_kept", 420, 420, DAYS[:11])
    found = only()
    assert reasons(found)[Promise.HOURS_KEPT] is Reason.INTERVAL_SPANS_REQUIRED
    assert found.whole.verdict is Verdict.NOT_ENOUGH_DATA
    hours = next(one for one in found.whole.promises if one.figures.promise is Promise.HOURS_KEPT)
    assert (hours.figures.of, hours.figures.unrecorded) == (11 * 420, 11 * 420)


def test_nobody_at_the_counter_fails_whatever_else_is_kept(now: datetime, service: str) -> None:
    figures(now, service, "within_time", 20, 20)
    figures(now, service, "hours_kept", 420, 420)
    fronts(now, service, 1)
    assert only().whole.verdict is Verdict.FAILS


def test_four_cases_are_not_judged(now: datetime, service: str) -> None:
    figures(now, service, "within_time", 1, 1, DAYS[:4])
    assert reasons(only())[Promise.WITHIN_TIME] is Reason.SUPPRESSED
    assert standards_wording.short(only().own["all"], Promise.WITHIN_TIME) == "terlalu sedikit, tidak ditampilkan"


def test_what_lies_ahead_is_not_missing(now: datetime, service: str) -> None:
    figures(now, service, "hours_kept", 420, 420, DAYS[:3])
    early = only(until=DAYS[3])
    hours = next(one for one in early.whole.promises if one.figures.promise is Promise.HOURS_KEPT)
    assert (hours.verdict, hours.figures.unrecorded) == (Verdict.MEETS, 0)
    assert standards(date(2026, 12, 1), until=date(2026, 11, 26)) == []


def test_a_standard_changed_in_mid_month_holds_from_its_day(now: datetime, units: Units, service: str) -> None:
    figures(now, service, "within_time", 9, 10)
    standard = Standard("Pengujian sampel", units.section, minutes=60, source="SK 2/2026", required_share=75)
    version = ServiceVersion.objects.get(service__key=service, superseded_at=None).pk
    with unit_of_work(SETUP, now):
        services.change_service(key=service, version=version, standard=standard, since=date(2026, 10, 16))
    found = only()
    share = next(one for one in found.whole.promises if one.figures.promise is Promise.WITHIN_TIME).figures.required
    assert 0.75 < share < 0.9, "weighted by what was due on each side"
    assert found.required_pct == 75
    hours = next(one for one in found.whole.promises if one.figures.promise is Promise.HOURS_KEPT)
    assert hours.figures.unrecorded == 11 * 420, "hours were promised until the fifteenth"


def test_a_service_without_a_standard_says_so(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now):
        services.create_service(
            standard=Standard("Konsultasi", units.works, source="Belum ada"), since=date(2026, 1, 1)
        )
    assert only(owners=[units.works]).whole.verdict is Verdict.NO_STANDARD
    assert standards_wording.short(only(owners=[units.works]).own["all"], Promise.WITHIN_TIME) == "–"


def test_the_whole_government_takes_a_constant_number_of_queries(now: datetime, units: Units, service: str) -> None:
    with CaptureQueriesContext(connection) as one:
        standards(OCTOBER)
    for name in ("Kalibrasi", "Konsultasi"):
        plant_service(now, units.works, name=name)
    with CaptureQueriesContext(connection) as three:
        assert len(standards(OCTOBER)) == 3
    assert len(three) == len(one) <= 13


def hours_of(found: ServiceStandard) -> Kept:
    return next(one.figures for one in found.whole.promises if one.figures.promise is Promise.HOURS_KEPT)


def test_a_record_that_leaves_out_a_time_or_a_point_leaves_its_minutes_unrecorded(
    now: datetime, units: Units, service: str
) -> None:
    with unit_of_work(SETUP, now):
        services.add_point(key=service, point=Point("Loket 2", units.section), since=date(2026, 1, 1))
    figures(now, service, "hours_kept", 0, 0, DAYS[:1])
    figures(now, service, "hours_kept", 420, 420, DAYS[1:2])
    assert hours_of(only()) == Kept(Promise.HOURS_KEPT, 420, 420, 2 * 420 * 22 - 420)


def test_one_record_for_the_whole_service_speaks_for_its_points(now: datetime, units: Units, service: str) -> None:
    with unit_of_work(SETUP, now):
        services.add_point(key=service, point=Point("Loket 2", units.section), since=date(2026, 1, 1))
    figures(now, service, "hours_kept", 400, 420)
    ServiceFigure.objects.update(sums={"whole": 1})
    assert hours_of(only()) == Kept(Promise.HOURS_KEPT, 400 * 22, 420 * 22, 0)


def test_without_any_staff_the_calendar_says_what_was_owed(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now):
        seed_calendars()
    plant_service(now, units.section)
    found = only(date(2026, 8, 1), until=date(2026, 9, 1))
    assert found.days == {ALL: 19, FLEXIBLE: 0, OTHER: 0}, "21 weekdays, two of them holidays"
    assert hours_of(found).unrecorded == 19 * 420


def test_the_sentence_names_share_interval_requirement_and_what_is_missing(now: datetime, service: str) -> None:
    figures(now, service, "within_time", 19, 20)
    figures(now, service, "hours_kept", 400, 420, DAYS[:20])
    lines = standards_wording.lines(only())
    assert [line.kind for line in lines] == ["Semua hari kerja", "Hari fleksibel", "Hari lain"]
    time, hours, people = (text.replace("\N{NO-BREAK SPACE}", " ") for text in lines[0].promises)
    assert (
        time == "Ketepatan waktu: 95,0 % dari 440 perkara selesai pada waktunya; kisaran 92,5 %–96,8 %, wajib 90,0 %."
    )
    assert hours.startswith(
        "Jam buka menurut petugas: 95,2 % dari 140,0 jam yang tercatat dibuka; kisaran 86,6 %–95,7 %, wajib 90,0 %."
    )
    assert hours.endswith("14,0 jam tidak tercatat.")
    assert people == "Pelaksana: belum ada presensi yang dihitung."
    cells = [
        standards_wording.short(only().own["all"], promise).replace("\N{NO-BREAK SPACE}", " ") for promise in Promise
    ]
    assert cells == [
        "95,0 % dari 440 perkara; kisaran 92,5 %–96,8 %, wajib 90,0 %",
        "95,2 % dari 140,0 jam; kisaran 86,6 %–95,7 %, wajib 90,0 %",
        "belum ada data",
    ]


def test_the_leader_s_sentence_counts_services_and_claims_no_cause(now: datetime, units: Units, service: str) -> None:
    empty = four.service_answer([], OCTOBER)
    assert (empty.word, empty.tone) == ("Belum ada data", Tone.QUIET)
    silent = four.service_answer(standards(OCTOBER), OCTOBER)
    assert (silent.word, silent.tone) == ("Data tidak cukup", Tone.QUIET)
    figures(now, service, "within_time", 5, 20)
    other, _point = plant_service(now, units.works, name="Kalibrasi")
    work(now, other)
    answer = four.service_answer(standards(OCTOBER), OCTOBER)
    assert (answer.word, answer.tone, answer.number) == ("Ada yang di bawah standar", Tone.BAD, "0/1")
    assert "0 dari 1 layanan yang dapat dinilai memenuhi standar" in answer.sentence
    assert answer.gaps == ["1 layanan belum dapat dinilai karena datanya tidak cukup."]
    assert "belum berarti akibat kerja fleksibel" in answer.notices[0]


def program(now: datetime, owner: str, team: list[str], **rest: object) -> None:
    facts = ProgramFacts(
        name="Sekolah rakyat",
        owner=owner,
        team=team,
        period=Period(date(2026, 10, 5), date(2026, 10, 8)),
        **rest,  # type: ignore[arg-type] # progress, where a test is about it
    )
    with unit_of_work(SETUP, now):
        create_program(facts=facts)


def presence(now: datetime, key: str, day: date, present: int, required: int, **sums: int) -> None:
    PresenceDay.objects.create(
        unit=Unit.objects.get(key=key),
        day=day,
        source="punches",
        staff=required + sum(sums.values()),
        required=required,
        present=present,
        sums=sums,
        computed_at=now,
        **dict.fromkeys(("late", "late_minutes", "early", "excused", "at_office", "elsewhere", "flexible"), 0),
        absent=required - present,
        flexible_kept=0,
        flexible_unknown=0,
    )


def test_presence_counts_those_who_work_on_the_programme_while_it_runs_once(now: datetime, units: Units) -> None:
    today = date(2026, 11, 25)
    assert (
        four.presence_answer(four.running_programs(OCTOBER), OCTOBER, today).sentence
        == "Tidak ada program strategis yang berjalan."
    )
    program(
        now, units.health, [units.section], physical_target=Decimal(50), physical_progress=Decimal(40), as_of=OCTOBER
    )
    assert four.presence_answer(four.running_programs(OCTOBER), OCTOBER, today).word == "Belum ada data"
    presence(now, units.health, date(2026, 10, 5), 9, 10)
    presence(now, units.section, date(2026, 10, 5), 1, 2)
    presence(now, units.health, date(2026, 10, 6), 8, 10, no_data=3)
    presence(now, units.health, date(2026, 10, 8), 0, 10)
    presence(now, units.works, date(2026, 10, 5), 0, 10)
    answer = four.presence_answer(four.running_programs(OCTOBER), OCTOBER, today)
    assert "hadir 17 dari 20 hari wajib hadir" in answer.sentence
    assert answer.number.replace("\N{NO-BREAK SPACE}", " ") == "85,0 %"
    assert answer.gaps == ["3 hari kerja tidak tercatat presensinya."]
    assert "fisik 40" in answer.notices[0]
    (asked,) = [one for one in four.questions(OCTOBER, today) if one.waiting]
    assert asked.waiting[0][1:] == ("Sekolah rakyat", "kemajuan fisik di bawah target")


def test_few_required_days_are_not_shown(now: datetime, units: Units) -> None:
    program(now, units.works, [])
    presence(now, units.works, date(2026, 10, 5), 1, 2)
    answer = four.presence_answer(four.running_programs(OCTOBER), OCTOBER, date(2026, 11, 25))
    assert (answer.word, answer.number) == ("Data tidak cukup", "")
    assert "2" not in answer.sentence


@pytest.mark.parametrize(
    ("running", "others", "told"), [(10, 10, "9 dari 10"), (10, 3, ""), (3, 10, ""), (10, 0, "9 dari 10")]
)
def test_the_days_of_a_programme_are_not_the_month_less_three_people(
    now: datetime, units: Units, running: int, others: int, told: str
) -> None:
    program(now, units.works, [])
    presence(now, units.works, date(2026, 10, 5), running - 1, running)
    presence(now, units.works, date(2026, 10, 12), others, others)
    answer = four.presence_answer(four.running_programs(OCTOBER), OCTOBER, date(2026, 11, 25))
    assert told in answer.sentence
    assert (answer.word == "Data tidak cukup") is (not told)


@pytest.mark.parametrize(
    ("targeted", "target", "word", "number"),
    [
        (96, 100, "Di bawah target", "96,0 %"),
        (9_998, 10_000, "Di bawah target", "99,98 %"),
        (100, 100, "Target tercapai", "100,0 %"),
        (0, 0, "Tanpa target", ""),
    ],
)
def test_results_are_held_against_their_targets(
    now: datetime, units: Units, targeted: int, target: int, word: str, number: str
) -> None:
    assert four.output_answer(OCTOBER, TODAY).word == "Belum ada data"
    sums = {"count": 20_000, "targeted": targeted, "target": target, "quality": 0, "rated": 0, "persons": 7}
    UnitFigure.objects.create(
        unit=Unit.objects.get(key=units.works), day=OCTOBER, measure="outputs", kept=0, of=0, sums=sums, computed_at=now
    )
    answer = four.output_answer(OCTOBER, TODAY)
    assert (answer.word, answer.number.replace("\N{NO-BREAK SPACE}", " ")) == (word, number)
    assert "belum dapat disimpulkan" in answer.notices[-1]


def test_one_unit_is_answered_with_all_below_it(now: datetime, units: Units, service: str) -> None:
    figures(now, service, "within_time", 5, 20)
    presence(now, units.health, date(2026, 10, 5), 9, 10, no_data=2)
    presence(now, units.works, date(2026, 10, 5), 1, 10)
    today = date(2026, 11, 25)
    health = four.unit_questions(units.health, OCTOBER, today)
    assert health[0].answer.number == "0/1"
    assert "hadir 9 dari 10 hari wajib hadir" in health[1].answer.sentence
    assert health[1].answer.gaps == ["2 hari kerja tidak tercatat presensinya."]
    works = four.unit_questions(units.works, OCTOBER, today)
    assert works[0].answer.word == "Belum ada data"
    assert works[2].answer.word == "Belum ada data"
    assert four.unit_presence_answer(units.section, OCTOBER, TODAY).word == "Belum ada data"
