"""The printable grid of a roster as a workbook: people down, days across, and every lot over it."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from luwes.apps.documents.report import Paper
from luwes.apps.documents.xlsx import PAPERS, sheet_name
from luwes.apps.schedule.models import RosterDraft
from luwes.apps.schedule.rosters import people, queries, telling
from luwes.apps.schedule.rosters.allowed import Cell
from luwes.apps.schedule.rosters.facts import Month
from luwes.core.charts import PRINT
from luwes.core.formats import long_date, month_name, weekday_names
from luwes.core.roster.problem import Flags
from luwes.core.roster.verify import shortfalls

FLEXIBLE, DECIDED, AWAY, CLOSED = "F", "T", "C", "x"
ID, NAME, UNIT = "ID", "Nama", "Unit"
DAYS_FROM = 3  # columns before the first day


def heading(day: date) -> str:
    """What the column of a day is called; a file is read back by it."""
    return f"{weekday_names('id')[day.weekday()][:3]} {day:%d-%m}"


def marks(month: Month, plan: Flags) -> list[list[str]]:
    """One mark per row and day; "" is a day in the office that could have been flexible."""
    found = []
    for number in range(len(month.rows)):
        line = []
        for at in range(len(month.days)):
            if month.standing.pins[number, at] == 1:
                line.append(DECIDED)
            elif plan[number, at]:
                line.append(FLEXIBLE)
            else:
                why = Cell(int(month.cells[number, at]))
                line.append({Cell.OPEN: "", Cell.NOT_THERE: AWAY}.get(why, CLOSED))
        found.append(line)
    return found


def workbook(one: RosterDraft, month: Month, plan: Flags, *, paper: Paper = Paper.F4) -> bytes:
    """The grid, the days with their floors, and what the marks, settings and lots are."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    used: set[str] = set()
    styles = _styles(book)
    title = _("Jadwal %(unit)s, %(month)s") % {
        "unit": month.units.get(one.unit.key, ""),
        "month": f"{month_name(one.month, 'id')} {one.month.year}",
    }
    sheet = book.add_worksheet(sheet_name(_("Jadwal"), used))
    _grid(sheet, title, month, plan, styles)
    days = book.add_worksheet(sheet_name(_("Per hari"), used))
    _days(days, month, plan, styles)
    said = book.add_worksheet(sheet_name(_("Keterangan"), used))
    _explanation(said, title, one, month, plan, styles)
    for page in (sheet, days, said):
        page.set_landscape()
        page.set_paper(PAPERS[paper])
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L&8{one.public_id}&R&8&P/&N")
    book.close()
    return buffer.getvalue()


def _styles(book: Any) -> Mapping[str, Any]:
    cell = {"border": 1, "border_color": PRINT.grid, "align": "center"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({**cell, "bold": True, "text_wrap": True, "bg_color": PRINT.track}),
        "text": book.add_format({"border": 1, "border_color": PRINT.grid, "num_format": "@"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "": book.add_format(cell),
        FLEXIBLE: book.add_format({**cell, "bold": True, "bg_color": PRINT.track}),
        DECIDED: book.add_format({**cell, "bold": True}),
        AWAY: book.add_format({**cell, "font_color": PRINT.muted}),
        CLOSED: book.add_format({**cell, "font_color": PRINT.muted}),
    }


def _grid(sheet: Any, title: str, month: Month, plan: Flags, styles: Mapping[str, Any]) -> None:
    sheet.write_string(0, 0, title, styles["title"])
    sheet.write_string(1, 0, _legend(), None)
    head = 3
    for column, (label, width) in enumerate(((ID, 19), (NAME, 26), (UNIT, 26))):
        sheet.set_column(column, column, width)
        sheet.write_string(head, column, label, styles["head"])
    last = DAYS_FROM + len(month.days)
    sheet.set_column(DAYS_FROM, last - 1, 5)
    for at, day in enumerate(month.days):
        sheet.write_string(head, DAYS_FROM + at, heading(day), styles["head"])
    sheet.set_column(last, last, 7)
    sheet.write_string(head, last, _("Jumlah hari"), styles["head"])
    sheet.set_row(head, 32)
    sheet.freeze_panes(head + 1, DAYS_FROM)
    sheet.repeat_rows(head)
    names = people.names(row.employee for row in month.rows)
    for number, found in enumerate(marks(month, plan)):
        row = month.rows[number]
        if not row.inside:
            continue
        head += 1
        known = names[row.employee]
        for column, text in enumerate((known.id, known.name, month.units.get(row.unit, ""))):
            sheet.write_string(head, column, text, styles["text"])
        for at, mark in enumerate(found):
            sheet.write_string(head, DAYS_FROM + at, mark, styles[mark])
        sheet.write_number(head, last, sum(mark in (FLEXIBLE, DECIDED) for mark in found), styles[""])


def _days(sheet: Any, month: Month, plan: Flags, styles: Mapping[str, Any]) -> None:
    labels = [_("Hari"), _("Fleksibel"), _("Di kantor"), _("Lantai dan yang tinggal")]
    for column, (label, width) in enumerate(zip(labels, (30, 12, 12, 100), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, styles["head"])
    inside = month.inside
    short = {(one.rule, one.day) for one in shortfalls(month.problem, plan)}
    for at, day in enumerate(month.days):
        away = int(plan[inside, at].sum())
        there = int(month.problem.present[inside, at].sum())
        kept = []
        for place in month.problem.places:
            if place.floor[at] > 0:
                stays = int((month.problem.present[place.members, at] & ~plan[place.members, at]).sum())
                facts = {"rule": place.rule, "needed": int(place.floor[at]), "stays": stays}
                plain = _("%(rule)s: perlu %(needed)d, tinggal %(stays)d")
                lacking = _("%(rule)s: perlu %(needed)d, yang bertugas hanya %(stays)d")
                kept.append((lacking if (place.rule, at) in short else plain) % facts)
        sheet.write_string(at + 1, 0, long_date(day, "id"), styles["text"])
        sheet.write_number(at + 1, 1, away, styles[""])
        sheet.write_number(at + 1, 2, there - away, styles[""])
        sheet.write_string(at + 1, 3, "; ".join(kept), styles["wrap"])


def _explanation(
    sheet: Any, title: str, one: RosterDraft, month: Month, plan: Flags, styles: Mapping[str, Any]
) -> None:  # fmt: skip
    sheet.set_column(0, 0, 120)
    lacking = [telling.shortfall(found, month.days, "id") for found in shortfalls(month.problem, plan)]
    lines = [title, _legend(), *settings(one, by_policy=month.policy is not None), *lacking, *lot_lines(one)]
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line, styles["title"] if number == 0 else styles["wrap"])


def _legend() -> str:
    return _("F fleksibel, T sudah ditetapkan lain, C tidak bertugas, x tertutup, kosong di kantor.")


def settings(one: RosterDraft, *, by_policy: bool) -> list[str]:
    """What the planner set, and how far the roster is."""
    kept = one.parameters
    names = weekday_names("id")
    said = [
        _("Kunci jadwal: %(id)s. Keadaan: %(state)s.") % {"id": one.public_id, "state": one.get_state_display()},
        _("Hari yang dibuka: %(days)s.") % {"days": ", ".join(names[day - 1] for day in kept["weekdays"])},
        _("Paling banyak %(weekly)d hari sepekan dan %(monthly)d hari sebulan.")
        % {"weekly": kept["weekly"], "monthly": kept["monthly"]},
        _("Izin per orang menurut kebijakan yang berlaku dan setelan jadwal ini.")
        if by_policy
        else _("Belum ada kebijakan yang berlaku; izin menurut setelan jadwal, masa larangan, dan penilaian jabatan."),
    ]
    if kept["quota"] is not None:
        said.append(_("Kuota tiap unit: %(quota)d %% dari yang bertugas.") % {"quota": kept["quota"]})
    if one.reason:
        said.append(_("Alasan susun ulang: %(reason)s") % {"reason": one.reason})
    return said


def lot_lines(one: RosterDraft) -> list[str]:
    """Every lot over this unit and month, drawn or not, with what lets anybody check it."""
    return [line for lot in queries.lots(one.unit.key, one.month) for line in lot_text(lot)]


def lot_text(lot: queries.LotRow) -> Sequence[str]:
    """One lot in words."""
    facts = {
        "number": lot.number,
        "code": lot.code,
        "hash": lot.procedure_hash,
        "reason": lot.reason,
        "head": lot.head,
        "numbers": ", ".join(str(one) for one in lot.numbers),
        "print": lot.fingerprint,
        "done": lot.redrawn,
        "all": lot.repetitions,
    }
    said = [_("Undian ke-%(number)d (%(code)s). Sidik tata cara: %(hash)s.") % facts]
    if lot.reason:
        said.append(_("Alasan undian lagi: %(reason)s") % facts)
    if lot.drawn_at is None:
        return [*said, _("Dibekukan, tidak diundi.")]
    if lot.numbers:
        said.append(_("Benih: kepala jejak audit %(head)s dan angka %(numbers)s.") % facts)
    else:
        said.append(_("Benih: kepala jejak audit %(head)s.") % facts)
    return [*said, _("Sidik hasil: %(print)s. Undian ulang tersimpan: %(done)d dari %(all)d.") % facts]
