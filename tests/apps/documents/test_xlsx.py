"""Workbooks opened again with another library: values, formats, and text that stays text."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from math import ceil
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from luwes.apps.documents.report import Kop, Paper, Report, Table
from luwes.apps.documents.xlsx import EXACT, report_xlsx, sheet_name
from tests.apps.documents.samples import COLUMNS, KOP, STAMP, report, row

HEADING = 7  # two lines of kop, a gap, title, subject, sentence


def written(made: Report, kop: Kop = KOP, paper: Paper = Paper.A4) -> bytes:
    return report_xlsx(made, kop=kop, stamp=STAMP, language="id", paper=paper)


def opened(made: Report, kop: Kop = KOP, paper: Paper = Paper.A4) -> Workbook:
    return load_workbook(BytesIO(written(made, kop, paper)))


def test_the_first_sheet_starts_with_kop_title_and_sentence() -> None:
    sheet = opened(report()).worksheets[0]
    above = [sheet.cell(number, 1).value for number in range(1, HEADING)]
    assert above == [
        "PEMERINTAH PROVINSI CONTOH",
        "DINAS CONTOH",
        None,
        "Realisasi anggaran",
        "Pemerintah Provinsi Contoh · per Jumat, 31 Oktober 2025",
        "Realisasi belum sesuai target.",
    ]
    assert sheet.title == "Realisasi per perangkat daerah"


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    sheet = opened(report()).worksheets[0]
    cells = [sheet.cell(HEADING + 2, column) for column in range(1, 7)]
    assert [cell.value for cell in cells[:5]] == [1, "Dinas Satu", 2_290_000_000_000, 45.85, -4.15]
    assert [cell.data_type for cell in cells] == ["n", "s", "n", "n", "n", "d"]
    assert cells[5].value.date().isoformat() == "2025-10-31"
    assert cells[2].number_format == "[$Rp-421]#,##0"
    assert cells[3].number_format == '0.00" %"'
    assert cells[4].number_format == '0.00;"−"0.00'
    assert cells[5].number_format == "[$-421]d mmm yyyy;@"


def test_the_total_closes_the_table_outside_the_filter() -> None:
    sheet = opened(report()).worksheets[0]
    total = HEADING + 4
    assert [sheet.cell(total, 2).value, sheet.cell(total, 3).value] == ["Jumlah", 4_580_000_000_000]
    assert sheet.auto_filter.ref == f"A{HEADING + 1}:F{HEADING + 3}"
    assert sheet.freeze_panes == f"A{HEADING + 2}"
    assert sheet.print_title_rows == f"${HEADING + 1}:${HEADING + 1}"


def test_a_row_is_as_high_as_its_longest_text_and_others_are_left_alone() -> None:
    long = "Dinas " + "Sangat Panjang " * 10 + "Sekali"
    sheet = opened(report(["Dinas Satu", long])).worksheets[0]
    width = COLUMNS[1].width
    assert sheet.row_dimensions[HEADING + 2].height is None
    assert sheet.row_dimensions[HEADING + 3].height == 15 * ceil(1.1 * len(long) / (width - 1))


def test_headings_and_explanations_are_never_cut() -> None:
    label = "Sembilan dari sepuluh paling lama (menit)"
    made = report()
    table = replace(made.tables[0], columns=[replace(column, label=label) for column in COLUMNS])
    book = opened(replace(made, tables=[table], definitions=[("Istilah yang panjang sekali untuk kolomnya", "arti")]))
    sheet, told = book.worksheets
    narrowest = min(column.width for column in COLUMNS)
    assert sheet.row_dimensions[HEADING + 1].height == 15 * ceil(1.1 * len(label) / (narrowest - 1))
    row = next(cell.row for cell in told["A"] if str(cell.value).startswith("Istilah"))
    assert told.row_dimensions[row].height == 30


def test_text_keeps_off_the_number_before_it() -> None:
    sheet = opened(report()).worksheets[0]
    for place in (HEADING + 1, HEADING + 2):
        number, name = (sheet.cell(place, column).alignment for column in (1, 2))
        assert (number.horizontal, name.horizontal, name.indent) == ("right", "left", 1)


def test_print_setup() -> None:
    sheet = opened(report(), paper=Paper.F4).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (14, "landscape")
    assert sheet.page_setup.fitToHeight == 0
    assert "a1b2c3d4e5f6g7h8" in sheet.oddFooter.left.text


def test_the_explanation_holds_everything_a_reader_must_know() -> None:
    sheet = opened(report())["Keterangan"]
    lines = {str(a.value): str(b.value) for a, b in sheet.iter_rows(max_col=2)}
    assert lines["Catatan data"] == "1 dari 3 perangkat daerah belum melapor."
    assert lines["Target"] == "50 %"
    assert lines["Realisasi keuangan"] == "realisasi dibagi pagu pada tanggal yang sama"
    assert lines["Kepala jejak audit"] == STAMP.audit_head
    assert lines["Kode dokumen"] == STAMP.code
    assert lines["Kepala Dinas Satu, 1 Nov 2025"] == "Lelang terlambat."
    assert "10.15 WIB" in lines["Terbit"]


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://contoh.invalid","klik")',
        "+62811",
        "@UPT",
        "-1+1",
        "\t=1+1",
        "{=SUM(A1)}",
        "http://contoh.invalid/",
        "mailto:a@contoh.invalid",
        "internal:Sheet1!A1",
        "000123",
        "<r><t>x</t></r>",
        "&P &[Page]",
    ],
)
def test_text_is_never_a_formula_or_a_link(name: str) -> None:
    payload = written(report([name], subject=name, facts=[(name, name)]), Kop((name,), name))
    book = load_workbook(BytesIO(payload))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert sum(str(cell.value).strip() == name.strip() for cell in cells) >= 3
    with ZipFile(BytesIO(payload)) as parts:
        inside = b"".join(parts.read(part) for part in parts.namelist() if "worksheets" in part)
    assert b"<f>" not in inside
    assert b"<hyperlink" not in inside


def test_text_that_looks_like_an_escape_is_not_turned_into_a_letter() -> None:
    cell = opened(report(["_x0041_"])).worksheets[0].cell(HEADING + 2, 2)
    # Excel undoes the escape of the underscore, openpyxl shows it: neither shows an A.
    assert cell.value == "_x005F_x0041_"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300))
def test_any_text_comes_back(name: str) -> None:
    value = opened(report([name])).worksheets[0].cell(HEADING + 2, 2).value
    assert str(value).rstrip() == name.rstrip()


@settings(max_examples=60, deadline=None)
@given(st.integers(-EXACT, EXACT), st.decimals(-1000, 1000, places=2))
def test_any_number_comes_back_exactly(amount: int, pct: Decimal) -> None:
    made = report(tables=[Table("T", COLUMNS[2:5], [[amount, pct, pct]])])
    sheet = opened(made).worksheets[0]
    cells = [sheet.cell(HEADING + 2, column).value for column in (1, 2)]
    assert cells == [amount, float(pct)]


def test_an_amount_too_large_for_a_spreadsheet_is_written_out() -> None:
    made = report(tables=[Table("T", COLUMNS[:3], [row(1, "Dinas", EXACT + 1)[:3]])])
    cell = opened(made).worksheets[0].cell(HEADING + 2, 3)
    assert cell.value == "9.007.199.254.740.993"


def test_missing_values_are_empty_cells() -> None:
    made = report(tables=[Table("T", COLUMNS[:3], [row(1, "Dinas", None)[:3]])])
    assert opened(made).worksheets[0].cell(HEADING + 2, 3).value is None


def test_a_table_without_rows_still_opens() -> None:
    sheet = opened(report([])).worksheets[0]
    assert sheet.cell(HEADING + 1, 2).value == "Perangkat daerah"


def test_sheet_names_fit_and_differ() -> None:
    used: set[str] = set()
    names = [sheet_name(title, used) for title in ("A/B: [x]*?" * 5, "A/B: [x]*?" * 5, "", "'", "tabel")]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_same_data_gives_the_same_bytes() -> None:
    assert written(report()) == written(report())
