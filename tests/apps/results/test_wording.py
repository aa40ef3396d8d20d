"""Every finding and refusal of the budget kind has its sentence, with the figures it is about."""

import inspect
import re

import pytest

from luwes.apps.accounts.access import Refused
from luwes.apps.results import actions, budget_checks, wording


def finding_codes() -> set[str]:
    text = inspect.getsource(budget_checks)
    return set(re.findall(r'_by_row\("(\w+)"', text)) | set(re.findall(r'code="(\w+)"', text))


FACTS = {"count": 3, "as_of": "2026-10-31", "ceiling": 500, "realised": -20, "names": "Dinas Kesehatan; Dinas Sosial"}


@pytest.mark.parametrize("code", sorted(finding_codes()))
def test_every_finding_is_a_sentence(code: str) -> None:
    said = wording.say(code, FACTS)
    assert said.endswith(".")
    assert "%(" not in said


def test_a_difference_of_the_total_is_told_with_date_and_rupiah() -> None:
    said = wording.say("total_differs", FACTS)
    assert "Sabtu, 31 Oktober 2026" in said
    assert "pagu Rp500" in said
    assert "realisasi −Rp20" in said


def test_missing_units_are_named() -> None:
    said = wording.say("units_missing", FACTS)
    assert "3 perangkat daerah" in said
    assert "Dinas Kesehatan; Dinas Sosial" in said


def test_every_refusal_of_results_has_its_sentence() -> None:
    codes = [
        each.code
        for each in vars(actions).values()
        if isinstance(each, type) and issubclass(each, Refused) and each is not Refused
    ]
    assert len(codes) == 3
    for code in codes:
        assert wording.refusal(code).endswith(".")
