"""Every code has a sentence; files given out open as text; names become printable."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.accounts.access import Refused
from luwes.apps.sources import actions, exports, kinds, staging, wording
from luwes.apps.sources.models import BatchState
from luwes.apps.sources.queries import RejectRow
from luwes.apps.sources.reading import cells
from luwes.apps.sources.reading.contract import UNREADABLE_CODES

READING = Path(cells.__file__).parent
BUDGET = kinds.kind_of("budget")
FACTS = {"missing": [{"label": "Pagu"}], "ambiguous": [{"column": "Pagu"}]}


@pytest.mark.parametrize("code", sorted(UNREADABLE_CODES))
def test_every_unreadable_file_has_its_sentence(code: str) -> None:
    assert wording.unreadable(code, FACTS).endswith(".")


def reject_codes() -> set[str]:
    text = "".join(file.read_text() for file in READING.glob("*.py"))
    return set(re.findall(r'Bad\("(\w+)"', text)) | set(re.findall(r'problem="(\w+)"', text)) | {"extra_cells"}


@pytest.mark.parametrize("code", sorted(reject_codes() - {"total"}))
def test_every_reject_of_the_reader_has_its_sentence(code: str) -> None:
    assert wording.reject(BUDGET, code).endswith(".")


@pytest.mark.parametrize("code", ["rows_differ", "as_of_outside_year"])
def test_every_reject_of_the_kind_has_its_sentence(code: str) -> None:
    assert wording.reject(BUDGET, code).endswith(".")


def test_every_refusal_has_its_sentence() -> None:
    codes = {
        each.code
        for module in (actions, kinds)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Refused) and each is not Refused
    }
    assert len(codes) > 8
    for code in codes:
        assert wording.refusal(code).endswith(".")


def test_every_state_and_skipped_reason_has_its_words() -> None:
    for state in BatchState:
        assert wording.state(state.value)
    reasons = set(
        re.findall(r'_skip\([^)]*"(\w+)"\)|skipped\["(\w+)"\]|return "(\w+)"', (READING / "stage.py").read_text())
    )
    for reason in {one for found in reasons for one in found if one}:
        assert wording.skipped(reason) != reason


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+62811", "+62811"),
        ("+62 811", "'+62 811"),
        ("@UPT", "'@UPT"),
        ("\t=1", "'\t=1"),
        ("-12,5", "-12,5"),
        ("-1-2", "'-1-2"),
        ("Dinas", "Dinas"),
        (-5, -5),
        (None, None),
    ],
)
def test_only_what_a_spreadsheet_would_run_is_guarded(value: exports.Cell, safe: exports.Cell) -> None:
    assert exports.safe(value) == safe


@given(value=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_a_guarded_text_reads_back_as_the_same_text(value: str) -> None:
    content = exports.rejects_file(BUDGET, [RejectRow(2, "Pagu", "missing", value, "")], "csv")
    shown = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1][2]
    assert shown.removeprefix("'") == value.removeprefix("'")
    assert cells.clean(shown) == cells.clean(value)


def test_formulas_stay_text_in_xlsx() -> None:
    rows = [RejectRow(2, "Pagu", "missing", '=HYPERLINK("http://contoh.invalid")', "@x")]
    sheet = openpyxl.load_workbook(io.BytesIO(exports.rejects_file(BUDGET, rows, "xlsx"))).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet[2]] == ["n", "s", "s", "s", "s"]
    assert sheet["C2"].hyperlink is None


@given(name=st.text(max_size=400))
def test_names_become_one_printable_line(name: str) -> None:
    clean = staging.clean_name(name)
    assert clean == "" or clean.isprintable()
    assert len(clean) <= staging.LONGEST_NAME
    assert "/" not in clean
    assert staging.clean_name(clean) == clean


def test_folders_are_not_part_of_a_name() -> None:
    assert staging.clean_name("C:\\rahasia\\rekap okt.xlsx") == "rekap okt.xlsx"
    assert staging.clean_name("../../etc/passwd") == "passwd"
