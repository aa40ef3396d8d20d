"""What breaks toy engines, through the stored path: weeks over months, late holidays, moved Ramadan, expired Plt."""

from datetime import date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts.roles import Capacity
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import add_holiday, set_ramadan
from luwes.apps.people.calendars.queries import versions_of
from luwes.apps.people.calendars.working_time import assign_working_time
from luwes.apps.people.models import EmployeeVersion, Post, Posting, Unit
from luwes.apps.people.staff.actions import set_head
from luwes.apps.people.succession import merge_units
from luwes.apps.schedule.facts.gather import Wish
from luwes.core.policy.stack import Layer, Recorded, Rules, Stack
from luwes.core.policy.terms import Verdict
from luwes.core.workdays.calendar import HolidayKind, Pattern
from luwes.core.workdays.periods import Period
from tests.apps.schedule.days import store
from tests.apps.schedule.policy_world import (
    EVERY_DAY,
    FRIDAY,
    THURSDAY,
    WEDNESDAY,
    ask,
    held,
    id_of,
    planted,
    reason,
    said,
)
from tests.apps.staff_files import MARUF, RINA, YOSE, confirm, csv_of, person, stage
from tests.core.policy.books import book
from tests.world import SETUP, Units

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
ALLOWED = ("allowed", "opened")
TWO = 'kind = "weekly"\nid = "dua"\nmax_days = 2'


@pytest.fixture
def units(now: datetime) -> Units:
    return planted(now)


def at_home(now: datetime, *days: str, nip: str = YOSE) -> None:
    store("flexdays", now, *((nip, day, "Rumah", "Permohonan", "Penuh", "") for day in days))


def holiday(now: datetime, day: date) -> None:
    with unit_of_work(SETUP, now):
        add_holiday(
            version=next(row.id for row in versions_of(2026) if row.superseded_at is None),
            day=day,
            kind=HolidayKind.NATIONAL,
            name="Libur susulan",
            decree="Keppres",
            number="9",
            issued=now.date(),
        )


def disciplined(now: datetime, *rows: str) -> None:
    payload = "\n".join(["nip_baru;tingkat;mulai;sampai;dalam_proses", *rows]).encode()
    confirm(stage(payload, now, kind="discipline"), now)


def test_a_level_filled_in_later_changes_no_answer_of_before(now: datetime, units: Units) -> None:
    now += timedelta(hours=1)
    chief = person(jenis_jabatan_nama="Struktural", jabatan_nama="Kepala Bidang Uji", tmt_jabatan="01-11-2026")
    confirm(stage(csv_of(chief), now), now)
    rule = held(EVERY_DAY, 'kind = "exclude"\nid = "x"\nwho = { any = ["post:eselon_3"] }', at=now)
    before = ask(YOSE, WEDNESDAY, rule).decision
    assert (before.verdict.value, before.headline.code) == ("needs_judgement", "about_unknown")
    later = now + timedelta(days=30)
    header, line = csv_of(chief | {"gol_akhir_nama": "IV/a"}).decode().splitlines()
    confirm(stage(f"{header},eselon\n{line},III.a\n".encode(), later), later)
    assert Post.objects.get(name="Kepala Bidang Uji").level == "III.a"
    assert ask(YOSE, WEDNESDAY, rule).decision == before
    since = held(EVERY_DAY, 'kind = "exclude"\nid = "x"\nwho = { any = ["post:eselon_3"] }', at=later)
    assert ask(YOSE, WEDNESDAY, since).decision.verdict is Verdict.REFUSED


def test_two_days_a_week_are_counted_over_the_end_of_a_month(now: datetime, units: Units) -> None:
    at_home(now, "30/11/2026", "02/12/2026")
    assert said(YOSE, FRIDAY, held(EVERY_DAY, TWO)) == ("refused", "week_full")
    assert said(YOSE, date(2026, 12, 7), held(EVERY_DAY, TWO)) == ALLOWED
    ordered = 'kind = "days"\nid = "jumat"\nmode = "wfa"\nweekdays = ["fri"]\nbinding = "mandated"'
    free = held(EVERY_DAY, TWO + "\ncount_mandated = false", ordered)
    assert said(YOSE, FRIDAY, free) == ALLOWED
    assert said(YOSE, THURSDAY, free) == ("refused", "week_full")


def test_a_quarter_of_two_in_the_office_is_one_and_never_nobody(now: datetime, units: Units) -> None:
    quarter = held(EVERY_DAY, 'kind = "quota"\nid = "q"\nper = "unit"\nonsite_min = 25\nrounding = "up"\nwithout = []')
    assert said(YOSE, WEDNESDAY, quarter) == ALLOWED
    at_home(now, "02/12/2026", nip=RINA)
    assert said(YOSE, WEDNESDAY, quarter) == ("refused", "share_full")


def test_the_first_and_the_last_day_of_a_measure_are_days_of_it(now: datetime, units: Units) -> None:
    clean = held(
        EVERY_DAY, 'kind = "exclude"\nid = "d"\nwho = { any = ["discipline:active", "discipline:in_process"] }'
    )
    # No list has ever come: nobody is known to be clean.
    assert said(YOSE, WEDNESDAY, clean) == ("needs_judgement", "about_unknown")
    disciplined(now, f"{YOSE};Ringan;01/12/2026;03/12/2026;Tidak", f"{RINA};Sedang;03/12/2026;;Ya")
    answers = [said(YOSE, day, clean)[0] for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)]
    assert answers == ["allowed", "refused", "refused", "refused", "allowed"]
    assert said(RINA, WEDNESDAY, clean) == ALLOWED
    assert said(RINA, date(2027, 3, 3), clean) == ("refused", "excluded")
    assert said(MARUF, WEDNESDAY, clean) == ALLOWED
    assert FRIDAY in {one.value for one in ask(YOSE, WEDNESDAY, clean).remedies}


def test_months_nobody_set_are_no_pass_and_a_new_post_waits(now: datetime, units: Units) -> None:
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, 'kind = "tenure"\nid = "t"\nsince = "post"')) == (
        "needs_judgement",
        "parameter_unset",
    )
    # The post is held since 1 April 2024.
    waiting = 'kind = "tenure"\nid = "t"\nsince = "post"\nmonths = {}'
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, waiting.format(32))) == ALLOWED
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, waiting.format(33))) == ("refused", "newcomer")
    # Yosé's number says March 2020; that of a PPPK says only the year.
    entry = 'kind = "tenure"\nid = "t"\nsince = "entry"\nmonths = 12'
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, entry)) == ALLOWED
    assert said(MARUF, WEDNESDAY, held(EVERY_DAY, entry)) == ("needs_judgement", "tenure_unknown")


def test_haze_this_morning_closes_the_offices_of_one_unit_and_of_no_other(now: datetime, units: Units) -> None:
    morning = datetime(2026, 12, 2, 0, 10, tzinfo=now.tzinfo)
    haze = book(
        'kind = "days"\nid = "kabut"\nmode = "wfh"\nbinding = "mandated"\nwho = { any = ["unit:1.02"] }',
        name="kabut",
        more="first = 2026-12-02\n",
    )
    layers = (Layer(haze, Recorded(morning)),)

    def at(moment: datetime, nip: str) -> str:
        return said(nip, WEDNESDAY, Rules(Stack(layers), moment))[0]

    assert at(morning - timedelta(minutes=1), YOSE) == "refused"
    assert at(morning, YOSE) == "allowed"
    assert at(morning, MARUF) == "refused"


def test_a_plt_is_what_the_post_is_until_the_last_day(now: datetime, units: Units) -> None:
    sekda = 'kind = "approval"\nid = "izin"\nwho = { any = ["post:eselon_2"] }\nsteps = ["sekda"]'
    with unit_of_work(SETUP, now):
        set_head(
            unit_key=units.works, employee_id=id_of(YOSE), capacity=Capacity.ACTING, since=TUESDAY, until=THURSDAY,
            basis="surat perintah 7",
        )  # fmt: skip
    # No post leads the unit yet: whether its acting head stands at that level nobody knows.
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, sekda)) == ("needs_judgement", "about_unknown")
    maruf = Posting.objects.get(employee__nip=MARUF)
    chief = Post.objects.create(
        unit_id=maruf.unit_id, name="Kepala Dinas", name_key="kepala dinas", kind="struktural", level="II.a"
    )
    # Vacant now, and known from who held it before.
    before = DateRange(date(2020, 1, 1), date(2021, 1, 1))
    Posting.objects.create(
        employee_id=maruf.employee_id,
        unit_id=maruf.unit_id,
        post=chief,
        period=before,
        batch_id=maruf.batch_id,
        row_number=1,
        recorded_at=now,
    )
    approvers = [ask(YOSE, day, held(EVERY_DAY, sekda)).decision.approvers for day in (MONDAY, WEDNESDAY, THURSDAY)]
    assert approvers == [(), ("sekda",), ()]
    # Another post that leads people there may stand higher, as long as nobody tells its level.
    rival = Post.objects.create(unit_id=maruf.unit_id, name="Ketua", name_key="ketua", kind="struktural", level="")
    Posting.objects.create(
        employee_id=maruf.employee_id, unit_id=maruf.unit_id, post=rival, batch_id=maruf.batch_id, row_number=1,
        recorded_at=now, period=DateRange(date(2019, 1, 1), date(2020, 1, 1)),
    )  # fmt: skip
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, sekda)) == ("needs_judgement", "about_unknown")
    assert said(YOSE, WEDNESDAY, held(EVERY_DAY, 'kind = "exclude"\nid = "x"\nwho = { any = ["post:plt"] }'))[0] == (
        "refused"
    )


def test_twenty_hours_a_week_are_their_own_week(now: datetime, units: Units) -> None:
    EmployeeVersion.objects.filter(employee__nip=RINA).update(employment="pppk_paruh_waktu", weekly_minutes=1_200)
    EmployeeVersion.objects.filter(employee__nip=MARUF).update(employment="pppk_paruh_waktu", weekly_minutes=None)
    rule = held(
        EVERY_DAY,
        'kind = "hours"\nid = "penuh"\nweekly_net = 2250\nwho = { any = ["hours:penuh"] }',
        'kind = "hours"\nid = "paruh"\nweekly_net = 1200\nwho = { any = ["type:pppk_paruh_waktu"] }',
        'kind = "exclude"\nid = "x"\nwho = { any = ["hours:kurang"] }',
    )
    assert [one.rule for one in ask(YOSE, WEDNESDAY, rule).decision.duties] == ["b/penuh"]
    assert said(RINA, WEDNESDAY, rule) == ("refused", "excluded")
    # The contract's hours are not in the file: neither the full nor the short week is known.
    assert said(MARUF, WEDNESDAY, rule) == ("needs_judgement", "about_unknown")


def test_a_unit_reorganised_in_mid_month_is_each_day_what_it_was(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now):
        heir = merge_units(
            unit_keys=[units.section, units.works], on=THURSDAY, code="1.09", name="Balai Gabungan", basis="Pergub 1"
        )
    stays = 'kind = "exclude"\nid = "x"\nwho = {{ any = ["unit:{}"] }}'
    laboratory, merged = held(EVERY_DAY, stays.format("1.02.1")), held(EVERY_DAY, stays.format("1.09"))
    assert [said(YOSE, day, laboratory)[0] for day in (WEDNESDAY, THURSDAY)] == ["refused", "allowed"]
    assert [said(YOSE, day, merged)[0] for day in (WEDNESDAY, THURSDAY)] == ["allowed", "refused"]
    share = held(EVERY_DAY, 'kind = "quota"\nid = "q"\nper = "unit"\nflex_max = 100\nrounding = "down"\nwithout = []')
    members = [dict(reason(ask(YOSE, day, share), "b/q").facts)["members"] for day in (WEDNESDAY, THURSDAY)]
    assert members == [2, 3]
    # The same work under another roof: nobody becomes a newcomer by a merger.
    tenure = held(EVERY_DAY, 'kind = "tenure"\nid = "t"\nsince = "post"\nmonths = 12')
    assert said(YOSE, THURSDAY, tenure) == ALLOWED
    assert heir


def test_a_holiday_added_two_weeks_ahead_closes_the_day_and_frees_the_week(now: datetime, units: Units) -> None:
    four = held(EVERY_DAY, 'kind = "weekly"\nid = "e"\nonsite_min_days = 4\nshort_week = "strict"')
    before = datetime(2026, 11, 25, 3, 0, tzinfo=now.tzinfo)
    assert said(YOSE, WEDNESDAY, four) == ALLOWED
    holiday(before + timedelta(hours=1), FRIDAY)
    assert said(YOSE, FRIDAY, four) == ("refused", "not_a_working_day")
    assert said(YOSE, WEDNESDAY, four) == ("refused", "week_full")
    assert said(YOSE, FRIDAY, Rules(four.stack, before)) == ALLOWED


def test_a_six_day_unit_works_on_saturday(now: datetime, units: Units) -> None:
    saturday = date(2026, 12, 5)
    assert said(YOSE, saturday, held(EVERY_DAY)) == ("refused", "not_a_working_day")
    with unit_of_work(SETUP, now):
        assign_working_time(
            unit_key=units.health, schedule="six-day-unit", pattern=Pattern.SIX, period=Period(date(2026, 1, 1))
        )
    assert said(YOSE, saturday, held(EVERY_DAY)) == ALLOWED
    assert said(MARUF, saturday, held(EVERY_DAY)) == ("refused", "not_a_working_day")
    six = held(EVERY_DAY, 'kind = "exclude"\nid = "x"\nwho = { any = ["pattern:enam_hari"] }')
    assert (said(YOSE, WEDNESDAY, six)[0], said(MARUF, WEDNESDAY, six)[0]) == ("refused", "allowed")


def test_who_rests_on_a_saturday_is_no_presence_in_the_office(now: datetime, units: Units) -> None:
    saturday = date(2026, 12, 5)
    with unit_of_work(SETUP, now):
        assign_working_time(
            unit_key=units.section, schedule="six-day-unit", pattern=Pattern.SIX, period=Period(date(2026, 1, 1))
        )
    Posting.objects.filter(employee__nip=RINA).update(unit=Unit.objects.get(key=units.health), post=None)
    half = held(EVERY_DAY, 'kind = "quota"\nid = "q"\nper = "opd"\nonsite_min = 50\nrounding = "up"\nwithout = []')
    assert said(YOSE, FRIDAY, half) == ALLOWED
    # Rina's office rests: on Saturday nobody would be left.
    assert said(YOSE, saturday, half) == ("refused", "share_full")
    assert dict(reason(ask(YOSE, saturday, half), "b/q").facts)["members"] == 1


def test_ramadan_moved_on_the_eve_moves_its_clauses(now: datetime, units: Units) -> None:
    monday, eve = date(2027, 2, 8), datetime(2027, 2, 7, 12, 0, tzinfo=now.tzinfo)
    fasting = held(EVERY_DAY, 'kind = "exclude"\nid = "x"\ncalendar = "ramadan_1448"')
    with unit_of_work(SETUP, now):
        set_ramadan(hijri=1448, first=monday, last=date(2027, 3, 9), basis="hisab")
    with unit_of_work(SETUP, eve):
        set_ramadan(hijri=1448, first=date(2027, 2, 9), last=date(2027, 3, 9), basis="sidang isbat")
    assert said(YOSE, monday, Rules(fasting.stack, eve - timedelta(seconds=1)))[0] == "refused"
    assert said(YOSE, monday, Rules(fasting.stack, eve))[0] == "allowed"
    assert said(YOSE, date(2027, 2, 9), Rules(fasting.stack, eve))[0] == "refused"


def test_a_rulebook_replaced_between_request_and_approval_is_judged_by_the_new_one(now: datetime, units: Units) -> None:
    old = book('kind = "days"\nid = "rabu"\nmode = "wfa"\nweekdays = ["wed"]', name="lama", more="first = 2026-11-01\n")
    new = book(
        'kind = "days"\nid = "kamis"\nmode = "wfa"\nweekdays = ["thu"]', name="baru",
        more='first = 2026-12-01\nsupersedes = ["lama"]\n',
    )  # fmt: skip
    asked, approved = now + timedelta(hours=1), now + timedelta(days=3)
    stack = Stack((Layer(old, Recorded(now)), Layer(new, Recorded(asked + timedelta(days=1)))))
    wish = Wish(asked_on=asked.date())
    first, second = (ask(YOSE, WEDNESDAY, Rules(stack, at), wish=wish) for at in (asked, approved))
    assert (first.decision.verdict, second.decision.verdict) == (Verdict.ALLOWED, Verdict.REFUSED)
    assert THURSDAY in {one.value for one in second.remedies}
    assert first.decision.stack_hash != second.decision.stack_hash
    # Months later the question of that hour has the same answer, to the last field.
    holiday(now + timedelta(days=5), WEDNESDAY)
    at_home(now + timedelta(days=5), "03/12/2026")
    assert ask(YOSE, WEDNESDAY, Rules(stack, asked), wish=wish) == first
    assert min(one.value for one in second.remedies if isinstance(one.value, date)) >= asked.date()


def test_somebody_who_moves_in_mid_week_is_counted_where_they_are_on_the_day(now: datetime, units: Units) -> None:
    stay = Posting.objects.get(employee__nip=YOSE)
    works = Posting.objects.get(employee__nip=MARUF).unit_id
    Posting.objects.filter(pk=stay.pk).update(period=DateRange(stay.period.lower, THURSDAY))
    Posting.objects.create(
        employee=stay.employee, unit_id=works, post=None, period=DateRange(THURSDAY, None), batch=stay.batch,
        row_number=1, recorded_at=stay.recorded_at,
    )  # fmt: skip
    at_home(now, "01/12/2026", "02/12/2026")
    assert said(YOSE, THURSDAY, held(EVERY_DAY, TWO)) == ("refused", "week_full")
    stays = held(EVERY_DAY, 'kind = "exclude"\nid = "x"\nwho = { any = ["unit:1.03"] }')
    assert [said(YOSE, day, stays)[0] for day in (MONDAY, THURSDAY)] == ["allowed", "refused"]
    # In the new place no post is recorded: what its work allows is open there, and was not before.
    level = held(EVERY_DAY, 'kind = "exclude"\nid = "x"\nwho = { any = ["post:eselon_2"] }')
    assert [said(YOSE, day, level)[0] for day in (MONDAY, THURSDAY)] == ["allowed", "needs_judgement"]
    tenure = held(EVERY_DAY, 'kind = "tenure"\nid = "t"\nsince = "post"\nmonths = 1')
    assert [said(YOSE, day, tenure)[0] for day in (MONDAY, THURSDAY)] == ["allowed", "refused"]
