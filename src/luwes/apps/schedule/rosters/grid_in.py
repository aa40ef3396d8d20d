"""A hand-made grid read back and held against every rule, with each fault named by its cell."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from luwes.apps.schedule.rosters import people, telling
from luwes.apps.schedule.rosters.allowed import Cell
from luwes.apps.schedule.rosters.facts import Month
from luwes.apps.schedule.rosters.grid import AWAY, CLOSED, DECIDED, FLEXIBLE, ID, heading
from luwes.apps.sources.reading.contract import Job, Limits, Reject, Summary
from luwes.apps.sources.reading.layout import Column, Layout
from luwes.apps.sources.reading.parent import parse
from luwes.core.roster.problem import Flags
from luwes.core.roster.verify import Violation, verify

MARKS = {one.casefold(): one in (FLEXIBLE, DECIDED) for one in (FLEXIBLE, DECIDED, AWAY, CLOSED, "")}
LARGEST = Limits(max_rows=20_000, max_columns=200)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: its row and column as a spreadsheet names them ("" for the whole), and a sentence."""

    cell: str
    sentence: str


@dataclass(slots=True)
class Sheet:
    """What a file says: flexible cells, in which row of it each person stands, and what could not be taken."""

    plan: Flags
    numbers: dict[int, int] = field(default_factory=dict)
    seen: dict[int, list[int]] = field(default_factory=dict)
    columns: dict[date, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read(payload: bytes, month: Month) -> Sheet:
    """Read a grid in the limited child process; raises UnreadableFile."""
    # The cells of a day may be empty; whether its column is there is asked below.
    columns = [Column(f"h{at}", heading(day), "text", False) for at, day in enumerate(month.days)]
    layout = Layout("roster", (Column("id", ID, "code", True), *columns), ("id",))
    chunks: list[bytes] = []
    rejects: list[Reject] = []
    summary = parse(payload, Job(layout), on_rows=chunks.append, on_rejects=rejects.extend, limits=LARGEST)
    sheet = Sheet(_elsewhere(month), columns=_letters(summary, month.days))
    for day in month.days:
        if day not in sheet.columns:
            sheet.faults.append(Fault("", _("Kolom %(day)s tidak ada.") % {"day": heading(day)}))
    sheet.faults += [Fault(f"A{one.row}", _("Baris ini tidak dapat dibaca.")) for one in rejects]
    ids = {known.id: pk for pk, known in people.names(row.employee for row in month.rows).items()}
    for line in b"".join(chunks).decode().splitlines():
        number, _key, data = line.split("\t", 2)
        person, *said = json.loads(data.replace("\\\\", "\\"))
        _take(sheet, month, int(number), ids.get(str(person)), [str(one or "") for one in said])
    return sheet


def check(sheet: Sheet, month: Month) -> list[Fault]:
    """Every fault of the file: what it says wrongly, and every rule its roster breaks."""
    names = people.names(row.employee for row in month.rows)
    who = [names[row.employee].name for row in month.rows]
    found = list(sheet.faults)
    for at, row in enumerate(month.rows):
        if row.inside and at not in sheet.numbers:
            found.append(Fault("", _("%(name)s tidak ada di lembar; dihitung di kantor.") % {"name": who[at]}))
    for one in verify(month.problem, sheet.plan):
        sentence = telling.violation(one, who, month.days, "id")
        if one.kind in ("not_allowed", "absent"):
            why = telling.cell(Cell(int(month.cells[one.person, one.day])))
            sentence = _("%(sentence)s Sebabnya: %(why)s.") % {"sentence": sentence, "why": why}
        found.append(Fault(_cell(sheet, month, one), sentence))
    return found


def _take(sheet: Sheet, month: Month, number: int, employee: int | None, said: Sequence[str]) -> None:
    mine = [at for at, row in enumerate(month.rows) if row.employee == employee and row.inside]
    if not mine:
        sheet.faults.append(Fault(f"A{number}", _("ID ini bukan pegawai unit ini pada bulan ini. Hapus barisnya.")))
        return
    # Somebody transferred within the month has a row in each unit; the later one adds to the earlier.
    if sum(sheet.numbers.get(at) == number for at in mine) or len(sheet.seen.setdefault(mine[0], [])) >= len(mine):
        sheet.faults.append(Fault(f"A{number}", _("Pegawai ini tercantum dua kali. Sisakan satu baris.")))
        return
    sheet.seen[mine[0]].append(number)
    for at in mine:
        sheet.numbers[at] = number
    for at, (day, text) in enumerate(zip(month.days, said, strict=True)):
        mark = text.strip().casefold()
        if mark not in MARKS:
            fault = _("Tanda ini tidak dikenal. Tulis F atau kosongkan.")
            sheet.faults.append(Fault(f"{sheet.columns.get(day, '')}{number}", fault))
        elif MARKS[mark]:
            row = next((one for one in mine if day in month.rows[one].works), mine[0])
            sheet.plan[row, at] = True


def _elsewhere(month: Month) -> Flags:
    """What people outside the unit do is not in its file."""
    decided: Flags = (month.standing.pins == 1) & ~month.inside[:, None]
    return decided


def _letters(summary: Summary, days: Sequence[date]) -> dict[date, str]:
    """The letter of each day's column in the file."""
    at = {f"h{number}": day for number, day in enumerate(days)}
    found = {}
    for number, title in enumerate(summary.headers):
        day = at.get(summary.mapping.get(title, ""))
        if day is not None:
            found[day] = xl_col_to_name(number)
    return found


def _cell(sheet: Sheet, month: Month, one: Violation) -> str:
    letter = sheet.columns.get(month.days[one.day], "") if one.day >= 0 else ""
    number = sheet.numbers.get(one.person) if one.person >= 0 else None
    return f"{letter or 'A'}{number}" if number is not None else letter
