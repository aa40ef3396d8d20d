import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.reading.names import compact, nearest, normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Kode PD", "kode pd"),
        ("  kode__pd ", "kode pd"),
        ("Realisasi Keuangan (Rp)", "realisasi keuangan rp"),
        ("Realisasi Keuangan\n(%)", "realisasi keuangan persen"),
        ("Yosé", "yose"),
        ("D'Arcy", "darcy"),
        ("Ma’ruf", "maruf"),
        ("Ma'ruf", "maruf"),
        ("Siti  Aminah", "siti aminah"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("№ ½", "no 1 2"),
        ("---", ""),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


def test_compact_makes_the_spellings_of_one_header_equal() -> None:
    assert {compact(title) for title in ("kode_pd", "Kode PD", "KodePD", "KODE-PD", "kode. pd")} == {"kodepd"}
    assert compact("Realisasi (Rp)") != compact("Realisasi (%)")


@given(st.text(max_size=60))
def test_normalise_is_stable_and_leaves_only_words(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once == " ".join(once.split())
    assert all(part.isalnum() for part in once.split())


def test_nearest_ignores_case_and_marks_and_stays_silent_when_nothing_is_near() -> None:
    choices = ("PNS", "PPPK", "PPPK paruh waktu")
    assert nearest("pppk paruh wktu", choices) == "PPPK paruh waktu"
    assert nearest("p.n.s", choices) == "PNS"
    assert nearest("sekolah dasar", choices) is None
    assert nearest("", choices) is None
    assert nearest("apa", ()) is None
