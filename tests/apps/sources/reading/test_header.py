"""Where the header is, what it means, and what is said when it is not enough."""

import pytest

from luwes.apps.sources.reading.contract import Job, UnreadableFile
from luwes.apps.sources.reading.header import Header, Matcher, check, find, is_annotation
from luwes.apps.sources.reading.layout import Column, Layout
from tests.apps.sources.reading.files import BUDGET, BUDGET_HEADER, PEOPLE, PEOPLE_HEADER, csv_bytes, read, xlsx_bytes

DATA = ["2025", "31/10/2025", "1.01", "Dinas Pendidikan", "2.290.000.000", "1.050.000.000", "45,85"]


def found(rows: list[list[str]], layout: Layout = BUDGET) -> Header | None:
    return find(rows, Matcher(Job(layout)))


def test_titles_above_are_passed_over() -> None:
    header = found([["REKAP TEPRA"], ["Per 31 Oktober 2025"], [], BUDGET_HEADER, DATA])
    assert header is not None
    assert (header.first, header.last, len(header.columns)) == (3, 3, 7)


def test_titles_carry_no_control_characters() -> None:
    header = found([[*BUDGET_HEADER, "cat\x00atan\x07 \u200badmin"], [*DATA, ""]])
    assert header is not None
    assert header.titles[-1] == "cat atan admin"


def test_the_most_known_names_win_not_the_most_cells() -> None:
    noise = [f"kolom {number}" for number in range(30)]
    header = found([["Kode", "Tahun"], noise, BUDGET_HEADER, DATA])
    assert header is not None
    assert header.first == 2


def test_of_equals_the_first_wins() -> None:
    header = found([BUDGET_HEADER, DATA, BUDGET_HEADER, DATA])
    assert header is not None
    assert header.first == 0


def test_two_rows_become_one_header() -> None:
    above = ["Tahun", "Per Tanggal", "Perangkat Daerah", "", "Pagu", "Realisasi Keuangan", ""]
    below = ["", "", "Kode", "Nama PD", "Rp", "(Rp)", "(%)"]
    header = found([["Judul"], above, below, DATA])
    assert header is not None
    assert (header.first, header.last) == (1, 2)
    assert header.columns == {
        "tahun": 0,
        "per_tanggal": 1,
        "kode_pd": 2,
        "nama_pd": 3,
        "pagu": 4,
        "realisasi_keu_rp": 5,
        "realisasi_keu_pct": 6,
    }
    assert header.titles[5:] == ("Realisasi Keuangan (Rp)", "Realisasi Keuangan (%)")


def test_a_row_of_units_below_is_no_part_of_a_header_that_needs_none() -> None:
    header = found([BUDGET_HEADER, ["", "", "", "", "(Rp)", "(Rp)", "(%)"], DATA])
    assert header is not None
    assert header.last == 0


def test_nothing_known_is_no_header() -> None:
    assert found([["a", "b"], ["1", "2"]]) is None
    assert found([]) is None


def test_the_search_ends_after_forty_rows() -> None:
    assert found([["x"]] * 39 + [BUDGET_HEADER]) is not None
    assert found([["x"]] * 41 + [BUDGET_HEADER]) is None


def test_our_own_name_beats_an_alias() -> None:
    outcome = read(csv_bytes([["nama", "nama pegawai", "nip"], ["A", "B", "1"]]), PEOPLE)
    assert outcome.rows == [["1", "A", None, None]]
    assert outcome.summary.dropped == ("nama pegawai",)


def test_two_aliases_are_ambiguous() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes([["Kode", "Kode", *BUDGET_HEADER[:2], *BUDGET_HEADER[3:]], DATA]), BUDGET)
    assert refusal.value.code == "ambiguous_columns"
    assert refusal.value.facts["ambiguous"] == [{"column": "Kode PD", "headers": ["Kode", "Kode"]}]


def test_missing_columns_are_named_with_what_stands_nearest() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes([["Rekap"], ["NIP", "Nama Pegawi", "Alamat"], ["1", "A", "x"]]), PEOPLE)
    assert refusal.value.code == "missing_columns"
    assert refusal.value.facts == {
        "headers": ["NIP", "Nama Pegawi", "Alamat"],
        "header_row": 2,
        "mapping": {"NIP": "nip"},
        "missing": [{"name": "nama", "label": "Nama", "nearest": "Nama Pegawi"}],
    }


def test_no_header_still_shows_the_row_a_person_would_take() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes([["Daftar"], ["Nomor Induk", "Sebutan"], ["1", "A"], ["2", "B"]]), PEOPLE)
    assert refusal.value.code == "no_header"
    assert refusal.value.facts["headers"] == ["Nomor Induk", "Sebutan"]
    assert refusal.value.facts["header_row"] == 2
    assert [each["name"] for each in refusal.value.facts["missing"]] == ["nip", "nama"]


def test_check_asks_only_for_what_no_constant_gives() -> None:
    job = Job(PEOPLE, constants={"nama": "A"})
    rows = [["nip"], ["1"]]
    assert check(find(rows, Matcher(job)), rows, job).columns == {"nip": 0}


def test_a_constant_fills_a_column_the_file_has_not() -> None:
    rows = [["kode", "nama_pd", "pagu", "realisasi_keuangan_rp"], ["1.01", "Dinas", "10", "5"]]
    outcome = read(csv_bytes(rows), BUDGET, constants={"tahun": "2025", "per_tanggal": "31 Okt 2025"})
    assert outcome.rows == [[2025, "2025-10-31", "1.01", "Dinas", 10, 5, None]]
    assert outcome.keys == ["2025\x1f2025-10-31\x1f1.01"]


def test_a_constant_that_does_not_fit_is_refused_by_name() -> None:
    rows = [["kode", "nama_pd", "pagu", "realisasi_keuangan_rp"], ["1.01", "Dinas", "10", "5"]]
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes(rows), BUDGET, constants={"tahun": "2025", "per_tanggal": "akhir bulan"})
    assert refusal.value.code == "bad_constant"
    assert refusal.value.facts == {"column": "Per tanggal", "code": "not_a_date", "value": "akhir bulan"}


def test_a_mapping_is_used_alone_and_its_drift_is_told() -> None:
    rows = [["No. Induk", "nama", "Sebutan", "Alamat"], ["1", "bukan", "A", "x"]]
    mapping = {"NO INDUK": "nip", "Sebutan": "nama", "Jenis Pegawai": "jenis"}
    outcome = read(
        csv_bytes(rows), PEOPLE, mapping=mapping, known_headers=("No. Induk", "nama", "Sebutan", "Jenis Pegawai")
    )
    assert outcome.rows == [["1", "A", None, None]]
    assert outcome.summary.mapping == {"No. Induk": "nip", "Sebutan": "nama"}
    assert outcome.summary.vanished == ("Jenis Pegawai",)
    assert outcome.summary.new_headers == ("Alamat",)
    assert outcome.summary.dropped == ("nama", "Alamat")
    assert outcome.summary.absent == ("lahir", "jenis")


def test_a_mapping_works_on_two_row_headers() -> None:
    rows = [["Pegawai", "", "Status"], ["Nomor", "Sebutan", ""], ["1", "A", "PNS"]]
    mapping = {"Pegawai Nomor": "nip", "pegawai sebutan": "nama", "status": "jenis"}
    outcome = read(csv_bytes(rows), PEOPLE, mapping=mapping)
    assert outcome.rows == [["1", "A", None, "PNS"]]
    assert outcome.summary.vanished == ()
    assert (outcome.summary.header_row, outcome.summary.header_height) == (2, 2)


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        (["1", "2", "3", "4"], True),
        (["(1)", "(2)", "(3)", "(4)=(3)/(2)"], True),
        (["1", "2", "3", "4=3/2"], True),
        (["", "(Rp)", "", "(%)"], True),
        (["Rp", "dalam rupiah"], True),
        ([], False),
        (["", ""], False),
        (["1", "2"], False),
        (["2", "3", "4"], False),
        (["1", "2", "4"], False),
        (["1", "Rp", "x"], False),
        (["2025", "1", "2"], False),
    ],
)
def test_annotations(row: list[str], answer: bool) -> None:
    assert is_annotation(row) is answer


def test_annotations_are_skipped_and_reported() -> None:
    rows = [BUDGET_HEADER, ["", "", "", "", "(Rp)", "(Rp)", "(%)"], ["1", "2", "3", "4", "5", "6", "7"], DATA]
    outcome = read(csv_bytes(rows), BUDGET)
    assert outcome.summary.skipped == {"annotation": 2}
    assert [skipped.row for skipped in outcome.summary.skipped_rows] == [2, 3]
    assert outcome.numbers == [4]
    assert outcome.add_up()


def test_the_sheet_with_the_known_names_is_taken() -> None:
    workbook = xlsx_bytes([PEOPLE_HEADER, ["1", "A", None, "PNS"]], sheet="Rekap")
    outcome = read(workbook, PEOPLE)
    assert (outcome.summary.sheet, outcome.summary.sheets) == ("Rekap", ("Rekap",))
    with pytest.raises(UnreadableFile) as refusal:
        read(workbook, PEOPLE, sheet="Lain")
    assert refusal.value.code == "unknown_sheet"
    assert refusal.value.facts == {"sheet": "Lain", "sheets": ["Rekap"]}


MONEY = [["REKAP"], [], ["kode", "nama_pd", "Pagu", "Realisasi keuangan (Rp)"], ["1.01", "Dinas", "2.290,5", "5"]]


@pytest.mark.parametrize(
    ("row", "text", "unit"),
    [
        (0, "(dalam juta rupiah)", 10**6),
        (0, "Dalam Jutaan Rp", 10**6),
        (1, "Rp Ribu", 10**3),
        (1, "(dalam miliar)", 10**9),
        (3, "(juta Rp)", 10**6),
    ],
)
def test_sums_in_thousands_or_millions_are_never_read_as_rupiah(row: int, text: str, unit: int) -> None:
    rows = [list(each) for each in MONEY]
    if row == 3:
        rows.insert(3, ["", "", text, text])
    else:
        rows[row] = [text]
    constants = {"tahun": "2025", "per_tanggal": "31 Okt 2025"}
    with pytest.raises(UnreadableFile) as refusal:
        read(csv_bytes(rows), BUDGET, constants=constants)
    assert (refusal.value.code, refusal.value.facts) == ("money_unit", {"unit": unit, "text": text})
    told = read(csv_bytes(rows), BUDGET, constants=constants, money_unit=10**6)
    assert told.rows[0][4:6] == [2_290_500_000, 5_000_000]


@pytest.mark.parametrize("text", ["Bantuan 50 juta rupiah", "Juta", "(Rp)", "Desa Juta Raya"])
def test_what_only_sounds_like_a_unit_of_money(text: str) -> None:
    constants = {"tahun": "2025", "per_tanggal": "31 Okt 2025"}
    outcome = read(csv_bytes([[text], *MONEY[1:]]), BUDGET, constants=constants)
    assert outcome.rows[0][4:6] == [2291, 5]


def test_a_unit_of_money_means_nothing_to_a_layout_without_money() -> None:
    assert read(csv_bytes([["(dalam juta rupiah)"], PEOPLE_HEADER, ["1", "A"]]), PEOPLE).summary.valid == 1


def test_a_title_for_two_columns_of_one_layout_is_told_to_its_author() -> None:
    with pytest.raises(ValueError, match="names two columns"):
        Layout("x", (Column("a", "Rp", "text", True), Column("b", "rp.", "text", True)), ("a",))
