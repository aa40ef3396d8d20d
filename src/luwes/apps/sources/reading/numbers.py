"""Numbers as people type them: 1.234.567,89 · Rp 1.234.567,- · 61,28% · (1.000) · 1,234,567.89."""

import re
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = re.compile(r"[0-9]+", re.ASCII)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[., ])[0-9]{3})(?:(?P=mark)[0-9]{3})*")
_DECIMAL = re.compile(r"[0-9]*[.,][0-9]+")
_EXPONENT = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+]?[0-9]+")
_CURRENCY = re.compile(r"(?:Rp|IDR)\.?", re.IGNORECASE)
MAX_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Look:
    """What one text says about a number, before the rest of its column is known.

    `decimal_mark` is "," or "." when the text alone proves it, else "". For an ambiguous text (`1.234`) `value` reads
    the mark as thousands, `alternative` reads it as decimals, and `mark` is the mark in question.
    """

    value: Decimal = Decimal(0)
    alternative: Decimal | None = None
    mark: str = ""
    decimal_mark: str = ""
    percent: bool = False
    problem: str = ""


def look(text: str) -> Look:
    """Read a cleaned text as a number; `problem` is "" or a reject code (not_a_number, lost_digits)."""
    if len(text) > MAX_LENGTH:
        return Look(problem="not_a_number")
    if _EXPONENT.fullmatch(text):
        # Excel writes 1,99E+17 only after digits are gone for good.
        return Look(problem="lost_digits")
    body, negative, percent = _bare(text)
    found = _read(body)
    if found.problem:
        return found
    sign = -1 if negative else 1
    return Look(
        value=found.value * sign,
        alternative=None if found.alternative is None else found.alternative * sign,
        mark=found.mark,
        decimal_mark=found.decimal_mark,
        percent=percent,
    )


def settle(seen: Look, decimal_marks: frozenset[str], *, whole: bool) -> Decimal | None:
    """Return the number once the decimal marks proved elsewhere in its column are known; None stays ambiguous.

    `whole`: the column holds whole things (rupiah, counts), where a lone three-digit group can only be thousands
    unless the column proves that this very mark is its decimal mark.
    """
    if seen.alternative is None:
        return seen.value
    if len(decimal_marks) == 1:
        return seen.alternative if seen.mark in decimal_marks else seen.value
    return seen.value if whole and not decimal_marks else None


def _bare(text: str) -> tuple[str, bool, bool]:
    """Take off currency, percent sign, sign, accountant's parentheses and the ",-" of written sums."""
    body, negative, percent = text.strip(), False, False
    if body.startswith("(") and body.endswith(")"):
        body, negative = body[1:-1].strip(), True
    if body.endswith("%"):
        body, percent = body[:-1].rstrip(), True
    body, signed = _unsigned(body)
    currency = _CURRENCY.match(body)
    if currency:
        body, again = _unsigned(body[currency.end() :].lstrip())
        signed = signed or again
    if body.endswith((",-", ",--", ".-")):
        body = body.rstrip("-")[:-1]
    return body, negative or signed, percent


def _unsigned(body: str) -> tuple[str, bool]:
    if body[:1] in ("-", "−", "–"):
        return body[1:].lstrip(), True
    if body[:1] == "+":
        return body[1:].lstrip(), False
    return body, False


def _read(body: str) -> Look:
    if _PLAIN.fullmatch(body):
        return Look(value=Decimal(body))
    grouped = _GROUPED.match(body)
    if grouped:
        mark, rest = grouped["mark"], body[grouped.end() :]
        head = Decimal(grouped[0].replace(mark, ""))
        other = {".": ",", ",": "."}.get(mark, "")
        if not rest:
            if mark in ".," and grouped[0].count(mark) == 1:
                return Look(value=head, alternative=Decimal(body.replace(",", ".")), mark=mark)
            return Look(value=head, decimal_mark=other)
        tail_mark = rest[0]
        if tail_mark in ".," and tail_mark != mark and _PLAIN.fullmatch(rest[1:]):
            return Look(value=Decimal(f"{head}.{rest[1:]}"), decimal_mark=tail_mark)
    if _DECIMAL.fullmatch(body):
        mark = "," if "," in body else "."
        return Look(value=Decimal(body.replace(",", ".")), decimal_mark=mark)
    return Look(problem="not_a_number")
