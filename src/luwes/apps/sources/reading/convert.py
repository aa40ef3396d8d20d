"""One reader per column: a cell becomes a canonical value once, later equal cells are looked up.

Canonical values: text, code and choice are text; a date is `2026-12-09`, a datetime `2026-12-09T07:30:00`, a month its
first day; a moment whichever of a date, a time of day (`07:30:00`) and both the cell holds; rupiah, integer and year
are whole numbers; percent is a number where 61.28 means 61,28 %, decimal any number to six decimals. Missing is None.
Of a column of kind present only "ya" or "tidak" is kept: whether the cell held anything. What it held goes no further
than this process.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from luwes.apps.sources.reading import dates, numbers
from luwes.apps.sources.reading.cells import (
    FORMULA_ERRORS,
    MISSING,
    Bad,
    Cell,
    as_text,
    clean,
    copy_field,
    fragment,
    is_total,
)
from luwes.apps.sources.reading.contract import Job
from luwes.apps.sources.reading.layout import Column
from luwes.apps.sources.reading.names import nearest, normalise
from luwes.apps.sources.reading.stamps import Stamps

MEMO_SIZE = 30_000
MAX_TEXT, MAX_CODE = 2_000, 200
# Beyond this a float no longer tells neighbouring whole numbers apart, and Excel keeps only 15 digits anyway.
SAFE_NUMBER = 1e15
CENT = Decimal("0.000001")
_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])")
_MANGLED_CODE = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2}")

Value = str | int | float | None
Found = Value | Bad


class ColumnReader(dict[Cell, "str | Bad"]):
    """Turns the cells of one column into COPY-ready JSON or fields; itself the table of cells already read.

    Refused and warned-about cells are never kept, so that each of them is counted.
    """

    def __init__(self, column: Column, job: Job, *, date_1904: bool) -> None:
        super().__init__()
        self.column = column
        self.date_1904 = date_1904
        self.warnings: Counter[str] = Counter()
        self.failed = False
        self.decimal_marks: frozenset[str] = frozenset()
        self.fraction_like = False
        self._marks: set[str] = set()
        self._largest = 0.0
        self._explicit_percent = False
        self._scale = Decimal((job.money_unit or 1) if column.kind == "rupiah" else 1)
        self._asked_fraction = job.percent_as_fraction
        self._write = copy_field if job.fields else fragment
        self._keep = True
        self._days: dict[str, bool] = {}
        self._stamps = Stamps(column) if column.kind == "datetime" else None
        self._ours = {normalise(theirs): ours for theirs, ours in job.values.get(column.name, {}).items()}
        self._choices = {normalise(choice): choice for choice in column.choices}
        self._convert: Callable[[Cell], Found] = {
            "text": self._text,
            "code": self._code,
            "choice": self._choice,
            "date": self._date,
            "datetime": self._datetime,
            "moment": self._moment,
            "month": self._month,
            "year": self._year,
            "rupiah": self._number,
            "percent": self._number,
            "decimal": self._number,
            "integer": self._number,
            "present": self._present,
        }[column.kind]

    def read(self, cells: Sequence[Cell], *, typed: bool) -> list[str | Bad]:
        """Return a piece of JSON, a COPY field or Bad per cell; `failed` tells whether any is Bad."""
        self.failed = False
        if typed and bool in set(map(type, cells)):
            # True and 1.0 are one key to a dict, but not one value in a sheet.
            cells = [as_text(cell) if isinstance(cell, bool) else cell for cell in cells]
        return list(map(self.__getitem__, cells))

    def __missing__(self, cell: Cell) -> "str | Bad":
        if self._stamps is not None and (known := self._stamps.get(cell)) is not None:
            return known
        self._keep = True
        value = self._limited(self._accept(cell))
        if isinstance(value, Bad):
            self.failed = True
            return value
        result = self._write(value)
        if self._stamps is not None and value is not None:
            self._stamps.learn(cell, result)
        if self._keep and len(self) < MEMO_SIZE:
            self[cell] = result
        return result

    def learn(self, cells: Iterable[Cell]) -> None:
        """See cells of a numeric column before any is read: proved decimal marks, and how large the values are."""
        for cell in cells:
            if isinstance(cell, str):
                seen = numbers.look(clean(cell) or "")
                if seen.problem:
                    continue
                if seen.decimal_mark:
                    self._marks.add(seen.decimal_mark)
                self._explicit_percent = self._explicit_percent or seen.percent
                size = abs(float(seen.value if seen.alternative is None else seen.alternative))
            elif isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell):
                size = abs(cell)
            else:
                continue
            self._largest = max(self._largest, size)

    def learned(self) -> None:
        """Conclude what the whole column proves; called once, after `learn` has seen all of it."""
        self.decimal_marks = frozenset(self._marks)
        small = 0 < self._largest <= 1 and not self._explicit_percent
        self.fraction_like = self.column.kind == "percent" and small
        if self.fraction_like and self._asked_fraction:
            self._scale = Decimal(100)

    def _accept(self, cell: Cell) -> Found:
        if self.column.kind == "present":
            return self._present(cell)
        if isinstance(cell, str):
            text = clean(cell)
            if text is None:
                return Bad("control_characters")
            if text in MISSING:
                return Bad("missing") if self.column.required else None
            if text in FORMULA_ERRORS:
                return Bad("formula_error")
            return self._convert(text)
        return self._convert(cell)

    def _limited(self, value: Found) -> Found:
        if value is None or isinstance(value, Bad):
            return value
        low, high = self.column.minimum, self.column.maximum
        if low is not None and value < low:  # type: ignore[operator] # a bound has its column's type
            return Bad("below_minimum", str(low))
        if high is not None and value > high:  # type: ignore[operator] # a bound has its column's type
            return Bad("above_maximum", str(high))
        return value

    def _warn(self, code: str) -> None:
        self.warnings[code] += 1
        self._keep = False

    def _text(self, cell: Cell) -> Found:
        text = as_text(cell)
        if len(text) > MAX_TEXT:
            return Bad("too_long")
        if self.column.required and is_total(text):
            return Bad("total")
        return self._ours.get(normalise(text), text) if self._ours else text

    def _present(self, cell: Cell) -> Found:
        # Never refused: a list of refused cells would show what must not be kept.
        return "tidak" if clean(as_text(cell)) in MISSING | FORMULA_ERRORS else "ya"

    def _code(self, cell: Cell) -> Found:
        if isinstance(cell, float):
            if abs(cell) >= SAFE_NUMBER:
                return Bad("lost_digits")
            # Leading zeros, if there were any, are gone from a number cell.
            self._warn("numeric_code")
        text = as_text(cell)
        if len(text) > MAX_CODE:
            return Bad("too_long")
        if _MANGLED_CODE.fullmatch(text):
            return Bad("lost_digits")
        if self.column.required and is_total(text):
            return Bad("total")
        return self._ours.get(normalise(text), text) if self._ours else text

    def _choice(self, cell: Cell) -> Found:
        text = as_text(cell)
        if len(text) > MAX_TEXT:
            return Bad("too_long")
        name = normalise(text)
        ours = self._ours.get(name)
        found = self._choices.get(normalise(ours) if ours is not None else name)
        if found is not None:
            return found
        if self.column.required and is_total(text):
            return Bad("total")
        return Bad("not_a_choice", nearest(text, self.column.choices))

    def _date(self, cell: Cell) -> Found:
        found: date | None = None
        if isinstance(cell, str):
            found = dates.day(cell, date_1904=self.date_1904)
        elif isinstance(cell, datetime):
            found = cell.date()
        elif isinstance(cell, date):
            found = cell
        elif isinstance(cell, float):
            moment = dates.from_serial(cell, date_1904=self.date_1904)
            found = None if moment is None else moment.date()
        if found is None or not dates.MIN_YEAR <= found.year <= dates.MAX_YEAR:
            return Bad("not_a_date")
        return found.isoformat()

    def _month(self, cell: Cell) -> Found:
        if isinstance(cell, str) and (month := dates.month(cell)) is not None:
            return month.isoformat()
        found = self._date(cell)
        return Bad("not_a_month") if isinstance(found, Bad) else f"{str(found)[:8]}01"

    def _datetime(self, cell: Cell) -> Found:
        found: datetime | None = None
        if isinstance(cell, str):
            stamp = _STAMP.fullmatch(cell)
            if stamp and self._is_day(stamp[1]):
                return f"{stamp[1]}T{stamp[2]}"
            found = dates.moment(cell, date_1904=self.date_1904)
        elif isinstance(cell, datetime):
            found = cell.replace(microsecond=0)
        elif isinstance(cell, date):
            # A sheet's midnight arrives as a bare date.
            found = datetime.combine(cell, time())
        elif isinstance(cell, float):
            found = dates.from_serial(cell, date_1904=self.date_1904)
        if found is None or not dates.MIN_YEAR <= found.year <= dates.MAX_YEAR:
            return Bad("not_a_datetime")
        return found.isoformat()

    def _moment(self, cell: Cell) -> Found:
        clock: str | None = None
        if isinstance(cell, str):
            clock = dates.clock(cell)
        elif isinstance(cell, time):
            clock = cell.replace(microsecond=0).isoformat()
        elif isinstance(cell, timedelta):
            # A sheet's 24:00 arrives as a length of time.
            clock = dates.clock_of(cell.total_seconds())
        elif isinstance(cell, float) and 0 <= cell < 1:
            clock = dates.clock_of(cell * 86_400)
        if clock is not None:
            return clock
        if isinstance(cell, str) and (alone := dates.day_alone(cell)) is not None:
            return alone.isoformat()
        found = self._datetime(cell)
        # Sheets write a bare date as its midnight; taken for a time it would tell an hour nobody wrote.
        return Bad("not_a_moment") if isinstance(found, Bad) else str(found).removesuffix("T00:00:00")

    def _is_day(self, text: str) -> bool:
        known = self._days.get(text)
        if known is None:
            known = dates.day(text) is not None
            if len(self._days) < MEMO_SIZE:
                self._days[text] = known
        return known

    def _year(self, cell: Cell) -> Found:
        text = as_text(cell)
        if len(text) == 4 and text.isascii() and text.isdigit() and dates.MIN_YEAR <= int(text) <= dates.MAX_YEAR:
            return int(text)
        return Bad("total") if self.column.required and is_total(text) else Bad("not_a_year")

    def _number(self, cell: Cell) -> Found:
        whole = self.column.kind not in ("percent", "decimal")
        if isinstance(cell, str):
            seen = numbers.look(cell)
            if seen.problem:
                return Bad("total") if self.column.required and is_total(cell) else Bad(seen.problem)
            value = numbers.settle(seen, self.decimal_marks, whole=whole)
            if value is None:
                return Bad("ambiguous_number")
            if seen.percent and self.column.kind != "percent":
                return Bad("not_a_number")
        elif isinstance(cell, (int, float)) and math.isfinite(cell):
            value = Decimal(repr(cell))
        else:
            return Bad("not_a_number")
        value *= self._scale
        if abs(value) >= SAFE_NUMBER * 1000:
            return Bad("not_a_number")
        return self._whole(value) if whole else self._share(value)

    def _share(self, value: Decimal) -> Found:
        number = float(value.quantize(CENT, rounding=ROUND_HALF_UP))
        return int(number) if number.is_integer() else number

    def _whole(self, value: Decimal) -> Found:
        rounded = value.quantize(Decimal(1), rounding=ROUND_HALF_UP)
        if rounded != value:
            if self.column.kind == "integer":
                return Bad("not_whole")
            self._warn("rupiah_rounded")
        return int(rounded)
