"""What a signature stands under: each table of the month by its digest, and which of them were changed since."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import override

from luwes.apps.documents.report import Table
from luwes.apps.reporting import monthly_rows, monthly_sections
from luwes.apps.reporting.monthly_facts import MonthlyFacts, read
from luwes.apps.reporting.monthly_rows import FormLine

FORM = "form"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def signed_content(unit_key: str, month: date, today: date) -> Mapping[str, str]:
    """The digest of each table of a unit's month as of now, to be kept with the signature."""
    with override("id"):
        found = read(unit_key, month, today)
        return digests(_tables(found, monthly_rows.form_lines(found)))


def changed(found: MonthlyFacts, lines: Sequence[FormLine]) -> list[str]:
    """Titles of the tables that are no longer as they were signed; none where nothing is signed."""
    if found.form is None or (signature := found.form.signature) is None:
        return []
    titles = {code: table.title for code, table in _tables(found, lines).items()}
    with override("id"):
        now = digests(_tables(found, monthly_rows.form_lines(found)))
    return [title for code, title in titles.items() if now.get(code) != signature.content.get(code)]


def digests(tables: Mapping[str, Table]) -> dict[str, str]:
    """The SHA-256 of each table's numbers, row by row; of texts the numbers in them, so that no new wording counts."""
    return {code: hashlib.sha256(_numbers(table).encode()).hexdigest() for code, table in tables.items()}


def _numbers(table: Table) -> str:
    # Decimals and dates have one plain spelling each.
    rows = [[NUMBER.findall(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    return json.dumps(rows, separators=(",", ":"), default=str)


def _tables(found: MonthlyFacts, lines: Sequence[FormLine]) -> dict[str, Table]:
    return {FORM: monthly_rows.form_table(lines), **monthly_sections.by_code(found)}
