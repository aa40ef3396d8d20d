"""A month of everybody says the same as deciding one by one; two sets of rules are told apart with their reasons."""

from datetime import date, datetime

import pytest

from luwes.apps.schedule.deciding import (
    compare_month,
    decide_one,
    judged_cells,
    month_rules,
    read_month,
    scan_month,
)
from luwes.apps.schedule.facts.gather import Wish
from luwes.core.policy.scan import scan
from luwes.core.policy.terms import Verdict
from tests.apps.schedule.days import store
from tests.apps.schedule.policy_world import EVERY_DAY, assess, held, id_of, planted, serve
from tests.apps.schedule.test_toy_rules import at_home, disciplined, holiday
from tests.apps.staff_files import MARUF, RINA, YOSE
from tests.world import Units

pytestmark = pytest.mark.django_db
DECEMBER = date(2026, 12, 1)
WISH = Wish(asked_on=date(2026, 11, 25))
CLAUSES = (
    EVERY_DAY + '\nweekdays = ["tue", "wed", "thu", "fri"]',
    'kind = "weekly"\nid = "dua"\nmax_days = 2\nonsite_min_days = 3\nshort_week = "strict"',
    'kind = "quota"\nid = "separuh"\nper = "opd"\nflex_max = 50\nrounding = "up"\nwithout = ["leave"]',
    'kind = "exclude"\nid = "loket"\nwho = { any = ["service:loket"] }',
    'kind = "exclude"\nid = "hukuman"\nwho = { any = ["discipline:active"] }',
    'kind = "require"\nid = "tugas"\nneeds = { any = ["task:dapat_dengan_tik"] }',
    'kind = "tenure"\nid = "baru"\nsince = "post"\nmonths = 3',
    'kind = "deadline"\nid = "batas"\ndays_before = 10',
)


@pytest.fixture
def units(now: datetime) -> Units:
    units = planted(now)
    serve(now, units.works, "Izin jalan", since=date(2026, 12, 10))
    assess(now)
    at_home(now, "01/12/2026", "02/12/2026", "09/12/2026")
    at_home(now, "02/12/2026", "03/12/2026", nip=RINA)
    store("leave", now, (RINA, "09/12/2026", "11/12/2026", "Penuh"), (MARUF, "15/12/2026", "15/12/2026", "Pagi"))
    disciplined(now, f"{MARUF};Ringan;20/12/2026;22/12/2026;Tidak")
    holiday(now, date(2026, 12, 17))
    return units


def test_the_month_says_what_deciding_one_by_one_says(units: Units) -> None:
    rules = month_rules(held(*CLAUSES), DECEMBER)
    found = read_month(DECEMBER, rules, wish=WISH)
    told, cells = scan(found.crew, rules), judged_cells(found)
    assert cells.sum() == 3 * 20  # 23 weekdays in December 2026, two days of Christmas, and the late holiday
    for row in range(len(found.crew.persons)):
        for place, column in enumerate(found.crew.judged):
            if cells[row, place] and column % 2:
                day = found.crew.grid[column]
                one = decide_one(employee=found.crew.persons[row].id, day=day, rules=held(*CLAUSES), wish=WISH).decision
                assert (told.verdict(row, place), told.told(row, place)) == (one.verdict, one.headline.rule), day


def test_the_sums_of_a_month_name_the_clause_and_the_missing_data(units: Units) -> None:
    rules = month_rules(held(*CLAUSES, 'kind = "exclude"\nid = "area"\nwho = { any = ["area:x"] }'), DECEMBER)
    found = scan_month(read_month(DECEMBER, rules, wish=WISH), rules)
    assert found.people == 3
    assert sum(found.verdicts.values()) == found.person_days == sum(one.person_days for one in found.told)
    assert found.verdicts[Verdict.ALLOWED] == 0
    assert dict(found.unknown_tags)["area:x"] == 3
    assert {one.rule for one in found.told} >= {"b/loket", "b/hukuman", "b/hari", "luwes/away"}
    assert all(one.person_days > 0 for one in found.told)


def test_what_only_the_new_rules_ask_for_is_read_for_the_old_ones_too(units: Units) -> None:
    before, after = held(*CLAUSES), held(*CLAUSES[:2], 'kind = "exclude"\nid = "pns"\nwho = { any = ["type:pns"] }')
    found = read_month(DECEMBER, before, also=[after], wish=WISH)
    told = compare_month(found, before, after)
    assert {(one.rule, one.how) for one in told.clauses} == {
        ("b/separuh", "removed"), ("b/loket", "removed"), ("b/hukuman", "removed"), ("b/tugas", "removed"),
        ("b/baru", "removed"), ("b/batas", "removed"), ("b/pns", "added"),
    }  # fmt: skip
    assert all(one.after is Verdict.REFUSED and one.rule_after == "b/pns" for one in told.moves)
    verdicts = scan_month(found, before).verdicts
    assert verdicts[Verdict.ALLOWED] > 0
    assert sum(one.person_days for one in told.moves) == told.person_days - verdicts[Verdict.REFUSED]
    assert all(person in {id_of(YOSE), id_of(RINA), id_of(MARUF)} for one in told.moves for person, _ in one.examples)
    assert compare_month(found, before, before).moves == ()
