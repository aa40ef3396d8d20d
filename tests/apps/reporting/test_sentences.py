"""The one sentence in every verdict, exact to the letter, and everything told beside it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.reporting import wording
from luwes.core.indicators.budget import (
    BudgetFigure,
    CeilingChange,
    Flag,
    Target,
    TargetBasis,
    Verdict,
    pace,
    total,
)

OCTOBER = date(2025, 10, 31)


def figure(
    realised: int,
    *,
    ceiling: int = 8_350_000_000_000,
    as_of: date = OCTOBER,
    target: str | None = "90",
    reported: str | None = None,
    physical: str | None = None,
    unit: str = "u",
) -> BudgetFigure:
    return BudgetFigure(
        unit=unit,
        as_of=as_of,
        year=2025,
        ceiling=ceiling,
        realised=realised,
        reported_pct=None if reported is None else Decimal(reported),
        physical_pct=None if physical is None else Decimal(physical),
        own_target_pct=None if target is None else Decimal(target),
    )


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def said(one: BudgetFigure, **about: object) -> str:
    return plain(wording.sentence(pace(one), wording.subject(**about)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            figure(5_100_000_000_000, reported="61.28"),
            "Realisasi anggaran belum sesuai target: 61,28 % dari pagu Rp8,35 triliun per Jumat, 31 Oktober 2025; "
            "target 90 %, kurang 28,72 poin.",
        ),
        (
            figure(7_200_000_000_000, target="87.5"),
            "Realisasi anggaran sedikit di bawah target: 86,23 % dari pagu Rp8,35 triliun per Jumat, "
            "31 Oktober 2025; target 87,50 %, kurang 1,27 poin.",
        ),
        (
            figure(8_000_000_000_000),
            "Realisasi anggaran sesuai target: 95,81 % dari pagu Rp8,35 triliun per Jumat, 31 Oktober 2025; "
            "target 90 %, lebih 5,81 poin.",
        ),
        (
            figure(90, ceiling=100),
            "Realisasi anggaran tepat pada target: 90,00 % dari pagu Rp100 per Jumat, 31 Oktober 2025; target 90 %.",
        ),
        (
            figure(835_000_000_000, as_of=date(2025, 2, 28), target=None),
            "Realisasi anggaran 10,00 % dari pagu Rp8,35 triliun per Jumat, 28 Februari 2025. Belum ada target yang "
            "jatuh tempo; target berikutnya 20 % pada Senin, 31 Maret 2025.",
        ),
        (
            figure(0, ceiling=0),
            "Realisasi anggaran belum dapat dinilai: pagu per Jumat, 31 Oktober 2025 tercatat nol.",
        ),
        (
            figure(5_000_000, ceiling=0),
            "Realisasi anggaran belum dapat dinilai: pagu per Jumat, 31 Oktober 2025 tercatat nol, padahal "
            "realisasinya Rp5,00 juta. Periksa berkas sumber.",
        ),
    ],
)
def test_each_verdict_has_its_sentence(one: BudgetFigure, sentence: str) -> None:
    assert said(one) == sentence


def test_a_source_without_any_target_says_so() -> None:
    judged = pace(figure(1, ceiling=2, target=None, as_of=date(2025, 2, 1)), milestones=())
    assert plain(wording.sentence(judged, "Realisasi anggaran")) == (
        "Realisasi anggaran 50,00 % dari pagu Rp2 per Sabtu, 1 Februari 2025. Tidak ada target untuk tanggal ini."
    )


def test_who_the_sentence_is_about() -> None:
    one = figure(90, ceiling=100)
    assert said(one, unit_name="Dinas Sosial").startswith("Realisasi anggaran Dinas Sosial tepat pada target")
    assert said(one, reporting_units=37).startswith("Realisasi anggaran 37 perangkat daerah yang melapor tepat")


def test_names_with_percent_signs_are_only_names() -> None:
    assert "Dinas 100%(x)s %d" in said(figure(90, ceiling=100), unit_name="Dinas 100%(x)s %d")


@given(st.integers(0, 10**15), st.integers(0, 10**15), st.decimals(0, 100, places=2))
def test_the_sentence_never_contradicts_its_numbers(ceiling: int, realised: int, target: Decimal) -> None:
    judged = pace(figure(realised, ceiling=ceiling, target=str(target)))
    text = said(judged.figure)
    if judged.deviation is None:
        assert "belum dapat dinilai" in text
        return
    behind = judged.deviation < 0
    assert ("kurang " in text) == behind
    assert ("belum sesuai target" in text) == (judged.verdict is Verdict.BELOW)
    assert (" sesuai target:" in text.replace("belum sesuai", "")) == (judged.deviation > 0)
    assert plain(wording.pct(judged.pct or Decimal(0))) in text


def test_every_verdict_and_flag_has_words() -> None:
    assert len({wording.verdict(one) for one in Verdict}) == len(Verdict)
    strange = figure(200, ceiling=100, reported="10", physical="130", target="0")
    flags = wording.flags(pace(strange))
    assert len(flags) == len(pace(strange).flags) >= 4
    assert plain(flags[0]).startswith("Persentase pada berkas (10,00 %) tidak cocok dengan rupiahnya (200,00 %)")


@pytest.mark.parametrize(
    ("physical", "flag", "words"),
    [
        ("95", Flag.PHYSICAL_AHEAD, "Fisik mendahului keuangan 45,00 poin. Periksa apakah"),
        ("5", Flag.PAYMENT_AHEAD, "Keuangan mendahului fisik 45,00 poin. Periksa apakah"),
    ],
)
def test_a_gap_between_work_and_payment_is_told(physical: str, flag: Flag, words: str) -> None:
    judged = pace(figure(50, ceiling=100, physical=physical))
    assert flag in judged.flags
    assert any(plain(text).startswith(words) for text in wording.flags(judged))


def test_a_close_call_says_that_the_rupiah_would_decide_otherwise() -> None:
    judged = pace(figure(846, ceiling=1000, reported="85", target="85"))
    assert Flag.VERDICT_DEPENDS_ON_PCT in judged.flags
    assert "kesimpulannya akan berbeda" in " ".join(wording.flags(judged))


def test_a_change_of_ceiling_warns_against_comparing() -> None:
    event = CeilingChange(date(2025, 6, 30), OCTOBER, 10_220_000_000_000, 8_350_000_000_000, Decimal("-18.30"))
    assert plain(wording.change(event)) == (
        "Pagu berubah antara Senin, 30 Juni 2025 dan Jumat, 31 Oktober 2025: dari Rp10,22 triliun menjadi "
        "Rp8,35 triliun (−18,30 %). Persentase sebelum dan sesudahnya memakai penyebut berbeda, jadi tidak "
        "dibandingkan langsung."
    )
    new = CeilingChange(date(2025, 6, 30), OCTOBER, 0, 5, None)
    assert "menjadi Rp5. Persentase" in wording.change(new)
    assert plain(wording.signed_pct(Decimal("4.5"))) == "+4,50 %"


def test_coverage_is_told_only_where_the_parts_are_not_the_whole() -> None:
    whole = figure(50, ceiling=100, unit="g")
    parts = [figure(20, ceiling=40, unit="a"), figure(30, ceiling=60, unit="b")]
    assert wording.coverage(total(parts, whole)) == ""
    assert wording.coverage(total(parts)) == ""
    assert "mencakup 40,00 % dari pagu" in plain(wording.coverage(total(parts[:1], whole)))
    assert "hanya memuat jumlah pemerintah" in wording.coverage(total([], whole))
    off = [figure(20, ceiling=40, unit="a"), figure(40, ceiling=60, unit="b")]
    assert "berbeda 10,00 poin" in plain(wording.coverage(total(off, whole)))


def test_whose_target_it_is() -> None:
    own = Target(Decimal(90), TargetBasis.OWN)
    milestone = Target(Decimal(85), TargetBasis.MILESTONE, date(2025, 9, 30))
    assert wording.target_basis(own) == "target pada berkas sumber"
    assert wording.target_basis(milestone) == "target TEPRA yang jatuh tempo Selasa, 30 September 2025"
    assert wording.target_basis(Target(Decimal(85), TargetBasis.MILESTONE)) == "target TEPRA"
    assert "ditimbang" in wording.target_basis(Target(Decimal(85), TargetBasis.WEIGHTED))


def test_silence_is_never_a_good_sign() -> None:
    assert wording.decisions(0, 0, OCTOBER).startswith("Belum dapat dinilai")
    assert wording.decisions(0, 40, OCTOBER).startswith("Tidak ada di antara 40 perangkat daerah yang melapor")
    assert wording.decisions(3, 40, OCTOBER) == "3 dari 40 perangkat daerah yang melapor per Jumat, 31 Oktober 2025."


def test_open_questions_carry_no_verdict() -> None:
    verdicts = {wording.verdict(one) for one in Verdict}
    for question, state, need in wording.open_questions():
        assert question.endswith("?")
        assert state.startswith("Belum ada data")
        assert need.startswith("Diperlukan")
        assert not any(word in state for word in verdicts)


def test_every_refusal_has_words() -> None:
    assert "Pilih salah satu tanggal" in wording.refusal("no_figures")
    assert "Impor rekap" in wording.refusal("nothing_to_issue")


def test_numbers_follow_the_language() -> None:
    with translation.override("en"):
        assert wording.pct(Decimal("61.28")) == "61.28%"
        assert wording.language() == "en"
    assert wording.language() == "id"
