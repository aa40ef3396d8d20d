"""The ten contradictions of the regulation's list and the local no: named, and silent where there is none."""

import pytest

from luwes.core.policy.findings import Finding, findings, unanswered
from tests.core.policy.books import MONDAY, OPEN, book, rules

ORDER = 'kind = "days"\nmode = "wfh"\nbinding = "mandated"\nweekdays = ["fri"]'
LADDER = 'kind = "sanction"\ntrigger = "absent"\nladder = '
PP = LADDER + (
    '[{ first = 3, last = 3, effect = "oral" }, { first = 11, last = 13, effect = "cut_6" },'
    ' { first = 14, last = 16, effect = "cut_9" }, { first = 28, effect = "out" }]'
)
LOCAL = LADDER + (
    '[{ first = 1, last = 3, effect = "oral" }, { first = 11, last = 16, effect = "cut" },'
    ' { first = 28, effect = "out" }]'
)
TARGET = 'kind = "claim"\nmetric = "foreign_travel"\nform = "target"\nunit = "percent"\nvalue = '
HOURS = 'kind = "hours"\nweekly_net = '


def codes(upper: str, lower: str, level: str = "national_circular") -> list[str]:
    """The findings of one clause above and one below."""
    return [
        one.code for one in findings(rules(book(upper, name="atas", level=level), book(lower, name="bawah")), MONDAY)
    ]


@pytest.mark.parametrize(
    ("upper", "lower", "code"),
    [
        ('kind = "location"\nallowed = ["home", "other_office", "other"]', 'kind = "location"\nallowed = ["home"]',
         "places_differ"),
        (ORDER, 'kind = "weekly"\nmax_days = 2', "ordered_day_in_cap"),
        (TARGET + "-70", TARGET + "-50", "targets_differ"),
        (ORDER, OPEN + '\nweekdays = ["thu"]', "weekdays_differ"),
        ('kind = "response"\nattempts = 2\nwithin_minutes = 5', 'kind = "need"', "answer_in_break"),
        ('kind = "minimise"\nof = "location"', 'kind = "tracking"\ncontinuous = true', "tracking_beyond_purpose"),
        ('kind = "exclude"\nwho = { any = ["discipline:active"] }', 'kind = "exclude"\nwho = { any = ["post:jpt"] }',
         "post_excluded_below"),
        (HOURS + "2250", HOURS + '2400\nwho = { any = ["type:pppk"] }', "weekly_hours_differ"),
        (ORDER, 'kind = "forbid"\noverrides = ["atas"]', "order_declined"),
        (OPEN, 'kind = "forbid"\noverrides = ["atas"]', "permission_declined"),
    ],
)  # fmt: skip
def test_a_contradiction_has_a_name(upper: str, lower: str, code: str) -> None:
    assert codes(upper, lower) == [code]


def test_two_ladders_differ_in_where_they_start_and_in_their_bands() -> None:
    assert codes(PP, LOCAL) == ["ladder_starts_differ", "ladder_bands_differ"]
    assert codes(PP, PP) == []
    only_start = LADDER + '[{ first = 1, last = 3, effect = "oral" }]'
    assert codes(PP, only_start) == ["ladder_starts_differ", "ladder_bands_differ"][:1]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ('kind = "location"\nallowed = ["home"]', 'kind = "location"\nallowed = ["home"]'),
        ('kind = "location"\nallowed = ["home"]', 'kind = "location"\narea = "kota"'),
        (ORDER, 'kind = "weekly"\nmax_days = 2\ncount_mandated = true'),
        (ORDER, 'kind = "weekly"\nonsite_min_days = 2'),
        (OPEN, 'kind = "weekly"\nmax_days = 2'),
        (PP, 'kind = "sanction"\ntrigger = "absent"\neffect = "cut"'),
        (TARGET + "-50", TARGET + "-50"),
        (TARGET + "-70", TARGET.replace("target", "measured") + "-50"),
        (TARGET + "-70", TARGET.replace("foreign", "domestic") + "-50"),
        (ORDER, OPEN + '\nweekdays = ["fri"]'),
        (ORDER, OPEN),
        (OPEN + '\nweekdays = ["mon"]', OPEN + '\nweekdays = ["thu"]'),
        ('kind = "response"\nattempts = 2\nwithin_minutes = 5\nexcused = ["break"]', 'kind = "need"'),
        ('kind = "minimise"\nof = "location"', 'kind = "tracking"\ncontinuous = false'),
        ('kind = "minimise"\nof = "health"', 'kind = "tracking"\ncontinuous = true'),
        ('kind = "exclude"\nwho = { any = ["post:jpt"] }', 'kind = "exclude"\nwho = { any = ["post:jpt"] }'),
        ('kind = "tenure"\nsince = "post"\nstricter_local = true', 'kind = "exclude"\nwho = { any = ["post:jpt"] }'),
        ('kind = "tenure"\nsince = "post"', 'kind = "exclude"\nwho = { any = ["unit:rsud"] }'),
        ('kind = "need"', 'kind = "exclude"\nwho = { any = ["post:jpt"] }'),
        (HOURS + "2250", HOURS + "2250"),
        (HOURS + "2250", HOURS + '1950\ncalendar = "ramadan"'),
        (HOURS + '2250\npattern = "five"', HOURS + '2400\npattern = "six"'),
        (HOURS + '2250\nwho = { any = ["type:pns"] }', HOURS + '2400\nwho = { any = ["type:pppk"] }'),
        (HOURS + "2250", 'kind = "hours"\nbefore = 60'),
        (OPEN, 'kind = "forbid"\noverrides = ["lain"]'),
    ],
)
def test_where_nothing_contradicts_nothing_is_found(upper: str, lower: str) -> None:
    assert codes(upper, lower) == []


def test_the_higher_clause_is_named_first_and_what_differs_is_told() -> None:
    held = rules(book(HOURS + "2400", name="a"), book(HOURS + "2250", name="z", level="presidential_regulation"))
    assert findings(held, MONDAY) == (
        Finding("weekly_hours_differ", ("z/c1", "a/c1"), (("minutes", 2250), ("other", 2400))),
    )


def test_a_rulebook_does_not_contradict_itself_but_its_targets_may() -> None:
    assert findings(rules(book(HOURS + "2250", HOURS + "2400")), MONDAY) == ()
    assert [one.code for one in findings(rules(book(TARGET + "-70", TARGET + "-50")), MONDAY)] == ["targets_differ"]


def test_only_what_was_answered_is_no_longer_in_the_way() -> None:
    upper, lower = book(PP, name="a", level="government_regulation"), book(LOCAL, name="b")
    found = findings(rules(upper, lower), MONDAY)
    assert unanswered(found, frozenset()) == found
    assert unanswered(found, frozenset({found[0].key})) == found[1:]
    assert unanswered(found, frozenset({("ladder_starts_differ", ("a/c1", "b/c2"))})) == found


def test_hours_have_to_add_up_to_the_total_of_their_own_clause() -> None:
    spans = (
        'kind = "hours"\nspans = [{ weekdays = ["mon", "tue", "wed", "thu", "sat"], start = "08:00", end = "14:00",'
        ' break_start = "12:00", break_end = "12:30" }, { weekdays = ["fri"], start = "08:00", end = "13:30" }]'
    )
    (found,) = findings(rules(book(spans + "\nweekly_net = 1950")), MONDAY)
    assert (found.code, found.rules, dict(found.facts)) == (
        "hours_do_not_add_up", ("b/c1",), {"minutes": 1950, "sum": 1980},
    )  # fmt: skip
    assert findings(rules(book(spans + "\nweekly_net = 1980"), book(spans, name="lain")), MONDAY) == ()
