"""Every instrument that was really set, day by day: the engine answers what a careful reader answers."""

from datetime import date
from pathlib import Path

import pytest

from luwes.core.policy.decide import decide
from luwes.core.policy.decision import Decision
from luwes.core.policy.remedies import remedies
from luwes.core.policy.terms import Outcome, Place, Verdict
from tests.cases.reading import Case, Sheet, facts_of, profiles, read_sheet, rules_of

FOLDER = Path(__file__).parent
FEWEST = 6
FIXTURES = (
    "F01_kaltim_jumat_2026", "F02_kaltim_lebaran_2026", "F03_jabar_nov_2025", "F04_jabar_des_2025", "F05_jabar_2026",
    "F06_depok_kamis", "F07_depok_senin", "F08_bengkulu_jan_2026", "F09_bengkulu_feb_2026", "F11_sulsel_2025",
    "F12_sulsel_makassar_demo_2025", "F13_dki_demo_2025", "F14_dki_ramadan_2026", "F16_batola_2025", "F17_kediri_2025",
    "F18_jatim_maret_2025", "F20_jatim_rabu_2026", "F23_kemenkeu_fws", "F24_nasional_akhir_2025",
    "F25_nasional_lebaran_2026", "F26_kalteng_rancangan_2026", "F27_kalteng_tolak_2025", "F28_kalteng_tolak_2026",
    "F29_kalteng_disiplin_2025", "F30_kalteng_ramadan_2026", "F31_solo_rencana_2025", "F32_penolakan_lain",
    "F33_nasional_mingguan_2026", "F34_wonosobo_logbook_2020", "F35_dki_2023", "F37_panrb_kriteria_orang",
)  # fmt: skip
SHEETS = {path.stem: read_sheet(path) for path in sorted(FOLDER.glob("*.toml"))}
CASES = [pytest.param(sheet, case, id=f"{name}-{case.id}") for name, sheet in SHEETS.items() for case in sheet.cases]


@pytest.mark.parametrize("fixture", FIXTURES)
def test_every_fixture_has_enough_cases(fixture: str) -> None:
    assert fixture in SHEETS
    assert SHEETS[fixture].fixture == fixture
    cases = SHEETS[fixture].cases
    assert len(cases) >= FEWEST
    assert len({case.id for case in cases}) == len(cases)


def test_the_profiles_are_tried_as_they_are_shipped() -> None:
    tried = {name: sheet.rulebooks for name, sheet in SHEETS.items() if name not in FIXTURES}
    assert tried == profiles()


@pytest.mark.parametrize(("sheet", "case"), CASES)
def test_the_engine_answers_as_a_careful_reader_does(sheet: Sheet, case: Case) -> None:
    rules = rules_of(sheet, case)
    decision = decide(facts_of(sheet, case, case.date), rules)
    headline = decision.headline
    assert (decision.verdict.value, headline.rule, headline.code) == (case.verdict, case.basis, case.code), case.why
    if case.approvers is not None:
        assert list(decision.approvers) == case.approvers
    assert set(case.also) <= {one.rule for one in decision.reasons if one.outcome is not Outcome.PASS}
    codes = {one.code for one in decision.duties}
    assert set(case.duties or ()) <= codes
    owed = {one.rule for one in decision.duties}
    assert set(case.owes) <= owed
    assert not set(case.not_owed) & owed
    _remedied(sheet, case, decision)


def _remedied(sheet: Sheet, case: Case, decision: Decision) -> None:
    """A day is the nearest one allowed, a place is one allowed, "none" is neither; a word is the kind of change."""
    if decision.verdict is Verdict.ALLOWED:
        assert case.remedy == ""
        return
    rules = rules_of(sheet, case)
    found = remedies(facts_of(sheet, case, case.date), rules, lambda day: facts_of(sheet, case, day))
    days = [one.value for one in found if one.kind == "day"]
    places = [one.value for one in found if one.kind == "place"]
    if isinstance(case.remedy, date):
        assert days[:1] == [case.remedy], case.why
    elif case.remedy in set(Place):
        assert case.remedy in places, case.why
    elif case.remedy == "none":
        assert (days, places) == ([], []), case.why
    else:
        assert decision.headline.remedy == case.remedy, case.why
