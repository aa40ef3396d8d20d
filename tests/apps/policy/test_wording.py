"""Every code the engine can give has a sentence, and no sentence is left without its code."""

import ast
from datetime import date
from pathlib import Path

import pytest

import luwes
from luwes.apps.accounts.access import Refused
from luwes.apps.policy import access, layers, refusal_wording, shipped, wording
from luwes.apps.policy.actions import enacting, judging, needs, proposing, restricting, suspending, words
from luwes.core.policy.decide import decide
from luwes.core.policy.decision import Reason
from luwes.core.policy.facts import Asked, Counts
from luwes.core.policy.findings import Finding
from luwes.core.policy.remedies import Remedy
from luwes.core.policy.terms import Away, Level, Outcome, Per, Place, Verdict
from tests.core.policy.books import MONDAY, OPEN, book, facts, rules

CORE = Path(luwes.__file__).parent / "core" / "policy"
SENTENCES = wording._opening() | wording._persons() | wording._shares() | wording._conditions() | wording._met()


def literals(name: str) -> set[str]:
    """Every text in a module of the engine."""
    tree = ast.parse((CORE / name).read_text("utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def called(name: str, function: str, place: int) -> set[str]:
    """The texts given as one argument of a function in a module of the engine."""
    tree = ast.parse((CORE / name).read_text("utf-8"))
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    named = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == function]
    given = [one.args[place] for one in named if len(one.args) > place]
    return {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def yielded(name: str) -> list[ast.Constant]:
    """The codes a module of the engine yields, each the first of a pair."""
    tree = ast.parse((CORE / name).read_text("utf-8"))
    pairs = [one.value for one in ast.walk(tree) if isinstance(one, ast.Yield)]
    found = [one.elts[0] for one in pairs if isinstance(one, ast.Tuple)]
    return [one for one in found if isinstance(one, ast.Constant)]


def test_every_code_of_the_engine_has_a_sentence() -> None:
    answered = called("judge.py", "answer", 1)
    codes = answered | {f"{code}_met" for code in answered} | {f"{code}_unknown" for code in answered}
    codes |= called("judge.py", "Say", 1) | called("decide.py", "Say", 1) | called("opening.py", "Reason", 4)
    assert len(codes) > 40
    # Rules that are always known one way or the other never say the third.
    never = {"newcomer_unknown", "share_lowered_unknown"}
    assert codes - set(SENTENCES) == never


def test_no_sentence_outlives_its_code() -> None:
    texts = literals("judge.py") | literals("decide.py") | literals("opening.py")
    answered = called("judge.py", "answer", 1)
    made = {f"{code}_{end}" for code in answered for end in ("met", "unknown")}
    assert set(SENTENCES) - texts - made == set()


def test_every_remedy_and_every_finding_has_a_sentence() -> None:
    for name in ("judge.py", "opening.py", "decide.py"):
        for code in called(name, "Say", 3) | called(name, "answer", 2):
            assert code == "" or wording.helps(code)
    for code in ("other_week", "other_mode", "ask_grant", "other_day", "supply_fact", "ask_decider"):
        assert wording.helps(code)
    codes = called("findings.py", "Finding", 0) | {"order_declined", "permission_declined"}
    assert len(codes) == 13
    codes |= {one.value for one in yielded("gaps.py")} | {"supersedes_unknown"}
    assert len(codes) == 21
    for code in codes:
        assert "a/b, c/d" in wording.finding(Finding(code, ("a/b", "c/d")))


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_stands_with_and_without_its_facts(code: str) -> None:
    given = (("why", "leave"), ("place", "home"))
    told = wording.reason(Reason("b/c", "quota", Outcome.FAIL, True, code, "angka 1", Level.LOCAL_CIRCULAR, given))
    assert "%(" not in told
    assert told.endswith("Dasar: angka 1 (b/c).")


def test_a_refusal_reads_as_state_reason_and_clause() -> None:
    clause = 'kind = "quota"\nper = "opd"\nflex_max = 30\nrounding = "down"\nwithout = []'
    found = decide(facts(counts={Per.OPD: Counts(10, flexible=3)}), rules(book(OPEN, clause)))
    assert wording.verdict(found.verdict) == "Tidak boleh bekerja fleksibel"
    assert wording.reason(found.headline) == (
        "Bagian yang boleh fleksibel sudah penuh: 3 dari 10 orang. Dasar: angka 2 (b/c2)."
    )
    assert wording.helps(found.headline.remedy) == "Pilih hari lain."


def test_dates_places_and_absences_are_words() -> None:
    newcomer = facts(who={"post_since": date(2026, 1, 1)})
    found = decide(newcomer, rules(book(OPEN, 'kind = "tenure"\nsince = "post"\nmonths = 2')))
    assert wording.reason(found.headline).startswith("Pegawai baru menunggu sampai Minggu, 1 Maret 2026.")
    away = decide(facts(away=Away.TRIP), rules(book(OPEN)))
    assert wording.reason(away.headline) == "Orang ini tidak bertugas di kantor pada hari itu: dinas luar."
    elsewhere = decide(facts(place=Asked(Place.OTHER)), rules(book(OPEN, 'kind = "location"\nallowed = ["home"]')))
    assert wording.reason(elsewhere.headline).startswith("Tempat ini tidak diperbolehkan: tempat lain.")


def test_options_that_would_do_are_said() -> None:
    assert wording.remedy(Remedy("day", MONDAY)) == "Senin, 2 Februari 2026 bisa."
    assert wording.remedy(Remedy("place", Place.HOME)) == "Dari rumah bisa."
    assert len({wording.verdict(one) for one in Verdict}) == 3


def test_every_refusal_of_the_app_has_a_sentence_and_no_sentence_outlives_it() -> None:
    modules = (access, layers, shipped, proposing, enacting, suspending, judging, needs, restricting, words)
    codes = {
        kind.code
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Refused) and kind.__module__.startswith("luwes.apps.policy")
    }
    sentences = refusal_wording._of_rules() | refusal_wording._of_decisions()
    assert codes == set(sentences)
    assert all(refusal_wording.refusal(code) for code in codes)
