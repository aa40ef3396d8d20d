"""CSV: which encoding, which delimiter, and its records one after the other."""

import codecs
import csv
import io
from collections.abc import Iterator

from luwes.apps.sources.reading import header
from luwes.apps.sources.reading.cells import Cell
from luwes.apps.sources.reading.contract import Limits, UnreadableFile

DELIMITERS = (",", ";", "\t", "|")
MAX_CELL = 1_048_576
HEAD_CHARACTERS = 131_072
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16 BE"),
)
# First bytes of files that are often sent by mistake; naming them saves a telephone call.
_FOREIGN = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
)


class DelimitedTable:
    """The records of a CSV file as lists of text."""

    format = "csv"
    sheet = ""
    sheets: tuple[str, ...] = ()
    date_1904 = False
    typed = False

    def __init__(self, payload: bytes, matcher: header.Matcher, limits: Limits) -> None:
        _refuse_foreign(payload)
        csv.field_size_limit(MAX_CELL)
        self._payload = payload
        self._codec, self.encoding = _encoding(payload)
        self.delimiter, self.head = self._choose(matcher)
        width = max(map(len, self.head), default=0)
        if width > limits.max_columns:
            raise UnreadableFile("too_many_columns", {"columns": width, "limit": limits.max_columns})

    def rows(self) -> Iterator[list[Cell]]:
        """Yield every record from the first on; raises UnreadableFile for one that is no CSV record."""
        text = io.TextIOWrapper(io.BytesIO(self._payload), encoding=self._codec, newline="")
        reader = csv.reader(text, delimiter=self.delimiter)
        try:
            yield from reader
        except csv.Error as error:
            raise UnreadableFile("corrupt", {"row": reader.line_num, "why": str(error)}) from error

    def fill_down(self, columns: frozenset[int], first_row: int) -> None:
        """Do nothing: CSV knows no merged cells."""

    def _choose(self, matcher: header.Matcher) -> tuple[str, list[list[str]]]:
        """Take the delimiter under which the most known headers appear; only without any, the widest table."""
        start = self._payload[: HEAD_CHARACTERS * 4]
        text = codecs.getincrementaldecoder(self._codec)().decode(start)[:HEAD_CHARACTERS]
        whole = len(start) == len(self._payload) and len(text) < HEAD_CHARACTERS
        best: tuple[tuple[int, int, int], str, list[list[str]]] | None = None
        for delimiter in DELIMITERS:
            rows = _head(text, delimiter, whole=whole)
            found = header.find(rows, matcher)
            width = max((sum(1 for cell in row if cell.strip()) for row in rows), default=0)
            score = (*(found.score if found else (0, 0)), 0 if found else width)
            if best is None or score > best[0]:
                best = (score, delimiter, rows)
        if best is None or not any(map(any, best[2])):
            raise UnreadableFile("empty", {})
        return best[1], best[2]


def _head(text: str, delimiter: str, *, whole: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > header.SEARCHED_ROWS:
                return rows
    except csv.Error:
        # A wrong delimiter may make nonsense of the file; the right one is tried in its turn.
        return rows
    return rows if whole else rows[:-1]


def _refuse_foreign(payload: bytes) -> None:
    start = payload[:64].lstrip().lower()
    for magic, name in _FOREIGN:
        if start.startswith(magic.lower()):
            raise UnreadableFile("not_a_table", {"found": name})


def _encoding(payload: bytes) -> tuple[str, str]:
    """Return (codec, name to show). Windows-1252 is the last resort, and reported by its name."""
    for bom, codec, name in _BOMS:
        if payload.startswith(bom):
            if not _decodes(payload, codec):
                raise UnreadableFile("encoding", {"encoding": name})
            return codec, name
    start = payload[:65_536]
    if start.count(0) * 5 > len(start):
        raise UnreadableFile("encoding", {"encoding": "UTF-16", "bom": False})
    if sum(map(start.count, range(1, 9))) * 20 > len(start):
        raise UnreadableFile("not_a_table", {"found": "binary"})
    if _decodes(payload, "utf-8"):
        return "utf-8", "UTF-8"
    if _decodes(payload, "cp1252"):
        return "cp1252", "Windows-1252"
    raise UnreadableFile("encoding", {"encoding": ""})


def _decodes(payload: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    view = memoryview(payload)
    step = 1 << 20
    try:
        for start in range(0, len(payload), step):
            decoder.decode(view[start : start + step])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
