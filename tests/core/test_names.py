"""Names are found whatever marks they carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.names import name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Yosé  D'Arcy", "yose darcy"),
        ("  Ma’ruf ", "maruf"),
        ("MA`RUF", "maruf"),
        ("Ｄｉｎａｓ\tKesehatan", "dinas kesehatan"),
        ("", ""),
    ],
)
def test_marks_apostrophes_and_spaces_do_not_matter(name: str, key: str) -> None:
    assert name_key(name) == key


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
