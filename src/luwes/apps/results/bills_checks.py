"""What looks odd about bills: told, never repaired."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median_low

from luwes.apps.results.models import Bill

# Utility and number.
Meter = tuple[str, str]
# A price this many times off the usual one is a slip of a column or of a decimal mark; tariffs differ by less.
FAR = 4
# Fewer prices than this tell no usual price.
FEW = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One bill as a file states it: [`since`, `until`), thousandths of the utility's unit, whole rupiah."""

    row: int
    unit: int
    meter: Meter
    since: date
    until: date
    quantity_milli: int
    tariff: str
    rupiah: int | None

    @property
    def key(self) -> tuple[str, str, date]:
        return (*self.meter, self.since)

    @property
    def values(self) -> tuple[int, date, int, str, int | None]:
        return (self.unit, self.until, self.quantity_milli, self.tariff, self.rupiah)


def overlapping(lines: Iterable[Line]) -> set[int]:
    """The rows of one file whose periods share a day with another bill of the same meter."""
    by_meter: dict[Meter, list[Line]] = defaultdict(list)
    for line in lines:
        by_meter[line.meter].append(line)
    found: set[int] = set()
    for bills in by_meter.values():
        bills.sort(key=lambda line: (line.since, line.until))
        longest = bills[0]
        for line in bills[1:]:
            if line.since < longest.until:
                found |= {line.row, longest.row}
            longest = max(longest, line, key=lambda one: one.until)
    return found


def notes(lines: Collection[Line], known: Iterable[Bill], *, today: date) -> dict[str, set[int]]:
    """Code → rows: shared meters, odd prices, gaps, bills for nothing, periods not over yet."""
    bills = list(known)
    found = {
        "in_the_future": {line.row for line in lines if line.until > today},
        "meter_shared": _shared(lines, bills),
        "price_odd": _odd_prices(lines, bills),
        "nothing_used": {line.row for line in lines if not line.quantity_milli and line.rupiah},
        "day_gap": _gaps(lines, bills),
    }
    return {code: rows for code, rows in found.items() if rows}


def _shared(lines: Collection[Line], bills: Iterable[Bill]) -> set[int]:
    units: dict[Meter, set[int]] = defaultdict(set)
    # A stored bill that this file corrects no longer speaks for its unit.
    said = {line.key for line in lines}
    for bill in bills:
        if (bill.utility, bill.meter, bill.since) not in said:
            units[bill.utility, bill.meter].add(bill.unit_id)
    for line in lines:
        units[line.meter].add(line.unit)
    return {line.row for line in lines if len(units[line.meter]) > 1}


def _odd_prices(lines: Collection[Line], bills: Iterable[Bill]) -> set[int]:
    prices: dict[str, list[Fraction]] = defaultdict(list)
    said = {line.key for line in lines}
    for bill in bills:
        if bill.rupiah and bill.quantity_milli and (bill.utility, bill.meter, bill.since) not in said:
            prices[bill.utility].append(Fraction(bill.rupiah, bill.quantity_milli))
    priced = {line.row: line for line in lines if line.rupiah and line.quantity_milli}
    for line in priced.values():
        prices[line.meter[0]].append(_price(line))
    usual: Mapping[str, Fraction] = {
        utility: median_low(found) for utility, found in prices.items() if len(found) >= FEW
    }
    return {
        row
        for row, line in priced.items()
        if (middle := usual.get(line.meter[0])) and not middle / FAR <= _price(line) <= middle * FAR
    }


def _price(line: Line) -> Fraction:
    return Fraction(line.rupiah or 0, line.quantity_milli)


def _gaps(lines: Collection[Line], bills: Iterable[Bill]) -> set[int]:
    """Rows that begin after a hole: an earlier bill of the meter exists and its end does not reach them."""
    ends: dict[Meter, set[date]] = defaultdict(set)
    for bill in bills:
        ends[bill.utility, bill.meter].add(bill.until)
    for line in lines:
        ends[line.meter].add(line.until)
    found = set()
    for line in lines:
        earlier = [end for end in ends[line.meter] if end <= line.since]
        if earlier and max(earlier) < line.since:
            found.add(line.row)
    return found
