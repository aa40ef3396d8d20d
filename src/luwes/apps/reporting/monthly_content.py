"""What a signature stands under: each table of the month by the digests of its columns, and what was changed since.

A column is known by a code, not by its heading or place: when a later version adds, drops or moves one, an older month
is held against what both know, and what can no longer be held against it is named as that and not as changed.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from luwes.apps.documents.report import Cell, Table
from luwes.apps.reporting import form_fields, monthly_rows, monthly_sections
from luwes.apps.reporting.monthly_facts import MonthlyFacts, read
from luwes.apps.reporting.monthly_rows import FormLine
from luwes.apps.results.models.bills import Utility

FORM = "form"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# By table the codes of its columns from the left. A column that comes to mean something else takes a new code: with
# the old one, every month signed before would be told to differ. Codes that have been are never used again.
LAYOUT: Mapping[str, tuple[str, ...]] = {
    "standards": ("service", "kind", "days", "verdict", "promises"),
    "instruments": (
        "service",
        "officers",
        "checks",
        "checks_low",
        "checks_high",
        "checked",
        "unfiled",
        "reports",
        "citizens",
        "decides",
    ),
    "presence": ("kind", "required", "present", "absent", "unknown", "attendance", "attendance_at_most", "lateness"),
    "realised": ("unit", "kind", "planned", "real", "evidence"),
    "outputs": ("label", "count", "targeted", "target", "against_target", "per_duty"),
    "queue": ("service", "arrived", "called", "served", "median", "p90"),
    "survey": ("service", "answers", "index", "low", "high", "band", "printed_index", "low_share"),
    "complaints": ("total", "not_disposed", "not_followed_up", "in_process", "done", "followed_up"),
    "budget": ("unit", "as_of", "ceiling", "realised", "financial", "target", "deviation"),
    "energy": ("utility", "quantity", "rupiah", "units", "unfinished", "compared", "change"),
    "programs": ("program", "as_of", "physical", "target"),
    "breaks": ("on", "description"),
}
# The rows of the form that files fill; the others are known by the code of their question.
FILLED = frozenset(
    {
        "duty",
        "standards",
        "instruments",
        "targets",
        "quality",
        "savings",
        *(f"saving_{utility.value}" for utility in Utility),
    }
)
# Digests by column of each table; of the form's rows, which come and go with its questions, by row.
Content = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a signed month: titles of tables with other numbers, and of those no longer comparable in full."""

    changed: tuple[str, ...] = ()
    incomparable: tuple[str, ...] = ()


def signed_content(unit_key: str, month: date, today: date) -> Content:
    """The digests of each table of a unit's month as of now, to be kept with the signature."""
    with override("id"):
        found = read(unit_key, month, today)
        return digests(monthly_sections.by_code(found), monthly_rows.form_lines(found))


def since_signed(found: MonthlyFacts, lines: Sequence[FormLine]) -> Since:
    """What is no longer as it was signed; nothing where nothing is signed."""
    if found.form is None or (signature := found.form.signature) is None:
        return Since()
    tables = monthly_sections.by_code(found)
    titles = {code: table.title for code, table in ((FORM, monthly_rows.form_table(lines)), *tables.items())}
    with override("id"):
        now = digests(monthly_sections.by_code(found), monthly_rows.form_lines(found))
    return compared(signature.content, now, titles)


def compared(signed: Content, now: Content, titles: Mapping[str, str]) -> Since:
    """Hold the digests of now against the signed ones, column by column of those both have.

    A table that was signed with columns that are no more cannot be compared in full; what came new was not signed.
    """
    changed, incomparable = [], []
    for code, columns in signed.items():
        there = now.get(code, {})
        gone = {column for column in columns if column not in there}
        # A row of the form that could be there and is not has changed; one no longer asked tells nothing.
        if gone & _known(code) or any(there[column] != columns[column] for column in columns.keys() - gone):
            changed.append(code)
        if gone - _known(code):
            incomparable.append(code)
    named = [[title for code, title in titles.items() if code in found] for found in (changed, incomparable)]
    if signed.keys() - titles.keys():
        named[1].append(_("tabel yang tidak ada lagi"))
    return Since(tuple(named[0]), tuple(named[1]))


def _known(code: str) -> frozenset[str]:
    if code != FORM:
        return frozenset(LAYOUT.get(code, ()))
    return FILLED | {field.code for field in form_fields.FIELDS if field.asked}


def digests(tables: Mapping[str, Table], lines: Sequence[FormLine]) -> dict[str, dict[str, str]]:
    """The SHA-256 of each column's numbers, row by row; of texts the numbers in them, so that no new wording counts."""
    found = {
        code: {name: _digest(cells) for name, cells in zip(LAYOUT[code], _columns(code, table), strict=True)}
        for code, table in tables.items()
    }
    rows: dict[str, list[Cell]] = {}
    for line in lines:
        rows.setdefault(line.code, []).append(line.text)
    return {FORM: {code: _digest(cells) for code, cells in rows.items()}, **found}


def _columns(code: str, table: Table) -> list[list[Cell]]:
    if len(table.columns) != len(LAYOUT[code]):
        raise ValueError(f"{code}: the layout names other columns than the table has")
    return [[row[place] for row in table.rows] for place in range(len(table.columns))]


def _digest(cells: Sequence[Cell]) -> str:
    # Decimals and dates have one plain spelling each.
    told = [NUMBER.findall(cell) if isinstance(cell, str) else cell for cell in cells]
    return hashlib.sha256(json.dumps(told, separators=(",", ":"), default=str).encode()).hexdigest()
