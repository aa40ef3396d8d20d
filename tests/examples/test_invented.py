import io
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise

import openpyxl
import pytest

from luwes.core.indicators.budget import BudgetFigure, Verdict, pace, total
from luwes.examples.invented.budget import BudgetRow, budget_rows
from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.workbook import CAPTIONS, COLUMNS, UNITS, write_workbook

JUNE = date(2026, 6, 30)


def figure(row: BudgetRow) -> BudgetFigure:
    return BudgetFigure(
        row.code,
        row.as_of,
        row.year,
        row.ceiling,
        row.realised,
        row.financial_pct,
        row.physical_pct,
        row.target_pct,
    )


def sheet_of(rows: tuple[BudgetRow, ...], *, dirty: bool) -> openpyxl.worksheet.worksheet.Worksheet:
    target = io.BytesIO()
    write_workbook(target, rows, dirty=dirty)
    target.seek(0)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    return sheet


def test_one_seed_tells_one_story() -> None:
    assert budget_rows(7, 2026, JUNE) == budget_rows(7, 2026, JUNE)
    assert budget_rows(7, 2026, JUNE) != budget_rows(8, 2026, JUNE)


def test_forty_units_with_their_own_codes_and_names() -> None:
    rows = budget_rows(7, 2026, JUNE)
    assert [row.name for row in rows] == list(UNIT_NAMES)
    assert len({row.code for row in rows}) == 40
    assert budget_rows(7, 2026, JUNE, n_units=42)[41].name == "Unit Kerja Contoh 42"
    assert len(budget_rows(7, 2026, JUNE, n_units=1)) == 1


def test_money_grows_through_the_year_while_ceilings_change_once() -> None:
    dates = [date(2026, 1, 1), date(2026, 3, 31), JUNE, date(2026, 10, 31), date(2026, 12, 31), date(2027, 1, 31)]
    stories = [budget_rows(7, 2026, day) for day in dates]
    for unit in zip(*stories, strict=True):
        assert all(a.realised <= b.realised for a, b in pairwise(unit))
        assert len({row.ceiling for row in unit[:3]}) == len({row.ceiling for row in unit[3:]}) == 1
        assert unit[-1].realised == unit[-2].realised <= unit[-1].ceiling
    changed = [a.ceiling != b.ceiling for a, b in zip(stories[2], stories[3], strict=True)]
    assert sum(changed) > 20
    assert sum(row.ceiling for row in stories[3]) < sum(row.ceiling for row in stories[2])


def test_a_few_units_hold_most_of_the_money() -> None:
    ceilings = [row.ceiling for row in budget_rows(7, 2026, JUNE)]
    assert ceilings == sorted(ceilings, reverse=True)
    assert sum(ceilings[:4]) > sum(ceilings) / 2
    assert ceilings[0] > 20 * ceilings[20]


def test_the_story_has_every_verdict_worth_showing() -> None:
    verdicts = {pace(figure(row)).verdict for row in budget_rows(7, 2026, JUNE)}
    assert verdicts == {Verdict.BELOW, Verdict.SLIGHTLY_BELOW, Verdict.ON_TARGET}
    early = budget_rows(7, 2026, date(2026, 2, 28))
    assert {pace(figure(row)).verdict for row in early} == {Verdict.NOT_DUE}
    assert total([figure(row) for row in early]).headline.verdict is Verdict.NOT_DUE


def test_some_units_build_faster_than_they_pay() -> None:
    flagged = [row for row in budget_rows(7, 2026, JUNE) if pace(figure(row)).flags]
    assert 0 < len(flagged) < 15


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 2, 1)])
def test_a_date_of_another_year_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match="2026"):
        budget_rows(7, 2026, day)


def test_a_province_without_units_is_refused() -> None:
    with pytest.raises(ValueError, match="unit"):
        budget_rows(7, 2026, JUNE, n_units=0)
    with pytest.raises(ValueError, match="row"):
        write_workbook(io.BytesIO(), ())


def test_the_tidy_workbook_opens_again_with_the_same_values() -> None:
    rows = budget_rows(7, 2026, JUNE)
    sheet = sheet_of(rows, dirty=False)
    lines = list(sheet.iter_rows(values_only=True))
    assert str(lines[0][0]).endswith("PEMERINTAH PROVINSI CONTOH")
    assert lines[1][0] == "Per Selasa, 30 Juni 2026"
    assert lines[3] == COLUMNS
    assert lines[4] == tuple(unit or None for unit in UNITS)
    assert len(lines) == 5 + 40
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:I1", "A2:I2"}
    for row, line in zip(rows, lines[5:], strict=True):
        assert line[:6] == (2026, datetime.combine(JUNE, time()), row.code, row.name, row.ceiling, row.realised)
        assert [Decimal(str(value)) for value in line[6:]] == [
            row.financial_pct,
            row.physical_pct,
            row.target_pct,
        ]


def test_the_untidy_workbook_holds_what_real_files_hold() -> None:
    rows = budget_rows(7, 2026, JUNE)
    lines = list(sheet_of(rows, dirty=True).iter_rows(values_only=True))
    assert lines[3] == CAPTIONS
    body = lines[5:]
    assert sum(all(cell is None for cell in line) for line in body) == 4
    assert body[-1][3] == "JUMLAH"
    assert body[-1][4] == sum(row.ceiling for row in rows)
    units = [line for line in body if line[2] is not None]
    assert len(units) == 40
    assert str(units[1][4]).startswith("Rp ")
    assert "," in str(units[2][6])
    assert units[3][1] == "30/06/2026"
    assert str(units[4][3]).startswith("  ")


def test_a_recap_before_the_first_milestone_leaves_its_target_empty() -> None:
    rows = budget_rows(7, 2026, date(2026, 1, 31))
    assert sheet_of(rows, dirty=False)["I6"].value is None
    assert sheet_of(rows, dirty=True)["I6"].value is None


@pytest.mark.parametrize("dirty", [False, True])
def test_the_same_rows_give_the_same_bytes(dirty: bool) -> None:
    written = []
    for _ in range(2):
        target = io.BytesIO()
        write_workbook(target, budget_rows(7, 2026, JUNE), dirty=dirty)
        written.append(target.getvalue())
    assert written[0] == written[1]
