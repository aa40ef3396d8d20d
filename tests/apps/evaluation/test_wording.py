"""Sentences: every verdict and cause has one, nothing is said without its range, nothing forbidden is said at all."""

import re
from pathlib import Path

import pytest

import luwes.apps.evaluation.wording as module
from luwes.apps.evaluation import wording
from luwes.apps.evaluation.panels import Outcome
from luwes.apps.evaluation.plans import LotKind, LotSpec
from luwes.core.evaluation.grade import Grade, Why
from luwes.core.evaluation.verdict import Cause, Verdict

FORBIDDEN = ("terbukti tidak berpengaruh", "signifikan", "tidak ada dampak", "tidak berdampak", "aman bagi")
SHOWN = {"effect": -1.0, "low": -1.5, "high": 0.2, "margin": 2.0}


def told(verdict: Verdict, **rest: object) -> dict[str, object]:
    return {"verdict": verdict.value, "causes": ["wide"], "slight": False, "day": SHOWN, "month": SHOWN, **rest}


@pytest.mark.parametrize("measure", list(Outcome))
@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_sentence_with_its_range(measure: Outcome, verdict: Verdict) -> None:
    sentence = wording.outcome_sentence(measure.value, told(verdict))
    assert sentence.startswith(wording.outcome_name(measure.value))
    assert sentence.endswith(".")
    if verdict not in {Verdict.NOT_ENOUGH, Verdict.INSEPARABLE}:
        assert "1,5" in sentence
        assert "0,2" in sentence
    if verdict is not Verdict.NOT_WORSE:
        assert "tidak memburuk" not in sentence.lower()
    assert wording.verdict(verdict.value)


def test_no_sentence_says_what_must_not_be_said() -> None:
    source = Path(module.__file__).read_text("utf-8").lower()
    for word in FORBIDDEN:
        assert word not in source
    # A percentage stands only where a range is named beside it, or where it is a rule.
    assert re.findall(r"\d+ persen", source) == ["60 persen"]


def test_ranges_are_said_in_words() -> None:
    assert wording.span("survey", SHOWN) == "dari turun 1,5 poin sampai naik 0,2 poin"
    assert wording.span("queue_wait", SHOWN) == "dari lebih lama 1,5 menit sampai lebih singkat 0,2 menit"
    assert wording.span("output", {"low": None, "high": 0.01}) == "dari tidak terbatas sampai tidak berubah"
    assert wording.span("survey", None) == ""
    assert "turun" in wording.outcome_sentence("survey", told(Verdict.NOT_WORSE))
    assert "penurunan kecil" in wording.outcome_sentence("survey", told(Verdict.NOT_WORSE, slight=True))


def test_every_reason_has_words() -> None:
    for code in (*Cause, "no_contrast", "too_few", "lain"):
        assert len(wording.cause(str(code))) > 10
    assert "(lain)" in wording.cause("lain")
    for grade in Grade:
        for why in Why:
            assert wording.grade_sentence({"grade": grade.value, "why": [why.value]}).startswith("Mutu bukti")
    assert "Sebab:" in wording.grade_sentence({"grade": "D", "why": ["no_comparison"]})
    for kind in LotKind:
        assert wording.lot_name(LotSpec(kind, 1)).startswith("undian")


def test_every_refusal_has_words() -> None:
    for code in ("no_such_plan", "plan_not_frozen", "look_not_due", "not_publishable", "head_has_not_spoken"):
        assert wording.refusal(code, what="x").endswith(".")
