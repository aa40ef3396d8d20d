"""XLSX: what must be checked before the parser may see it, which sheet, and its rows one after the other."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import python_calamine as calamine

from luwes.apps.sources.reading import header
from luwes.apps.sources.reading.cells import Cell, as_text
from luwes.apps.sources.reading.contract import Limits, UnreadableFile

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_PARTS = 5_000
MAX_SHEETS = 50
_STEP = 262_144
_DATE_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
# What zipfile raises for an archive it cannot read; NotImplementedError is its word for an unknown compression.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class WorkbookTable:
    """The rows of one sheet as lists of typed cells."""

    format = "xlsx"
    encoding = ""
    delimiter = ""
    typed = True

    def __init__(self, payload: bytes, matcher: header.Matcher, limits: Limits) -> None:
        self.date_1904 = inspect(payload, limits)
        try:
            book = calamine.CalamineWorkbook.from_object(io.BytesIO(payload))
            self._choose(book, matcher, limits)
        except calamine.PasswordError as error:
            raise UnreadableFile("encrypted", {}) from error
        except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, ValueError) as error:
            raise UnreadableFile("corrupt", {"why": str(error)[:200]}) from error
        self._fills: dict[int, list[tuple[int, int]]] = {}

    def rows(self) -> Iterator[list[Cell]]:
        """Yield every row from the first of the sheet on, merged cells filled as `fill_down` was told."""
        rows: Iterator[list[Cell]] = self._sheet.iter_rows()
        if not self._fills:
            yield from rows
            return
        kept: dict[tuple[int, int], Cell] = {}
        for number, row in enumerate(rows):
            for source, column in self._fills.get(number, ()):
                if source == number:
                    kept[source, column] = row[column]
                else:
                    row[column] = kept[source, column]
            yield row

    def fill_down(self, columns: frozenset[int], first_row: int) -> None:
        """Let cells merged downwards in the given columns count for every row they cover, from `first_row` on."""
        start, end = self._sheet.start, self._sheet.end
        if start is None or end is None:
            return
        left, last = start[1], end[0]
        for (top, first), (bottom, _) in self._sheet.merged_cell_ranges or ():
            column = first - left
            if column in columns and top >= first_row and bottom > top:
                for number in range(top, min(bottom, last) + 1):
                    self._fills.setdefault(number, []).append((top, column))

    def _choose(self, book: calamine.CalamineWorkbook, matcher: header.Matcher, limits: Limits) -> None:
        """Take the sheet asked for, else the visible one that names the most known columns."""
        self.sheets = tuple(
            each.name
            for each in book.sheets_metadata[:MAX_SHEETS]
            if each.visible == calamine.SheetVisibleEnum.Visible and each.typ == calamine.SheetTypeEnum.WorkSheet
        )
        asked = matcher.job.sheet
        if asked is not None and asked not in self.sheets:
            raise UnreadableFile("unknown_sheet", {"sheet": asked, "sheets": list(self.sheets)})
        best: tuple[tuple[int, int, bool], str] | None = None
        wanted = len(matcher.job.layout.columns)
        for name in (asked,) if asked is not None else self.sheets:
            sheet = book.get_sheet_by_name(name)
            head = self._head(sheet)
            found = header.find(head, matcher)
            score = (*(found.score if found else (0, 0)), any(map(any, head)))
            if best is None or score > best[0]:
                best = (score, name)
                self._sheet, self.head, self.sheet = sheet, head, name
            if best[0][1] == wanted:
                break
        if best is None or not any(map(any, self.head)):
            raise UnreadableFile("empty", {})
        if self._sheet.width > limits.max_columns:
            raise UnreadableFile("too_many_columns", {"columns": self._sheet.width, "limit": limits.max_columns})

    @staticmethod
    def _head(sheet: calamine.CalamineSheet) -> list[list[str]]:
        head: list[list[str]] = []
        for row in sheet.iter_rows():
            head.append([as_text(cell) for cell in row])
            if len(head) > header.SEARCHED_ROWS:
                break
        return head


def refuse_ole(payload: bytes) -> None:
    """Refuse the old binary container: a password-protected XLSX, or an .xls."""
    locked = "EncryptedPackage".encode("utf-16-le") in payload
    raise UnreadableFile("encrypted" if locked else "old_xls", {})


def inspect(payload: bytes, limits: Limits) -> bool:
    """Unpack every part once, counting and checking it, so that the parser meets no bomb; return the 1904 flag.

    The declared sizes are not believed: the parts are really inflated, in small steps that are thrown away.
    """
    date_1904 = False
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            parts = archive.infolist()
            names = {part.filename.casefold() for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableFile("encrypted", {})
            if "xl/workbook.xml" not in names:
                raise UnreadableFile("not_a_table", {"found": _container(names)})
            total = sum(part.file_size for part in parts)
            if len(names) != len(parts):
                raise UnreadableFile("corrupt", {"why": "duplicate parts"})
            if len(parts) > MAX_PARTS or total > limits.max_unpacked:
                raise UnreadableFile("unpacked_too_large", {"bytes": total, "parts": len(parts)})
            for part in parts:
                start = _inflate(archive, part)
                if part.filename.casefold() == "xl/workbook.xml":
                    date_1904 = _DATE_1904.search(start) is not None
                # No spreadsheet program writes a DOCTYPE; only entity bombs need one.
                if b"<!DOCTYPE" in start[:4096].upper():
                    raise UnreadableFile("corrupt", {"why": "DOCTYPE"})
    except _BROKEN_ZIP as error:
        raise UnreadableFile("corrupt", {"why": type(error).__name__}) from error
    return date_1904


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Return the first bytes of a part after inflating all of it; zipfile stops at the declared size."""
    with archive.open(part) as stream:
        start = stream.read(_STEP)
        while stream.read(_STEP):
            pass
    return start


def _container(names: set[str]) -> str:
    if "content.xml" in names:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "word/document.xml" in names:
        return "docx"
    return "zip"
