import ast
import inspect
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from luwes.apps.schedule.rosters import wording, worker
from luwes.core.roster import flow, highs, lot, problem, replan, search, side, solve
from luwes.core.roster.explain import explain
from luwes.core.roster.problem import PersonCap, Place
from tests.core.roster.test_explain import counter
from tests.core.roster.test_side import ring

PEOPLE = ["Ani", "Budi", "Citra", "Dewi", "Eka"]
DAYS = [date(2026, 12, 7) + timedelta(days=at) for at in range(5)]


def raised() -> set[str]:
    """Every code that the engine raises."""
    found = {worker.SolverStopped.code}
    for module in (flow, highs, lot, problem, replan, search, side, solve):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("NoRoster", "UnusableProblem", "LotRefused"):
                parts = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
                found |= {part for part in parts if isinstance(part, str)}
    return found


def test_every_refusal_has_a_sentence() -> None:
    codes = raised()
    assert {"infeasible", "duplicate_people", "crossing_rules", "solver_stopped", "pin_not_allowed"} <= codes
    for code in codes:
        assert wording.refusal(code).endswith(".")
    with pytest.raises(KeyError):
        wording.refusal("no such code")


def test_a_clash_is_told_with_names_numbers_and_ways_out() -> None:
    found = explain(counter())
    assert found is not None
    assert wording.conflict(found, PEOPLE, DAYS, "id") == [
        "Tidak ada jadwal yang menepati semua aturan.",
        "Untuk Citra diperlukan 1 hari fleksibel; loket menyisakan 0.",
        "Turunkan lantai (atau naikkan kuota) loket sebanyak 1 orang.",
        "Kurangi janji untuk Citra sebanyak 1 hari.",
    ]


def test_more_promised_than_open_days_names_no_rule() -> None:
    found = explain(counter(promises=np.array([0, 0, 6, 0, 0]), places=()))
    assert found is not None
    said = wording.conflict(found, PEOPLE, DAYS, "id")
    assert said[1] == "Untuk Citra diperlukan 6 hari fleksibel; hari yang terbuka hanya 5."


def test_caps_and_pins_have_their_own_ways_out() -> None:
    everyday = np.ones(5, dtype=np.bool_)
    capped = explain(
        counter(places=(), caps=(PersonCap("batas pekan", everyday, np.zeros(5, dtype=np.int64)),))
    )  # fmt: skip
    assert capped is not None
    assert "Naikkan batas batas pekan sebanyak 1 hari." in wording.conflict(capped, PEOPLE, DAYS, "id")
    pins = np.full((5, 5), -1, dtype=np.int8)
    pins[2, 0] = 1
    pinned = explain(counter(pins=pins, promises=None))
    assert pinned is not None
    assert "Lepaskan penetapan Citra pada Senin, 7 Desember 2026." in wording.conflict(pinned, PEOPLE, DAYS, "id")


def test_many_people_are_counted_and_a_clash_of_several_rules_says_so() -> None:
    everyone = counter(promises=np.ones(5, dtype=np.int64), present=np.ones((5, 5), dtype=np.bool_))
    crowded = replace(everyone, places=(Place("loket", np.arange(5), np.full(5, 5)),) * 2)
    found = explain(crowded)
    assert found is not None
    four = replace(found, people=(0, 1, 2, 3), repairs=())
    said = wording.conflict(four, PEOPLE, DAYS, "id")
    assert "Ani, Budi, Citra, 1 orang lain" in said[1]
    assert said[2].startswith("Melonggarkan satu aturan saja tidak cukup.")
    assert explain(ring()) is None
