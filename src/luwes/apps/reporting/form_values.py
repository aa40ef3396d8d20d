"""From what people write to an answer of the monthly form, and back; the same for the page and for a file."""

import re
from collections.abc import Mapping
from decimal import Decimal

from luwes.apps.accounts.access import Refused
from luwes.apps.reporting.form_fields import NO, YES, Field, FieldKind, Value
from luwes.apps.sources.reading.names import normalise
from luwes.core import formats

LONGEST_TEXT, MOST_LINES = 500, 30
LARGEST_NUMBER, LARGEST_RUPIAH = 1_000_000, 10**15
# A cut of more than everything cannot be; growth of more than tenfold is a slip.
LEAST_PERCENT, MOST_PERCENT = Decimal(-1000), Decimal(100)
_WHOLE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]{1,4}(?:\.[0-9]{1,4})?")
_WORDS = {YES: (YES, "y", "true", "iya"), NO: (NO, "t", "false", "tdk")}


class AnswerUnread(Refused):
    """An answer that fits no row of this kind; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse(field: Field, text: str) -> Value | None:
    """The answer a text means; None for an empty text.

    Raises AnswerUnread with not_an_option, not_a_number, not_a_percent, too_large, too_long or too_many_lines.
    """
    words = text.replace("\x00", "").strip()
    if not words:
        return None
    if field.options():
        return _option(field, words)
    if field.kind in (FieldKind.NUMBER, FieldKind.RUPIAH):
        return _whole(field.kind, words)
    if field.kind is FieldKind.PERCENT:
        return _percent(words)
    if field.kind is FieldKind.TEXT:
        return _within(" ".join(words.split()))
    # A cell of a sheet has no lines of its own: there a semicolon parts the entries.
    parts = [" ".join(part.split()) for line in words.splitlines() for part in line.split(";")]
    found = [_within(part) for part in parts if part]
    if len(found) > MOST_LINES:
        raise AnswerUnread("too_many_lines")
    return found or None


def written(field: Field, value: Value) -> str:
    """An answer as it stands in an input or a cell: what `parse` reads back to the same."""
    if isinstance(value, list):
        return "\n".join(value)
    return str(value).replace(".", ",") if field.kind is FieldKind.PERCENT else str(value)


def shown(field: Field, value: Value, language: str) -> str:
    """An answer as people read it."""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, int):
        return formats.rupiah(value, language) if field.kind is FieldKind.RUPIAH else formats.number(value, 0, language)
    if field.kind is FieldKind.PERCENT:
        return formats.percent(Decimal(value), 2, language)
    return str(dict(field.options()).get(value, value))


def known(values: Mapping[str, Value | None]) -> dict[str, Value]:
    """The answers that are there."""
    return {code: value for code, value in values.items() if value is not None}


def _option(field: Field, words: str) -> str:
    said = normalise(words)
    for code, label in field.options():
        if said in (normalise(code), normalise(str(label)), *_WORDS.get(code, ())):
            return code
    raise AnswerUnread("not_an_option")


def _whole(kind: FieldKind, words: str) -> int:
    plain = re.sub(r"^rp\.?|\s", "", words.casefold())
    plain = re.sub(r",(00|-)$", "", plain)
    if not _WHOLE.fullmatch(plain):
        raise AnswerUnread("not_a_number")
    digits = plain.replace(".", "")
    if len(digits) > 16 or int(digits) > (LARGEST_RUPIAH if kind is FieldKind.RUPIAH else LARGEST_NUMBER):
        raise AnswerUnread("too_large")
    return int(digits)


def _percent(words: str) -> str:
    plain = re.sub(r"%|\s", "", words).replace("−", "-").replace(",", ".")
    if not _DECIMAL.fullmatch(plain):
        raise AnswerUnread("not_a_percent")
    value = Decimal(plain).quantize(Decimal("0.01"))
    if not LEAST_PERCENT <= value <= MOST_PERCENT:
        raise AnswerUnread("too_large")
    return f"{value:f}".rstrip("0").rstrip(".") if value else "0"


def _within(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise AnswerUnread("too_long")
    return text
