"""From a table with a known header to rows for COPY, rejects, and the summary's counts."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, Protocol

from luwes.apps.sources.reading.cells import (
    NO_FIELD,
    NO_FRAGMENT,
    TOTAL_STARTS,
    Bad,
    Cell,
    as_text,
    copy_text,
    is_total,
    shown,
)
from luwes.apps.sources.reading.contract import (
    KEY_SEPARATOR,
    Job,
    Limits,
    Reject,
    Skipped,
    UnreadableFile,
    Warned,
)
from luwes.apps.sources.reading.convert import ColumnReader
from luwes.apps.sources.reading.header import Header, is_annotation
from luwes.apps.sources.reading.layout import NUMERIC, WORDS
from luwes.apps.sources.reading.names import compact, normalise

BATCH = 2_048
FRAME_BYTES = 262_144
LISTED_SKIPS = 50
SAMPLE_ROWS = 5
REJECTS_PER_FRAME = 500


class Table(Protocol):
    """What CSV and XLSX have in common: rows from the very first on, each a list of cells."""

    format: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    date_1904: bool
    typed: bool
    head: list[list[str]]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield all rows."""

    def fill_down(self, columns: frozenset[int], first_row: int) -> None:
        """Spread merged cells over the rows they cover."""


def key_texts(pieces: Sequence[str]) -> list[str]:
    """Turn JSON fragments into the plain texts of a key part, escaped for COPY."""
    if "\\" not in "".join(pieces):
        # Without an escape a fragment is its own text, in quotes or, for a number, bare.
        return [piece[1:-1] if piece[0] == '"' else piece for piece in pieces]
    return [copy_text(str(json.loads(piece.replace("\\\\", "\\")))) for piece in pieces]


class Stage:
    """One pass over a table; `counts` and `warnings` are ready after `run`."""

    def __init__(
        self,
        table: Table,
        header: Header,
        job: Job,
        limits: Limits,
        *,
        send_columns: Callable[[bytes], None],
        send_rows: Callable[[bytes], None],
        send_rejects: Callable[[bytes], None],
    ) -> None:
        self.table, self.header, self.job, self.limits = table, header, job, limits
        self._send_columns, self._send_rows, self._send_rejects = send_columns, send_rows, send_rejects
        self.readers = [ColumnReader(column, job, date_1904=table.date_1904) for column in job.layout.columns]
        self._placed = [reader for reader in self.readers if reader.column.name in header.columns]
        self._places = [header.columns[reader.column.name] for reader in self._placed]
        self._constants = self._read_constants()
        names = [column.name for column in job.layout.columns]
        self._key_places = [names.index(name) for name in job.layout.key]
        # A field for what no row can have would be written, sent and stored for each of a million rows.
        self._sent = [place for place, name in enumerate(names) if name in header.columns or name in self._constants]
        self._width = len(header.titles)
        self._titles = [compact(header.titles[place]) for place in self._places]
        self._nothing = NO_FIELD if job.fields else NO_FRAGMENT
        self._ragged: dict[int, list[Cell]] = {}
        self._buffer: list[str] = []
        self._buffered = 0
        self._pending: list[dict[str, Any]] = []
        self.rows_in = self.valid = self.rejected = self.rejects_listed = 0
        self.skipped: Counter[str] = Counter()
        self.skipped_rows: list[Skipped] = []
        self.sample: list[list[Any]] = []

    def run(self) -> None:
        """Read every row below the header; raises UnreadableFile when there are too many."""
        first = self.header.last + 1
        self.table.fill_down(frozenset(self._places), first)
        self._learn(first)
        if self.job.fields:
            self._send_columns(json.dumps([self.readers[place].column.name for place in self._sent]).encode())
        rows = islice(self.table.rows(), first, None)
        number = first + 1
        while batch := list(islice(rows, BATCH)):
            self.rows_in += len(batch)
            if self.rows_in > self.limits.max_rows:
                raise UnreadableFile("too_many_rows", {"limit": self.limits.max_rows})
            annotations = self._annotations(batch, number) if number == first + 1 else 0
            self._take(batch[annotations:], number + annotations)
            number += len(batch)
        self._flush_rows()
        self._flush_rejects()

    def warnings(self) -> tuple[Warned, ...]:
        """Return what was accepted with a warning, per column."""
        return tuple(
            Warned(code=code, column=reader.column.label, count=count)
            for reader in self.readers
            for code, count in sorted(reader.warnings.items())
        )

    def _read_constants(self) -> dict[str, str]:
        """Turn the job's constants into fragments; raises UnreadableFile for one that does not fit its column."""
        found = {}
        for reader in self.readers:
            name = reader.column.name
            if name in self.job.constants and name not in self.header.columns:
                piece = reader[self.job.constants[name]]
                if isinstance(piece, Bad):
                    value = shown(self.job.constants[name])
                    facts = {"column": reader.column.label, "code": piece.code, "value": value}
                    raise UnreadableFile("bad_constant", facts)
                found[name] = piece
        return found

    def _learn(self, first: int) -> None:
        """Show the numeric columns all their cells first: only the whole column proves what `1.234` means."""
        numeric = [
            (place, reader)
            for place, reader in zip(self._places, self._placed, strict=True)
            if reader.column.kind in NUMERIC
        ]
        if not numeric:
            return
        rows = islice(self.table.rows(), first, first + self.limits.max_rows)
        while batch := list(islice(rows, BATCH)):
            for place, reader in numeric:
                reader.learn({row[place] for row in batch if len(row) > place})
        for _, reader in numeric:
            reader.learned()

    def _annotations(self, batch: list[list[Cell]], number: int) -> int:
        """Skip the rows right under the header that give units or number the columns; return how many."""
        count = 0
        while count < min(2, len(batch)) and is_annotation([as_text(cell) for cell in batch[count]]):
            self._skip(number + count, "annotation")
            count += 1
        return count

    def _take(self, batch: list[list[Cell]], number: int) -> None:
        numbers: Sequence[int] = range(number, number + len(batch))
        if not all(map(any, batch)):
            numbers, batch = self._without_blanks(numbers, batch)
        if not batch:
            return  # nothing but blank rows, or a header with its annotations alone
        self._ragged.clear()
        if set(map(len, batch)) != {self._width}:
            batch = [self._squared(row, index) for index, row in enumerate(batch)]
        columns, failed = self._convert(batch)
        bad = self._refused(columns, failed)
        bad.update(self._ragged)
        if bad:
            for index in sorted(bad):
                self._refuse(numbers[index], batch[index], columns, index)
            kept = [index for index in range(len(batch)) if index not in bad]
            columns = [[column[index] for index in kept] for column in columns]
            numbers = [numbers[index] for index in kept]
        if numbers:
            self._emit(numbers, columns)

    def _without_blanks(self, numbers: Sequence[int], batch: list[list[Cell]]) -> tuple[list[int], list[list[Cell]]]:
        kept_numbers, kept = [], []
        for number, row in zip(numbers, batch, strict=True):
            # Zero and FALSE are values: only cells without any text make a row blank.
            if any(row) or any(as_text(cell).strip() for cell in row):
                kept_numbers.append(number)
                kept.append(row)
            else:
                self.skipped["blank"] += 1
        return kept_numbers, kept

    def _squared(self, row: list[Cell], index: int) -> list[Cell]:
        """Return the row as wide as the header; cells beyond it mean a shifted row, which is remembered."""
        if len(row) > self._width and any(as_text(cell).strip() for cell in row[self._width :]):
            self._ragged[index] = row
        return row[: self._width] + [""] * (self._width - len(row))

    def _convert(self, batch: list[list[Cell]]) -> tuple[list[list[str | Bad]], list[int]]:
        """Return one list of fragments per layout column, and the positions of columns with a refused cell."""
        if len(self._places) == 1:
            cells: Iterator[Sequence[Cell]] = iter([[row[self._places[0]] for row in batch]])
        else:
            cells = zip(*map(itemgetter(*self._places), batch), strict=True)
        columns: list[list[str | Bad]] = []
        failed = []
        for position, reader in enumerate(self.readers):
            name = reader.column.name
            if name in self.header.columns:
                columns.append(reader.read(next(cells), typed=self.table.typed))
                if reader.failed:
                    failed.append(position)
            else:
                columns.append([self._constants.get(name, self._nothing)] * len(batch))
        return columns, failed

    @staticmethod
    def _refused(columns: list[list[str | Bad]], failed: list[int]) -> dict[int, object]:
        bad: dict[int, object] = {}
        for position in failed:
            for index, piece in enumerate(columns[position]):
                if piece.__class__ is Bad:
                    bad[index] = None
        return bad

    def _refuse(self, number: int, row: list[Cell], columns: list[list[str | Bad]], index: int) -> None:
        """Skip a row that is no data row, with its reason; reject every bad cell of one that is."""
        faults: list[tuple[ColumnReader, Bad]] = []
        for reader, column in zip(self.readers, columns, strict=True):
            piece = column[index]
            if isinstance(piece, Bad):
                faults.append((reader, piece))
        reason = None if index in self._ragged else self._why_no_data(row, faults)
        if reason is not None:
            self._skip(number, reason)
            return
        self.rejected += 1
        if index in self._ragged:
            extra = [cell for cell in self._ragged[index][self._width :] if as_text(cell).strip()]
            self._list(Reject(number, "", "extra_cells", shown(extra[0])))
            return
        for reader, fault in faults:
            cell = row[self.header.columns[reader.column.name]]
            code = "missing" if fault.code == "total" else fault.code
            self._list(Reject(number, reader.column.label, code, shown(cell), fault.nearest))

    def _why_no_data(self, row: list[Cell], faults: list[tuple[ColumnReader, Bad]]) -> str | None:
        """The rule for rows that are not data; every one is counted and listed, none vanishes.

        total: a required column holds nothing but a word for a total, or the row begins with such a word and lacks a
        required value. repeated_header: the row repeats the header's own texts (page breaks). outside_table: the row
        has no key at all, less than half of the required values, and no date or number in its place (signatures,
        notes). blank: nothing but spaces.
        """
        missing = {reader.column.name for reader, fault in faults if fault.code == "missing"}
        first = next((text for text in (as_text(cell).strip() for cell in row) if text), "")
        if not first:
            return "blank"
        if any(fault.code == "total" for _, fault in faults) or is_total(first):
            return "total"
        if missing and f"{normalise(first[:60])} ".startswith(TOTAL_STARTS):
            return "total"
        if [compact(as_text(row[place])[:200]) for place in self._places] == self._titles:
            return "repeated_header"
        keys = [name for name in self.job.layout.key if name in self.header.columns]
        required = [reader.column.name for reader in self._placed if reader.column.required]
        few = (len(required) - len(missing)) * 2 < len(required)
        if keys and missing.issuperset(keys) and few and not self._measured(row, faults):
            return "outside_table"
        return None

    def _measured(self, row: list[Cell], faults: list[tuple[ColumnReader, Bad]]) -> bool:
        """Whether a date or number stands in its place: somebody meant to say something, and forgot of whom."""
        bad = {reader.column.name for reader, _ in faults}
        return any(
            reader.column.kind not in WORDS and reader.column.name not in bad and as_text(row[place]).strip()
            for place, reader in zip(self._places, self._placed, strict=True)
        )

    def _skip(self, number: int, reason: str) -> None:
        self.skipped[reason] += 1
        if len(self.skipped_rows) < LISTED_SKIPS:
            self.skipped_rows.append(Skipped(number, reason))

    def _list(self, reject: Reject) -> None:
        if self.rejects_listed >= self.limits.max_rejects:
            return
        self.rejects_listed += 1
        self._pending.append({name: getattr(reject, name) for name in ("row", "column", "code", "value", "nearest")})
        if len(self._pending) >= REJECTS_PER_FRAME:
            self._flush_rejects()

    def _emit(self, numbers: Sequence[int], columns: Any) -> None:
        self.valid += len(numbers)
        prefix = f"{self.job.prefix}\t" if self.job.prefix else ""
        if self.job.fields:
            rows = map("\t".join, zip(*(columns[place] for place in self._sent), strict=True))
            self._buffer_rows(
                "".join([f"{prefix}{number}\t{row}\n" for number, row in zip(numbers, rows, strict=True)])
            )
            return
        parts = [key_texts(columns[place]) for place in self._key_places]
        keys = parts[0] if len(parts) == 1 else map(KEY_SEPARATOR.join, zip(*parts, strict=True))
        data = map(",".join, zip(*columns, strict=True))
        text = "".join(
            [f"{prefix}{number}\t{key}\t[{row}]\n" for number, key, row in zip(numbers, keys, data, strict=True)]
        )
        for index in range(min(SAMPLE_ROWS - len(self.sample), len(numbers))):
            pieces = [column[index] for column in columns]
            self.sample.append(json.loads(f"[{','.join(pieces)}]".replace("\\\\", "\\")))
        self._buffer_rows(text)

    def _buffer_rows(self, text: str) -> None:
        self._buffer.append(text)
        self._buffered += len(text)
        if self._buffered >= FRAME_BYTES:
            self._flush_rows()

    def _flush_rows(self) -> None:
        if self._buffer:
            self._send_rows("".join(self._buffer).encode())
            self._buffer.clear()
            self._buffered = 0

    def _flush_rejects(self) -> None:
        if self._pending:
            self._send_rejects(json.dumps(self._pending).encode())
            self._pending.clear()
