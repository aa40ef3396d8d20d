"""A draw by lot that anybody can repeat with nothing but SHA-256.

The frame is every counter and hour that could be looked at on a day. Its cells are laid in a row, stratum by
stratum, and every R/n-th is taken from a start that the seed decides: systematic sampling with unequal
probabilities (Madow 1949, Annals of Mathematical Statistics 20). The number of checks is exact, every stratum gets
its share up to one, and each cell's probability is known exactly.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


class FrameWrong(ValueError):
    """The frame or the number of checks cannot be drawn from."""

    code = "frame_wrong"


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to look at: `key` names it alone, `stratum` what it is like, in the order of the row.

    `rate` is how many times likelier than a cell of rate 1 it is drawn.
    """

    key: str
    stratum: tuple[str, ...]
    rate: int = 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell that was drawn, with the probability it had before the draw."""

    cell: Cell
    probability: Fraction


def fingerprint(frame: Iterable[Cell]) -> str:
    """SHA-256 of the frame in any order: the same cells give the same text.

    >>> fingerprint([Cell("a", ("x",)), Cell("b", ("x",))]) == fingerprint([Cell("b", ("x",)), Cell("a", ("x",))])
    True
    """
    lines = sorted("\t".join((cell.key, *cell.stratum, str(cell.rate))) for cell in frame)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def seed_of(*parts: str) -> str:
    """The seed made from what nobody can choose (the head of the audit chain), the day and the frozen procedure."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def draw(frame: Sequence[Cell], *, size: int, seed: str) -> tuple[Drawn, ...]:
    """Take `size` cells of the frame, or all where there are no more; in the order of the row.

    A cell's probability is `size` times its rate over the sum of rates; cells for which that is 1 or more are
    taken for sure, and the others share what is left. Raises FrameWrong.

    >>> [one.cell.key for one in draw([Cell("a", ("x",)), Cell("b", ("x",))], size=5, seed="s")]
    ['a', 'b']
    """
    if size < 1 or len({cell.key for cell in frame}) != len(frame) or any(cell.rate < 1 for cell in frame):
        raise FrameWrong(f"{size} of {len(frame)}")
    row = sorted(frame, key=lambda cell: (cell.stratum, _number(seed, cell.key)))
    if size >= len(row):
        return tuple(Drawn(cell, Fraction(1)) for cell in row)
    sure = _sure(row, size)
    left = size - len(sure)
    rates = sum(cell.rate for cell in row if cell.key not in sure)
    found: list[Drawn] = []
    # Whole numbers throughout: a cell covers `left * rate` of a circle cut every `rates`, so chances are exact.
    at, start = 0, _number(seed, "start") % rates
    for cell in row:
        if cell.key in sure:
            found.append(Drawn(cell, Fraction(1)))
            continue
        step = left * cell.rate
        # How many cuts lie before the end of the cell, less those before its beginning.
        if (at + step - start + rates - 1) // rates > (at - start + rates - 1) // rates:
            found.append(Drawn(cell, Fraction(step, rates)))
        at += step
    return tuple(found)


def _sure(row: Sequence[Cell], size: int) -> set[str]:
    sure: set[str] = set()
    while True:
        rest = [cell for cell in row if cell.key not in sure]
        rates, left = sum(cell.rate for cell in rest), size - len(sure)
        more = {cell.key for cell in rest if left * cell.rate >= rates}
        if not more:
            return sure
        sure |= more


def _number(seed: str, text: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}\n{text}".encode()).digest())
