"""What a rulebook leaves open by itself is found, each point once, and nothing else."""

import pytest

from luwes.core.policy.gaps import gaps
from tests.core.policy.books import OPEN, book

QUOTA = 'kind = "quota"\nper = "unit"\n'
WHOLE = 'rounding = "down"\nwithout = []\n'


def codes(clause: str, status: str = "seen") -> list[tuple[str, tuple[tuple[str, object], ...]]]:
    return [(one.code, one.facts) for one in gaps(book(clause, status=status))]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        (OPEN, []),
        (OPEN + '\nundecided = ["jam", "tempat"]', [("points_undecided", (("points", "jam, tempat"),))]),
        (QUOTA + WHOLE + "flex_max = 40", []),
        (QUOTA + "flex_max = 40\nwithout = []", [("rounding_open", ())]),
        (QUOTA + 'flex_max = 40\nrounding = "up"', [("denominator_open", ())]),
        (QUOTA + WHOLE + 'delegated_to = "ppk"', [("share_delegated", (("by", "ppk"),))]),
        (
            QUOTA + 'delegated_to = "ppk"',
            [("share_delegated", (("by", "ppk"),)), ("rounding_open", ()), ("denominator_open", ())],
        ),
        # Only undecided: there is no share yet that could be rounded.
        (QUOTA + 'undecided = ["persen"]', [("points_undecided", (("points", "persen"),))]),
        ('kind = "tenure"\nsince = "post"', [("waiting_open", ())]),
        ('kind = "tenure"\nsince = "post"\nmonths = 6', []),
        ('kind = "weekly"\nonsite_min_days = 3', [("short_week_open", ())]),
        ('kind = "weekly"\nonsite_min_days = 3\nshort_week = "strict"', []),
        ('kind = "weekly"\nmax_days = 2', []),
    ],
)
def test_each_open_point_is_named(clause: str, found: list[object]) -> None:
    assert codes(clause) == found


def test_what_is_assumed_is_a_point_of_its_own_whatever_its_kind() -> None:
    assert codes(OPEN, status="assumed") == [("clause_assumed", ())]
    assert codes(OPEN + '\nstatus = "assumed"') == [("clause_assumed", ())]
    assert codes(OPEN + '\nstatus = "reported"', status="assumed") == []


def test_a_point_names_its_clause() -> None:
    (one,) = gaps(book(OPEN, 'kind = "tenure"\nsince = "entry"', name="surat"))
    assert one.key == ("waiting_open", ("surat/c2",))
