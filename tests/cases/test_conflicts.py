"""Rulebooks that were in force together in 2026 contradict each other: each contradiction is named and shown."""

from collections.abc import Sequence
from datetime import date

import pytest

from luwes.core.policy.findings import Finding, findings, unanswered
from luwes.core.policy.stack import Layer, Recorded, Rules, Stack
from tests.cases.reading import LONG_AGO, NOW, book, profiles

FRIDAY = date(2026, 4, 10)
NATION = "national-friday-wfh-2026"
ABROAD = "perjalanan-luar-negeri"
TOGETHER = [
    *profiles()[NATION], "uu-27-2022", "pp-94-2021", "kepmenpanrb-16-2025", "nasional-pengumuman-2026-03-31",
    "jabar-188-2026", "kalteng-disiplin-2025",
]  # fmt: skip
# As the list of known conflicts has them: places, the two-day cap, where and how the ladders differ, targets,
# weekdays, answering in the break, following against data protection, posts, and hours of contract staff.
KNOWN = (
    ("places_differ", ("permenpanrb-4-2025/p12-1", "menpanrb-3-2026/rumah")),
    ("ordered_day_in_cap", ("menpanrb-3-2026/hari", "permenpanrb-4-2025/p13-1")),
    ("ladder_starts_differ", ("pp-94-2021/tangga", "kalteng-disiplin-2025/tangga")),
    ("ladder_bands_differ", ("pp-94-2021/tangga", "kalteng-disiplin-2025/tangga")),
    ("targets_differ", (f"mendagri-3349-2026/{ABROAD}", f"nasional-pengumuman-2026-03-31/{ABROAD}")),
    ("weekdays_differ", ("menpanrb-3-2026/hari", "jabar-188-2026/kamis")),
    ("answer_in_break", ("mendagri-3349-2026/panggilan",)),
    ("tracking_beyond_purpose", ("uu-27-2022/p16", "mendagri-3349-2026/lokasi")),
    ("post_excluded_below", ("permenpanrb-4-2025/tugas-1", "mendagri-3349-2026/pimpinan-tinggi")),
    ("weekly_hours_differ", ("perpres-21-2023/p4-1", "kepmenpanrb-16-2025/pppk-pemberitaan")),
)  # fmt: skip


def found(names: Sequence[str], day: date) -> tuple[Finding, ...]:
    layers = tuple(Layer(book(name), Recorded(LONG_AGO), draft=True) for name in names)
    return findings(Rules(Stack(layers), NOW), day)


@pytest.mark.parametrize(("code", "rules"), KNOWN)
def test_each_known_conflict_is_named(code: str, rules: tuple[str, ...]) -> None:
    assert (code, rules) in {one.key for one in found(TOGETHER, FRIDAY)}


def test_a_ladder_of_days_is_not_held_against_one_of_days_in_a_row() -> None:
    assert not [one for one in found(TOGETHER, FRIDAY) if "pp-94-2021/sepuluh-hari" in one.rules]


@pytest.mark.parametrize(
    ("names", "day", "expected"),
    [
        (["menpanrb-b531-2025", "kalteng-tolak-2025"], date(2025, 12, 29), "permission_declined"),
        (["menpanrb-2-2026", "kalteng-tolak-2026"], date(2026, 3, 25), "permission_declined"),
        (["menpanrb-3-2025", "papua-tolak-2025"], date(2025, 4, 8), "permission_declined"),
        (["kalteng-ramadan-2026"], date(2026, 2, 23), "hours_do_not_add_up"),
        (["perpres-21-2023", "bengkulu-2026-01"], date(2026, 1, 8), "weekly_hours_differ"),
    ],
)
def test_conflicts_of_local_circulars(names: list[str], day: date, expected: str) -> None:
    assert [one.code for one in found(names, day)] == [expected]


def test_the_permen_alone_contradicts_nothing() -> None:
    assert found(profiles()["permen-only"], FRIDAY) == ()


def test_nothing_is_settled_by_answering_something_else() -> None:
    seen = found(TOGETHER, FRIDAY)
    answered = frozenset({seen[0].key})
    assert unanswered(seen, answered) == seen[1:]
    assert unanswered(seen, frozenset(one.key for one in seen)) == ()
