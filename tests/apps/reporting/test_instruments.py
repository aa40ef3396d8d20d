"""Three instruments reach the answer: labelled, never added, and no own record meets against who stood at the door."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Service, ServicePoint
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.reporting import four, instruments, standards_wording
from luwes.apps.reporting.monthly import monthly, monthly_report
from luwes.apps.reporting.standards import ALL, ServiceStandard, standards
from luwes.apps.results.counters import reports
from luwes.apps.results.measures import Measure, Witness
from luwes.apps.results.models import ServiceFigure, SpotCheck, SpotDraw, SpotProcedure
from luwes.apps.results.services.witnesses import sum_witnesses
from luwes.core.indicators.standard import Verdict
from luwes.core.indicators.witnesses import Doubt, Instrument
from tests.apps.results.services import world as w
from tests.apps.results.services.test_openings import log, store
from tests.apps.results.services.world import WEEK, World
from tests.apps.staff_files import ME

pytestmark = pytest.mark.django_db
NOVEMBER, TODAY = date(2026, 11, 1), date(2026, 11, 25)
DAYS = [day for day in (NOVEMBER + timedelta(days=n) for n in range(24)) if day.isoweekday() <= 5]
NAME = "Tera timbangan"
CITIZEN = system("warga")


@pytest.fixture
def world(now: datetime) -> World:
    return w.plant(now)


@pytest.fixture
def service(now: datetime, world: World) -> int:
    """A service that promises nothing but its hours, at one counter; its file says open on every day."""
    pk = w.add_service(
        now,
        Standard(NAME, world.units.health, windows=WEEK, source="SK 5/2026"),
        [Point("Loket Tera", world.units.health)],
    )
    store(now, *(log("08.00", "15.00", day=f"{day:%d/%m/%Y}", of=NAME) for day in DAYS))
    return pk


def only(pk: int, today: date = TODAY) -> ServiceStandard:
    return next(one for one in standards(NOVEMBER, until=today) if one.key == Service.objects.get(pk=pk).key)


def checks(now: datetime, pk: int, found: Sequence[bool | None], days: Sequence[date] = DAYS) -> None:
    """One drawn check a day, at ten: served, shut, or (None) filed by nobody."""
    procedure, _ = SpotProcedure.objects.get_or_create(
        since=NOVEMBER,
        defaults={"per_day": 1, "flexible_rate": 1, "base_share": 0, "digest": "d" * 64, "frozen_at": now},
    )
    point = ServicePoint.objects.get(service=pk)
    for number, value in enumerate(found):
        day = days[number % len(days)]
        draw, _ = SpotDraw.objects.get_or_create(
            day=day,
            defaults={"procedure": procedure, "frame": [], "audit_seq": 1, "drawn_at": now},
        )
        SpotCheck.objects.create(
            draw=draw,
            service_id=pk,
            point=point,
            kind="other",
            minute=600 + SpotCheck.objects.count(),
            chance_of=1,
            chance_in=40,
            reached=value,
            served=value,
            filed_at=None if value is None else now,
        )
    with unit_of_work(ME, now):
        sum_witnesses({(pk, day) for day in days})


def told(one: ServiceStandard) -> str:
    return " ".join(standards_wording.lines(one)[0].promises).replace("\N{NO-BREAK SPACE}", " ")


def test_the_own_record_alone_meets(service: int) -> None:
    one = only(service)
    assert one.whole.verdict is Verdict.MEETS
    assert not one.overruled
    assert told(one).startswith("Jam buka menurut petugas: 100,0 %")
    assert "uji petik" not in told(one)


def test_a_check_that_meets_a_closed_door_where_the_record_says_open_denies_it(now: datetime, service: int) -> None:
    checks(now, service, [True] * 12 + [False])
    one = only(service)
    assert one.own[ALL].verdict is Verdict.MEETS
    assert one.whole.verdict is Verdict.NOT_ENOUGH_DATA
    assert one.weighed[ALL].doubts == (Doubt.CHECK_FOUND_SHUT,)
    assert "Menurut uji petik: warga dilayani pada 92,3 % jam layanan" in told(one)
    assert "uji petik menemukan loket tutup saat catatan petugas menyebut buka" in told(one)
    assert "belum dapat disebut memenuhi" in told(one)


def test_many_closed_doors_make_it_fail_whatever_the_record_says(now: datetime, service: int) -> None:
    checks(now, service, [False] * 17)
    one = only(service)
    assert (one.whole.verdict, one.weighed[ALL].decided_by) == (Verdict.FAILS, Instrument.CHECKS)
    assert "didahulukan atas catatan petugas" in told(one)
    answer = four.service_answer([one], NOVEMBER)
    assert "0 dari 1" in answer.sentence


def test_checks_nobody_filed_are_no_good_news(now: datetime, service: int) -> None:
    checks(now, service, [True] + [None] * 14)
    one = only(service)
    found = one.witnesses[ALL].checks
    assert found is not None
    # The last three days can still be filed, so they are not missing yet; a month later they are.
    assert (found.checks, found.missing) == (1, 14)
    assert "14 pemeriksaan terundi tidak diisi" in told(one)
    checks(now, service, [None], days=[date(2026, 11, 24)])
    assert only(service).witnesses[ALL].checks == found
    later = only(service, today=date(2026, 11, 30)).witnesses[ALL].checks
    assert later is not None
    assert later.missing == 15


def test_checks_drawn_and_filed_by_nobody_are_said(now: datetime, service: int) -> None:
    checks(now, service, [None] * 9)
    one = only(service)
    assert one.whole.verdict is Verdict.MEETS
    assert "Menurut uji petik: tidak diketahui, 9 pemeriksaan terundi tidak diisi." in told(one)
    assert instruments.table([one]).rows[0][6] == 9


def test_checks_that_praise_lift_nothing_the_survey_denies(now: datetime, world: World) -> None:
    standard = Standard(NAME, world.units.health, windows=WEEK, source="SK 5/2026")
    pk = w.add_service(now, standard, [Point("Loket", world.units.health)])
    checks(now, pk, [True] * 120)
    assert only(pk).whole.verdict is Verdict.MEETS
    ServiceFigure.objects.create(
        service_id=pk,
        day=DAYS[0],
        measure=Measure.SURVEY.value,
        kept=0,
        of=0,
        sums={"served": [30, 10]},
        computed_at=now,
    )
    for with_record in (False, True):
        if with_record:
            store(now, *(log("08.00", "15.00", day=f"{day:%d/%m/%Y}", of=NAME) for day in DAYS))
        one = only(pk)
        assert one.whole.verdict is Verdict.NOT_ENOUGH_DATA
        assert "jawaban survei yang menyatakan dilayani di bawah yang wajib" in told(one)
        assert "belum dapat disebut memenuhi" in told(one)


def test_hours_denied_are_told_where_another_promise_lacks_data_anyway(now: datetime, world: World) -> None:
    standard = Standard(NAME, world.units.health, windows=WEEK, minutes=30, source="SK 5/2026")
    pk = w.add_service(now, standard, [Point("Loket", world.units.health)])
    store(now, *(log("08.00", "15.00", day=f"{day:%d/%m/%Y}", of=NAME) for day in DAYS))
    checks(now, pk, [True] * 12 + [False])
    one = only(pk)
    assert one.whole.verdict is one.own[ALL].verdict is Verdict.NOT_ENOUGH_DATA
    assert "Catatan petugas menyebut jam buka ditepati, tetapi uji petik menemukan loket tutup" in told(one)
    assert "Uji petik menyebut jam buka ditepati" not in told(one)


def test_a_file_that_comes_after_the_check_cannot_hide_it(now: datetime, world: World) -> None:
    standard = Standard(NAME, world.units.health, windows=WEEK, source="SK 5/2026")
    pk = w.add_service(now, standard, [Point("Loket", world.units.health)])
    checks(now, pk, [True] * 12 + [False])
    figures = ServiceFigure.objects.filter(service=pk, measure=Witness.SPOT_CHECK.value)
    assert not any(row.sums["against"] for row in figures)
    store(now, *(log("08.00", "15.00", day=f"{day:%d/%m/%Y}", of=NAME) for day in DAYS))
    assert sum(row.sums["against"] for row in figures.all()) == 1
    assert only(pk).whole.verdict is Verdict.NOT_ENOUGH_DATA


def test_citizens_deny_together_and_one_alone_does_not(now: datetime, service: int) -> None:
    key = ServicePoint.objects.get(service=service).key
    for number, address in enumerate(["203.0.113.9", "203.0.113.9", "198.51.100.7", "192.0.2.44"]):
        if number == 3:
            store(now, log("08.00", "15.00", day="25/11/2026", of=NAME), source="Loket hari ini")
            assert only(service, today=TODAY + timedelta(days=1)).whole.verdict is Verdict.MEETS
        with unit_of_work(CITIZEN, now):
            reports.report_closed(point_key=key, form=f"f{number}", address=address)
    one = only(service, today=TODAY + timedelta(days=1))
    assert one.witnesses[ALL].reports == 4
    assert (one.whole.verdict, one.weighed[ALL].doubts) == (Verdict.NOT_ENOUGH_DATA, (Doubt.REPORTS,))
    assert "Menurut warga: kurang dari lima laporan loket tutup. Sebagian datang saat" in told(one)
    assert only(service).whole.verdict is Verdict.MEETS, "the day has not ended for an answer until yesterday"


def test_the_leader_reads_each_instrument_by_its_name(now: datetime, service: int) -> None:
    checks(now, service, [True] * 12 + [False])
    asked = four.questions(NOVEMBER, TODAY)[0]
    notices = " ".join(asked.answer.notices).replace("\N{NO-BREAK SPACE}", " ")
    assert "Menurut petugas: 1 dari 1 layanan" in notices
    assert "Menurut uji petik: warga dilayani pada 92,3 % jam layanan" in notices
    assert "Pada 1 layanan uji petik atau warga mengubah jawaban catatan petugas" in notices
    assert [(name, why) for _key, name, why in asked.waiting] == [
        (NAME, "catatan petugas disangkal warga atau uji petik")
    ]
    # Remembered answers are asked anew when a check is filed late.
    checks(now, service, [False] * 20)
    assert four.questions(NOVEMBER, TODAY)[0].answer != asked.answer


def test_the_report_has_a_row_by_instrument_and_its_sources(now: datetime, world: World, service: int) -> None:
    checks(now, service, [True] * 12 + [False])
    one = monthly(world.units.health, NOVEMBER, TODAY)
    (row,) = instruments.table(one.facts.standards).rows
    name, own, share, low, high, filed, missing, reported, served, who = row
    assert (name, own, filed, missing, reported, served) == (NAME, 100, 13, 0, 0, None)
    assert 60 < low < 92 < share < 93 < high < 100  # type: ignore[operator] # all three are shares
    assert who == "petugas, disangkal"
    titles = [table.title for table in monthly_report(one).tables]
    assert "Jam buka menurut tiga alat ukur" in titles
    source = next(line for line in one.files if line.what == "Uji petik")
    assert (source.file_name, source.rows, source.sha256) == ("pemeriksaan terundi", 13, "d" * 64)
    assert any(line.label == "Jam buka menurut tiga alat ukur" for line in one.lines)
