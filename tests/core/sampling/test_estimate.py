"""The estimate: right on average, its interval true as often as it says, and silence never a pass."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.sampling.draw import Cell, draw
from luwes.core.sampling.estimate import Checked, Estimate, difference, estimate

START = date(2026, 11, 2)


def checks(*values: bool | None, chance: Fraction = Fraction(1, 20), kind: str = "other") -> list[Checked]:
    return [Checked(START + timedelta(n % 5), kind, chance, value) for n, value in enumerate(values)]


def one(found: Estimate | None) -> Estimate:
    assert found is not None
    return found


def test_nothing_filed_says_nothing() -> None:
    assert estimate([]) is None
    assert estimate(checks(None, None)) is None
    assert estimate(checks(True), kind="flexible") is None


def test_a_check_counts_for_as_many_as_it_stands_for() -> None:
    mixed = [Checked(START, "other", Fraction(1, 30), True), Checked(START, "other", Fraction(1, 10), False)]
    assert one(estimate(mixed)).share == pytest.approx(0.75)


def test_missing_checks_are_counted_and_bounded_at_their_worst() -> None:
    found = one(estimate(checks(True, False, False, None)))
    assert (found.checks, found.missing) == (3, 1)
    assert (found.least, found.share, found.most) == pytest.approx((1 / 4, 1 / 3, 2 / 4))


def test_all_alike_is_not_certainty() -> None:
    never, always = one(estimate(checks(*[False] * 60))), one(estimate(checks(*[True] * 60)))
    assert (never.share, never.low, always.share, always.high) == (0, 0, 1, 1)
    assert 0.03 < never.high < 0.06
    assert always.low == pytest.approx(1 - never.high)


def test_a_single_check_a_day_still_has_an_interval() -> None:
    alone = [Checked(START + timedelta(n), "other", Fraction(1, 9), n % 4 == 0) for n in range(40)]
    found = one(estimate(alone))
    assert found.low < 0.25 < found.high
    assert found.high - found.low == pytest.approx(0.26, abs=0.05)


def test_certain_checks_are_a_count_of_all() -> None:
    found = one(estimate(checks(*[True, False] * 30, chance=Fraction(1))))
    assert found.share == 0.5
    assert found.high - found.low < 0.2


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=40), chance=st.fractions("1/50", 1))
def test_the_interval_holds_the_estimate_and_lies_within_shares(values: list[bool | None], chance: Fraction) -> None:
    found = estimate(checks(*values, chance=chance))
    if found is not None:
        assert 0 <= found.low <= found.share + 1e-9
        assert found.share - 1e-9 <= found.high <= 1
        assert found.least <= found.share + 1e-9
        assert found.share <= found.most + 1e-9


def test_a_difference_is_wider_than_its_parts() -> None:
    left, right = one(estimate(checks(*[True] * 5, *[False] * 45))), one(estimate(checks(*[True] * 2, *[False] * 48)))
    found = difference(left, right)
    assert found.value == pytest.approx(0.06)
    assert found.low < 0 < found.high
    assert found.high - found.low > left.high - left.low


def planted(rng: np.random.Generator) -> tuple[list[list[Cell]], list[dict[str, bool]]]:
    """Twenty services, seven hours, twenty-two days; a fifth flexible, locked four times as often."""
    frame, truth = [], []
    for day in range(22):
        cells, locked = [], {}
        for service in range(20):
            flexible = (service + day) % 5 == 0
            for hour in range(7):
                key = f"{service}-{hour}"
                cells.append(Cell(key, ("flexible" if flexible else "other", str(hour)), 2 if flexible else 1))
                locked[key] = bool(rng.random() < (0.12 if flexible else 0.03))
        frame.append(cells)
        truth.append(locked)
    return frame, truth


def month(frame: Sequence[Sequence[Cell]], truth: Sequence[dict[str, bool]], seed: str) -> list[Checked]:
    return [
        Checked(START + timedelta(day), one.cell.stratum[0], one.probability, truth[day][one.cell.key])
        for day, cells in enumerate(frame)
        for one in draw(cells, size=12, seed=f"{seed}/{day}")
    ]


def test_planted_locks_are_recovered_and_the_interval_is_right_about_as_often_as_it_says() -> None:
    """A rough guard for every run; `bench/spotchecks.py` measures 2,000 draws against 93.5 to 96.5 %."""
    frame, truth = planted(np.random.default_rng(8))
    real = {
        kind: float(np.mean([truth[d][c.key] for d, cells in enumerate(frame) for c in cells if c.stratum[0] == kind]))
        for kind in ("flexible", "other")
    }
    rounds = 60
    covered, shares = 0, {"flexible": 0.0, "other": 0.0}
    for number in range(rounds):
        drawn = month(frame, truth, str(number))
        for kind, share in real.items():
            found = one(estimate(drawn, kind=kind))
            covered += found.low <= share <= found.high
            shares[kind] += found.share / rounds
    assert shares["flexible"] == pytest.approx(real["flexible"], abs=0.012)
    assert shares["other"] == pytest.approx(real["other"], abs=0.005)
    assert 0.88 <= covered / (2 * rounds) <= 0.99
