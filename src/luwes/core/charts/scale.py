"""From values to positions, and round numbers for an axis."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Value = Decimal | float


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from [low, high] to [start, end]; `end` may lie before `start`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Value) -> float:
        """Give the position of a value, kept inside [start, end]."""
        # Halves first: the span of two huge values of opposite sign would be infinite.
        share = (finite(value) / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def finite(value: Value) -> float:
    """Give a value as a float; raises ValueError for what cannot be drawn."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"cannot draw {value}")
    return number


def spanning(values: Iterable[Value], start: float, end: float, *, pad: float = 0.0) -> Scale:
    """Make a scale over all values, widened by `pad` of its span on both sides.

    Equal values get room around them; no values at all give 0 to 1.
    """
    numbers = [finite(value) for value in values] or [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    if low == high:
        room = max(abs(low) * 0.1, 0.5)
        low, high = low - room, high + room
    half_span = high / 2 - low / 2
    limit = 1.7e308
    return Scale(
        low=max(low - 2 * (half_span * pad), -limit),
        high=min(high + 2 * (half_span * pad), limit),
        start=start,
        end=end,
    )


def nice_ticks(low: Value, high: Value, about: int = 4) -> tuple[Decimal, ...]:
    """Give round numbers within [low, high], about as many as asked, for the caller to format.

    Steps are 1, 2, 2.5 or 5 times a power of ten. Empty when high ≤ low.

    >>> [str(tick) for tick in nice_ticks(0, 100)]
    ['0', '25', '50', '75', '100']
    """
    bottom, top = Decimal(str(low)), Decimal(str(high))
    if top <= bottom:
        return ()
    rough = (top - bottom) / max(about, 1)
    power = Decimal(1).scaleb(rough.adjusted())
    factors = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
    step = next(power * factor for factor in factors if rough <= power * factor)
    first = int((bottom / step).to_integral_value(rounding="ROUND_CEILING"))
    last = int((top / step).to_integral_value(rounding="ROUND_FLOOR"))
    # Written out, so that 100 is not 1E+2 for whoever formats it.
    return tuple(Decimal(f"{step * index:f}") for index in range(first, last + 1))
