"""Cells before they have a kind: cleaning text, telling what is missing, and writing values for COPY."""

import unicodedata
from datetime import date, datetime, time, timedelta
from json.encoder import encode_basestring
from typing import Any

from luwes.apps.sources.reading.names import normalise

# What calamine and the csv module hand over.
Cell = str | float | int | bool | date | datetime | time | timedelta

MISSING = frozenset({"", "-", "–", "—", "--", "null", "Null", "NULL", "#N/A", "N/A", "n/a", "nan", "NaN"})
FORMULA_ERRORS = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})
TOTAL_TITLES = frozenset(
    {
        "jumlah",
        "total",
        "grand total",
        "sub total",
        "subtotal",
        "sub jumlah",
        "jumlah total",
        "total jumlah",
        "total keseluruhan",
        "jumlah keseluruhan",
        "jumlah seluruhnya",
        "rata rata",
        "rerata",
    }
)
# Beginnings only: "Sub Bagian Umum" is a unit, "Sub Total Bidang A" is not.
TOTAL_STARTS = ("jumlah ", "total ", "grand total ", "sub total ", "sub jumlah ", "subtotal ", "rata rata ", "rerata ")
SHOWN = 40
# How a missing value is written: in a JSON array, and as a field of its own.
NO_FRAGMENT, NO_FIELD = "null", "\\N"


class Bad:
    """Stands in a column where a cell could not be accepted."""

    __slots__ = ("code", "nearest")

    def __init__(self, code: str, nearest: str | None = None) -> None:
        self.code = code
        self.nearest = nearest


def clean(text: str) -> str | None:
    """Return `text` trimmed, inner spacing made single, one leading apostrophe gone; None on control characters.

    The apostrophe is the exporters' guard against Excel turning identifiers into numbers.
    """
    if not text.isprintable():
        text = "".join(_visible(character) for character in text)
        if "\x00" in text:
            return None
    text = text.strip()
    if text[:1] == "'":
        text = text[1:].lstrip()
    if "  " in text:
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    return "\x00" if kind in ("Cc", "Cs") else character


def as_text(cell: Cell) -> str:
    """Return a cell as a person would read it in the sheet; whole numbers lose their ".0"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def shown(cell: Cell) -> str:
    """Return a cell short enough for a list of rejects, without line breaks or control characters."""
    text = as_text(cell)[: SHOWN * 4]
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def is_total(text: str) -> bool:
    """Say whether a text is the title of a row of totals and nothing else."""
    return len(text) < 30 and text[:1] in "jtgsrJTGSR" and normalise(text) in TOTAL_TITLES


def fragment(value: Any) -> str:
    """Return a canonical value (text, number or None) as JSON text already escaped for COPY."""
    if value is None:
        return NO_FRAGMENT
    if isinstance(value, str):
        text = encode_basestring(value)
        return text.replace("\\", "\\\\") if "\\" in text else text
    return repr(value)


def copy_field(value: Any) -> str:
    """Return a canonical value (text, number or None) as a field of PostgreSQL's COPY text format."""
    if value is None:
        return NO_FIELD
    return copy_text(value) if isinstance(value, str) else repr(value)


def copy_text(value: str) -> str:
    """Escape a text for PostgreSQL's COPY text format."""
    if value.isprintable() and "\\" not in value:
        return value
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
