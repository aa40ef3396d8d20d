"""The draw: repeatable, exact in number and in chances, and fair over the seeds."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.core.sampling.draw import Cell, FrameWrong, draw, fingerprint, seed_of

FRAME = [Cell(f"{s}-{h}", ("other" if s else "flexible", str(h)), 1 if s else 2) for s in range(6) for h in range(5)]
PINNED = ["0-1", "2-0", "3-2", "3-3"]
CELLS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from("abc"), st.integers(1, 9)),
    min_size=1,
    max_size=40,
    unique_by=lambda one: one[0],
).map(lambda rows: [Cell(str(key), (stratum,), rate) for key, stratum, rate in rows])


@settings(max_examples=50, deadline=None)
@given(frame=CELLS, size=st.integers(1, 50), seed=st.text(max_size=5))
def test_as_many_as_asked_each_once_with_its_chance(frame: list[Cell], size: int, seed: str) -> None:
    found = draw(frame, size=size, seed=seed)
    assert len(found) == min(size, len(frame)) == len({one.cell.key for one in found})
    assert all(0 < one.probability <= 1 for one in found)
    assert found == draw(frame[::-1], size=size, seed=seed), "the order of the frame decides nothing"


def test_cells_that_must_come_come_for_sure_and_the_others_share_the_rest() -> None:
    frame = [Cell("big", ("x",), 50), *(Cell(f"small {n}", ("x",)) for n in range(8))]
    for seed in "abcdef":
        chances = {one.cell.key: one.probability for one in draw(frame, size=3, seed=seed)}
        assert chances.pop("big") == 1
        assert list(chances.values()) == [Fraction(2, 8)] * 2


def test_each_cell_comes_as_often_as_its_chance_says() -> None:
    rounds, size = 3000, 7
    times: Counter[str] = Counter()
    chance = {}
    for number in range(rounds):
        for one in draw(FRAME, size=size, seed=seed_of("head", str(number))):
            times[one.cell.key] += 1
            chance[one.cell.key] = one.probability
    assert set(chance) == {cell.key for cell in FRAME}
    assert sum(chance.values()) == size
    # Four standard errors of the rarest: with 30 cells a fair draw fails about once in 500 other choices of seeds.
    assert all(abs(times[key] / rounds - float(share)) < 0.031 for key, share in chance.items())
    assert chance["0-0"] == 2 * chance["1-0"]


def test_every_stratum_gets_its_share_up_to_one() -> None:
    for number in range(50):
        flexible = sum(one.cell.stratum[0] == "flexible" for one in draw(FRAME, size=12, seed=str(number)))
        assert flexible in (3, 4), "10 of 35 rates: 3.4 of 12"


def test_the_draw_is_what_it_was() -> None:
    """Whoever repeats an old draw must find the same: this may never change."""
    assert [one.cell.key for one in draw(FRAME, size=4, seed="undian")] == PINNED
    assert seed_of("a", "b") != seed_of("ab", "")
    assert len(seed_of("a")) == 64


def test_the_fingerprint_sees_every_change() -> None:
    whole = fingerprint(FRAME)
    assert fingerprint(FRAME[::-1]) == whole
    assert fingerprint(FRAME[1:]) != whole
    assert fingerprint([Cell(FRAME[0].key, FRAME[0].stratum, 3), *FRAME[1:]]) != whole
    assert draw([], size=3, seed="s") == ()


@pytest.mark.parametrize(
    ("frame", "size"),
    [(FRAME, 0), ([Cell("a", ("x",)), Cell("a", ("y",))], 1), ([Cell("a", ("x",), 0)], 1)],
)
def test_what_cannot_be_drawn_from_is_refused(frame: list[Cell], size: int) -> None:
    with pytest.raises(FrameWrong):
        draw(frame, size=size, seed="s")
