"""A report as data: what a PDF prints and a workbook holds, before anybody draws it.

Every text is a finished sentence or label in the reader's language; numbers stay numbers until the
writer of each format shows them, so that page, PDF and workbook cannot disagree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Cell = str | int | Decimal | date | None


class CellKind(StrEnum):
    """How the values of a column are shown."""

    TEXT = "text"
    COUNT = "count"
    RUPIAH = "rupiah"
    PERCENT = "percent"
    POINTS = "points"
    DATE = "date"


class Paper(StrEnum):
    """The paper of a region's letters."""

    A4 = "a4"
    F4 = "f4"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading (with the unit of its numbers) and its width in characters.

    `on_paper` False keeps a column out of the PDF, where width is scarce.
    """

    label: str
    kind: CellKind
    width: int = 14
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; `total` is a closing row, `note` stands below."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as SVG text, with what it shows in words."""

    title: str
    svg: str
    alt: str
    # Width of the drawing as a share of the text width, in percent.
    width: int = 100


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote, and who with which post when."""

    text: str
    signature: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer on top: a word with its tone (good, near, bad, muted), one sentence, one big number."""

    word: str
    tone: str
    sentence: str
    number: str
    number_label: str


@dataclass(frozen=True, slots=True)
class Kop:
    """The letterhead: lines from the government down to the unit, an address, and where letters are dated."""

    lines: tuple[str, ...]
    address: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `facts` are short label–value pairs, `definitions` say how the numbers were made."""

    title: str
    subject: str
    period: str
    verdict: Verdict
    notices: Sequence[str]
    facts: Sequence[tuple[str, str]]
    pictures: Sequence[Picture]
    tables: Sequence[Table]
    remarks_title: str
    remarks: Sequence[Remark]
    definitions: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an issued document carries: its code, the audit head before it, and when it was issued."""

    code: str
    audit_head: str
    issued_at: datetime
