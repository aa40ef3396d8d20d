"""Which rows are data, what becomes of the others, and the lines for COPY."""

from collections.abc import Sequence

import psycopg
import pytest
from django.db import connection

from luwes.apps.sources.reading.contract import KEY_SEPARATOR, Limits, UnreadableFile
from luwes.apps.sources.reading.layout import Column, Layout
from tests.apps.sources.reading.files import BUDGET, BUDGET_HEADER, PEOPLE, PEOPLE_HEADER, csv_bytes, one, read

DATA = ["2025", "31/10/2025", "1.01", "Dinas Pendidikan", "2.290.000.000", "1.050.000.000", "45,85"]


def budget(*rows: Sequence[str]) -> bytes:
    return csv_bytes([BUDGET_HEADER, *rows], delimiter=";")


def test_totals_and_signatures_are_reported_and_not_imported() -> None:
    outcome = read(
        budget(
            DATA,
            ["", "", "", "JUMLAH", "2.290.000.000", "1.050.000.000", "45,85"],
            ["", "", "TOTAL", "", "2.290.000.000", "1.050.000.000", ""],
            ["Jumlah seluruh PD", "", "", "", "2.290.000.000", "", ""],
            [],
            ["", "", "", "", "", "Palangka Raya, 3 November 2025", ""],
            ["", "", "", "Kepala Biro", "", "", ""],
            ["", "", "", "NIP 0", "", "", ""],
        ),
        BUDGET,
    )
    assert outcome.numbers == [2]
    assert outcome.rejects == []
    assert outcome.summary.skipped == {"total": 3, "blank": 1, "outside_table": 3}
    assert [(each.row, each.reason) for each in outcome.summary.skipped_rows] == [
        (3, "total"),
        (4, "total"),
        (5, "total"),
        (7, "outside_table"),
        (8, "outside_table"),
        (9, "outside_table"),
    ]
    assert outcome.add_up()


def test_a_unit_whose_name_begins_like_a_total_is_data() -> None:
    row = [*DATA[:3], "Total Football Center", *DATA[4:]]
    assert read(budget(row), BUDGET).summary.valid == 1


def test_a_unit_called_sub_something_is_data_even_when_faulty() -> None:
    outcome = read(budget(["Sub Bagian Umum", *DATA[1:4], "", *DATA[5:]]), BUDGET)
    assert outcome.codes == [(2, "Tahun", "not_a_year"), (2, "Pagu", "missing")]


def test_a_data_row_without_its_key_is_rejected_not_skipped() -> None:
    outcome = read(budget(["2025", "", "1.01", *DATA[3:]], ["", "", "", *DATA[3:]]), BUDGET)
    assert outcome.summary.rejected == 2
    assert outcome.summary.skipped == {}
    assert outcome.codes[0] == (2, "Per tanggal", "missing")


def test_headers_repeated_by_page_breaks_are_skipped() -> None:
    outcome = read(budget(DATA, BUDGET_HEADER, [*DATA[:2], "1.02", *DATA[3:]]), BUDGET)
    assert outcome.summary.skipped == {"repeated_header": 1}
    assert outcome.numbers == [2, 4]


def test_every_bad_cell_of_a_row_is_named() -> None:
    outcome = read(budget(["25", "31/13/2025", "1.01", "Dinas", "-5", "x", "1"], DATA), BUDGET)
    assert outcome.codes == [
        (2, "Tahun", "not_a_year"),
        (2, "Per tanggal", "not_a_date"),
        (2, "Pagu", "below_minimum"),
        (2, "Realisasi keuangan (Rp)", "not_a_number"),
    ]
    assert [reject.value for reject in outcome.rejects] == ["25", "31/13/2025", "-5", "x"]
    assert outcome.rejects[2].nearest == "0"
    assert (outcome.summary.valid, outcome.summary.rejected) == (1, 1)


def test_rejects_are_listed_up_to_a_limit_and_counted_beyond() -> None:
    rows = [[str(number), "", "", "x"] for number in range(50)]
    outcome = read(csv_bytes([PEOPLE_HEADER, *rows]), PEOPLE, limits=Limits(max_rejects=7))
    assert outcome.summary.rejected == 50
    assert outcome.summary.rejects_listed == len(outcome.rejects) == 7


def test_too_many_rows() -> None:
    rows = [PEOPLE_HEADER, *([str(number), "A"] for number in range(11))]
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes(rows), PEOPLE, limits=Limits(max_rows=10))
    assert (refusal.value.code, refusal.value.facts) == ("too_many_rows", {"limit": 10})


def test_a_header_without_rows_is_an_empty_table_not_an_error() -> None:
    outcome = read(csv_bytes([PEOPLE_HEADER]), PEOPLE)
    assert (outcome.summary.rows_in, outcome.summary.valid, outcome.lines) == (0, 0, [])


@pytest.mark.parametrize("count", [2_047, 2_048, 2_049, 5_000])
def test_batches_lose_and_double_nothing(count: int) -> None:
    rows = [[f"{number:05}", f"Nama {number % 7}", "9/12/1990", "PNS"] for number in range(count)]
    rows[count // 2][3] = "?"
    outcome = read(csv_bytes([PEOPLE_HEADER, *rows]), PEOPLE)
    expected = [number for number in range(2, count + 2) if number != count // 2 + 2]
    assert outcome.numbers == expected
    assert outcome.keys == [f"{number - 2:05}" for number in expected]
    assert outcome.add_up()


def test_a_ragged_row_in_one_batch_leaves_the_next_alone() -> None:
    rows = [[str(number), "A"] for number in range(4_200)]
    rows[10] = ["10", "A", "", "", "lebih"]
    outcome = read(csv_bytes([PEOPLE_HEADER, *rows]), PEOPLE)
    assert outcome.codes == [(12, "", "extra_cells")]
    assert outcome.summary.valid == 4_199


def test_prefix_key_and_row_stand_before_the_data() -> None:
    outcome = read(budget(DATA), BUDGET, prefix="41\tabc")
    assert outcome.fields[0][:4] == ["41", "abc", "2", KEY_SEPARATOR.join(["2025", "2025-10-31", "1.01"])]
    assert read(budget(DATA), BUDGET).fields[0][0] == "2"


def test_a_table_of_one_column() -> None:
    layout = Layout("codes", (Column("kode", "Kode", "code", True),), ("kode",))
    assert read(b"kode\n01\n02\n", layout).rows == [["01"], ["02"]]


def test_only_mapped_columns_leave_the_child() -> None:
    rows = [[*PEOPLE_HEADER, "NIK", "Agama"], ["1", "A", "", "PNS", "6271000000000000", "x"]]
    outcome = read(csv_bytes(rows), PEOPLE)
    assert outcome.summary.dropped == ("NIK", "Agama")
    assert "6271" not in repr(outcome)


def test_sample_holds_the_first_accepted_rows() -> None:
    rows = [["1", ""], *([str(number), "A"] for number in range(2, 20))]
    outcome = read(csv_bytes([PEOPLE_HEADER, *rows]), PEOPLE)
    assert [row[0] for row in outcome.summary.sample] == ["2", "3", "4", "5", "6"]


@pytest.mark.django_db
def test_postgresql_takes_the_lines_as_they_are_meant() -> None:
    nasty = ['"', "\\", "\\N", "\\.", "a\\tb", "'", "é", "𝄞", "{}", "\u2028", 'x","y', "a\u00a0b", "NULL?"]
    rows = [["kunci", "nilai"], *([f"k{text}", text] for text in nasty)]
    outcome = read(csv_bytes(rows), one("text"), prefix="3")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE stage (batch bigint, row_number integer, key text, data jsonb)")
        raw: psycopg.Cursor[tuple[object, ...]] = cursor.cursor
        with raw.copy("COPY stage FROM STDIN") as copy:
            copy.write("".join(f"{line}\n" for line in outcome.lines).encode())
        cursor.execute("SELECT batch, row_number, key, data ->> 0, data ->> 1 FROM stage ORDER BY row_number")
        found = cursor.fetchall()
    kept = [" " if text == "\u2028" else text for text in nasty]
    expected = [text.replace("\u00a0", " ").strip("'").strip() or None for text in kept]
    assert [row[4] for row in found] == expected
    assert [row[2] for row in found] == [row[3] for row in found]
    assert {row[0] for row in found} == {3}
    assert [row[1] for row in found] == list(range(2, len(nasty) + 2))


def test_a_row_that_says_when_or_how_much_but_not_of_whom_is_refused() -> None:
    """What is dropped as a note must hold nothing measured: a forgotten number is no signature."""
    layout = Layout(
        "log",
        (
            Column("who", "Nomor", "code", True),
            Column("when", "Tanggal", "date", False),
            Column("note", "Catatan", "text", False),
        ),
        key=("who",),
    )
    rows = [["Nomor", "Tanggal", "Catatan"], ["", "02/11/2026", ""], ["", "", "dicetak admin"], ["", "kemarin", ""]]
    outcome = read(csv_bytes(rows, delimiter=";"), layout)
    assert outcome.codes == [(2, "Nomor", "missing")]
    assert outcome.summary.skipped == {"outside_table": 2}
