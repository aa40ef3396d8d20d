"""A sent form, understood: what no form of ours can send is refused, text stays text."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.apps.results.intake.answers import LONGEST_COMMENT, NothingAnswered, NotOurForm, plain, understood

NUMBER = str(uuid4())


def test_three_answers_and_a_line() -> None:
    said = understood({"nomor": NUMBER, "dilayani": "ya", "janji": "tidak", "puas": "2", "pesan": "  Lama\n sekali "})
    assert (said.number, said.served, said.promised, said.satisfied) == (UUID(NUMBER), True, False, 2)
    assert (said.elements, said.comment, said.waited) == ((), "Lama sekali", None)


def test_nine_elements_with_one_left_out() -> None:
    said = understood({"nomor": NUMBER, **{f"u{place}": "3" for place in range(1, 9)}})
    assert said.elements == (3, 3, 3, 3, 3, 3, 3, 3, None)


@pytest.mark.parametrize(
    "form",
    [
        {"puas": "4"},
        {"nomor": "1", "puas": "4"},
        {"nomor": "' OR 1=1 --", "puas": "4"},
        {"nomor": NUMBER, "puas": "5"},
        {"nomor": NUMBER, "puas": "4 "},
        {"nomor": NUMBER, "dilayani": "<script>"},
        {"nomor": NUMBER, "u3": "x" * 4_000},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(NotOurForm):
        understood(form)


@pytest.mark.parametrize("more", [{}, {"pesan": "Kalimat saja"}, {"puas": ""}])
def test_no_answer_at_all_is_told(more: dict[str, str]) -> None:
    with pytest.raises(NothingAnswered):
        understood({"nomor": NUMBER, **more})


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", None), ("0", 0), ("86400", 86_400), ("-5", -1), ("besok", -1), ("²", -1), ("1" * 20, -1)],
)
def test_how_long_it_waited(text: str, seconds: int | None) -> None:
    assert understood({"nomor": NUMBER, "puas": "4", "umur": text}).waited == seconds


def test_markup_stays_text_and_marks_of_direction_go() -> None:
    assert plain("<script>alert(1)</script>") == "<script>alert(1)</script>"
    assert plain("a\x00b\u202ec") == "a b c"


@settings(max_examples=50)
@given(st.text(max_size=4_000))
def test_a_line_is_one_short_printable_line(text: str) -> None:
    line = plain(text)
    assert len(line) <= LONGEST_COMMENT
    assert line == plain(line)
    assert all(letter.isprintable() or letter.isspace() for letter in line)
    line.encode()
