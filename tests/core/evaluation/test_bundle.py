import json
import subprocess
import sys
from dataclasses import replace
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import luwes.core.evaluation
from luwes.core.evaluation.assess import Plan
from luwes.core.evaluation.bundle import BundleError, Design, bundle, package, publishable, rerun, rerun_package, result
from luwes.core.evaluation.lots import StartLot, draw, redraws
from luwes.core.evaluation.pack import MODULES, packed
from luwes.core.evaluation.threats import Contrast, Signs
from tests.core.evaluation.worlds import day_panel, weekday_lot, weeks_of

PLAN = Plan(2.0, 2.0, 0.2, (0.5, 1.0))
CLEAN = Signs(0.0, Contrast(1.0, 0.9), False, False, False, spread=0.0)


def _bundle(look: int = 1) -> str:
    rng = np.random.default_rng(1)
    lot = weekday_lot(12, 8)
    exposure = draw(lot, rng)
    panel = publishable(day_panel(rng, exposure, effect=0.0))
    return bundle(panel, Design(exposure, redraws(lot, 199, rng)), PLAN, look, CLEAN)


@pytest.fixture(scope="module")
def text() -> str:
    return _bundle()


def test_the_same_input_gives_the_same_text_and_result(text: str) -> None:
    assert _bundle() == text
    found = rerun(text)
    assert found == json.loads(text)["result"]
    assert found["verdict"] == "not_worse"
    assert found["day"]["low"] > -2


def test_weeks_that_differ_are_in_the_bundle() -> None:
    rng = np.random.default_rng(3)
    lot = weekday_lot(12, 8, shares=(0.25, 0.75))
    exposure = draw(lot, rng)
    panel = publishable(day_panel(rng, exposure, effect=0.0))
    signs = Signs(0.0, Contrast(1.0, 0.9), False, False, False)
    drawn = redraws(lot, 199, rng)
    bare, weekly = (
        rerun(bundle(panel, Design(exposure, drawn, span=span), PLAN, 1, signs)) for span in (None, weeks_of(40))
    )
    assert bare["causes"] == ["spread"]
    assert "spread" not in weekly["causes"]
    assert weekly["month"]["low"] < bare["month"]["low"]


def test_what_is_unknown_stays_unknown_in_the_bundle() -> None:
    rng = np.random.default_rng(6)
    exposure = draw(weekday_lot(12, 4), rng)
    panel = publishable(day_panel(rng, exposure, effect=0.0))
    unknown = replace(CLEAN, contrast=Contrast(1.0, nan), spread=-inf)
    text = bundle(panel, Design(exposure, redraws(weekday_lot(12, 4), 199, rng)), PLAN, 1, unknown)
    assert json.loads(text, parse_constant=pytest.fail)["signs"]["contrast"] == {"planned": 1.0, "realised": None}
    assert set(rerun(text)["causes"]) >= {"thin_contrast", "spread"}


def test_rows_that_rest_on_several_units_and_whole_weeks() -> None:
    rng = np.random.default_rng(5)
    lot = StartLot(12, np.zeros(16, dtype=np.int64), (4, 8, 12))
    exposure, drawn = draw(lot, rng), redraws(lot, 199, rng)
    chain = 0.75 * np.eye(16) + 0.25 * np.roll(np.eye(16), 1, axis=1)
    truth = np.repeat(chain @ exposure, 5, axis=1)
    panel = publishable(day_panel(rng, truth, effect=-6.0).by_span(np.arange(60) // 5))
    plan = Plan(2.0, 2.0, 0.5, (1.0,))
    found = rerun(bundle(panel, Design(exposure, drawn, chain=chain, whole=True), plan, 0, CLEAN))
    assert found["after"] is None
    assert found["day"]["effect"] == pytest.approx(-6, abs=1.5)
    assert found["verdict"] == "clearly_worse"


def test_an_open_limit_is_none() -> None:
    assert rerun(_bundle(0))["day"]["low"] is None


def test_one_changed_digit_fails(text: str) -> None:
    content = json.loads(text)
    first = next(place for place, weight in enumerate(content["weight"][0]) if weight)
    content["total"][0][first] += 0.000001
    with pytest.raises(BundleError) as refused:
        rerun(json.dumps(content))
    assert refused.value.code == "digest"


def _signed_again(content: dict[str, Any]) -> str:
    from luwes.core.evaluation.bundle import _digest

    content.pop("digest")
    return json.dumps(content | {"digest": _digest(content)})


@pytest.mark.parametrize("change", [{"verdict": "better"}, {"day": {}}, {"slight": True}])
def test_a_result_that_does_not_follow_fails_even_with_a_digest(text: str, change: dict[str, Any]) -> None:
    content = json.loads(text)
    content["result"] |= change
    with pytest.raises(BundleError, match="result"):
        rerun(_signed_again(content))
    content = json.loads(text)
    content["result"]["day"]["low"] += 0.0001
    with pytest.raises(BundleError, match="result"):
        rerun(_signed_again(content))


@pytest.mark.parametrize("wrong", ["", "[]", "{}", '{"digest": 1}', "3"])
def test_what_is_no_bundle_is_said(wrong: str) -> None:
    with pytest.raises(BundleError, match="unreadable"):
        rerun(wrong)


def test_small_cells_and_endless_shares_do_not_go_out() -> None:
    rng = np.random.default_rng(2)
    exposure = draw(weekday_lot(6, 4), rng)
    panel = day_panel(rng, exposure, effect=0.0)
    with pytest.raises(BundleError, match="small_cell"):
        bundle(panel, Design(exposure, exposure[None]), PLAN, 1, CLEAN)
    with pytest.raises(BundleError, match="too_many_shares"):
        bundle(publishable(panel), Design(rng.random((6, 20)), exposure[None]), PLAN, 1, CLEAN)
    assert set(result(panel, Design(exposure, exposure[None]), PLAN, 1, CLEAN)) >= {"verdict", "causes", "day"}
    kept = publishable(panel)
    assert kept.weight[kept.weight > 0].min() >= 5


def test_the_packed_file_gives_the_same_without_luwes(text: str, tmp_path: Path) -> None:
    folder = Path(luwes.core.evaluation.__file__).parent
    program = packed({name: (folder / f"{name}.py").read_text("utf-8") for name in MODULES})
    (tmp_path / "periksa.py").write_text(program, "utf-8")
    whole = package({"plan": "contoh"}, {"survey": text})
    (tmp_path / "bundle.json").write_text(whole, "utf-8")
    (tmp_path / "changed.json").write_text(whole.replace('"look":1', '"look":0'), "utf-8")
    # Isolated: neither the folder of the product nor the environment's paths are searched.
    run = [sys.executable, "-I", "-W", "error", str(tmp_path / "periksa.py")]
    done = subprocess.run([*run, str(tmp_path / "bundle.json")], capture_output=True, text=True, cwd=tmp_path)
    assert done.stderr == ""
    assert json.loads(done.stdout) == {"survey": json.loads(text)["result"]}
    changed = subprocess.run([*run, str(tmp_path / "changed.json")], capture_output=True, text=True, cwd=tmp_path)
    assert changed.returncode == 1
    assert changed.stderr.startswith("digest")


def test_a_package_holds_every_outcome_and_what_it_is_about(text: str) -> None:
    whole = json.loads(package({"plan": "contoh"}, {"survey": text, "hours": text}))
    signed = json.dumps(whole | {"signature": "abc"})
    assert rerun_package(signed) == dict.fromkeys(("survey", "hours"), json.loads(text)["result"])
    for change in ({"about": {"plan": "lain"}}, {"outcomes": {"survey": whole["outcomes"]["survey"]}}):
        with pytest.raises(BundleError, match="digest"):
            rerun_package(json.dumps(whole | change))
    for wrong in ("", "[]", "{}", '{"digest": 1, "outcomes": []}'):
        with pytest.raises(BundleError, match="unreadable"):
            rerun_package(wrong)
    with pytest.raises(BundleError, match="empty"):
        package({}, {})


def test_a_missing_module_is_an_error() -> None:
    with pytest.raises(KeyError):
        packed({})
