"""From a frozen plan to a verdict over real tables, with the truth known."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.evaluation import queries, runs, wording
from luwes.apps.evaluation.actions import (
    LookNotDue,
    NoLookLeft,
    NoSuchLook,
    NoSuchPlan,
    NotFrozen,
    draft_plan,
    open_look,
    run_look,
)
from luwes.apps.evaluation.models import AnalysisPlan, Look, Run
from luwes.apps.evaluation.plans import Asked, Content, LotKind, LotSpec, Role
from luwes.apps.results.models import ServiceFigure
from luwes.core.evaluation.bundle import BundleError, rerun_package
from luwes.core.evaluation.pack import packed
from tests.apps.evaluation import world as w
from tests.world import SETUP

pytestmark = pytest.mark.django_db
SURVEY = Asked("survey", Role.PRIMARY, 8.0, 4.0, error=1.0)


@pytest.fixture
def world(now: object) -> w.World:
    one = w.plant()
    before = w.past()
    w.timely(one, before, np.zeros((w.AGENCIES, len(before))), 0.0)
    return one


def looked(plan: AnalysisPlan, times: int = 2) -> Run:
    for _ in range(times):
        with unit_of_work(SETUP, w.RUN):
            look = open_look(plan_id=plan.public_id)
        with unit_of_work(SETUP, w.RUN):
            found = run_look(look_pk=look.pk)
    return found


def lived(one: w.World, plan: AnalysisPlan, effect: float, *, lived: float = 0.9) -> Content:
    content = Content.from_json(plan.content)
    w.timely(one, list(content.days), np.array(content.exposure), effect, seed=5)
    w.planned(one, content, lived=lived)
    return content


def outcome(found: Run, measure: str = "within_time") -> dict[str, object]:
    told: dict[str, object] = json.loads(found.result)["outcomes"][measure]
    return told


def test_nothing_changed_is_not_worse_and_the_look_stands_before_the_result(world: w.World) -> None:
    plan = w.frozen(world)
    lived(world, plan, 0.0)
    with unit_of_work(SETUP, w.RUN):
        look = open_look(plan_id=plan.public_id)
    assert not Run.objects.exists()
    assert AuditEntry.objects.filter(action="evaluation.looked").count() == 1
    with unit_of_work(SETUP, w.RUN):
        assert open_look(plan_id=plan.public_id) == look, "an opened look is not spent twice"
    found = looked(plan)
    assert (outcome(found)["verdict"], json.loads(found.result)["grade"]) == ("not_worse", "A")
    assert Look.objects.count() == 2
    with pytest.raises(NoLookLeft), unit_of_work(SETUP, w.RUN):
        open_look(plan_id=plan.public_id)
    row = queries.latest(w.RUN.date())
    assert row is not None
    assert wording.service_sentence(row).startswith("Layanan tidak memburuk melewati batas")
    assert "tidak memburuk lebih dari 8,0 poin persen" in wording.outcome_sentence("within_time", outcome(found))


def test_the_same_plan_data_and_code_give_the_same_json(world: w.World) -> None:
    plan = w.frozen(world)
    content = lived(world, plan, 0.0)
    found = looked(plan)
    again = runs.run(content, 1, w.past(), [])
    assert again.result == found.result
    one = ServiceFigure.objects.filter(day=content.days[3]).order_by("pk")[0]
    ServiceFigure.objects.filter(pk=one.pk).update(kept=one.kept - 1)
    other = runs.run(content, 1, w.past(), [])
    assert other.input_digest != found.input_digest
    with unit_of_work(SETUP, w.RUN):
        assert run_look(look_pk=found.look_id).result == found.result, "what was found stays as it was"


@pytest.mark.parametrize(
    ("effect", "real", "verdict", "cause"),
    [(-30.0, 0.9, "clearly_worse", None), (0.0, 0.1, "not_enough", "thin_contrast"), (-4.0, 0.9, None, None)],
)
def test_harm_is_told_and_what_was_not_done_is_not_harmless(
    world: w.World, effect: float, real: float, verdict: str | None, cause: str | None
) -> None:
    plan = w.frozen(world)
    lived(world, plan, effect, lived=real)
    told = outcome(looked(plan))
    if verdict is None:
        # Half of the margin: whatever is said, the truth is within what is shown.
        day = told["day"]
        assert isinstance(day, dict)
        assert day["low"] < effect < day["high"]
        return
    assert told["verdict"] == verdict
    assert cause is None or cause in told["causes"]  # type: ignore[operator]


def test_a_lot_nobody_followed_or_lived_is_no_lot(world: w.World) -> None:
    plan = w.frozen(world)
    content = Content.from_json(plan.content)
    w.timely(world, list(content.days), np.array(content.exposure), 0.0, seed=5)
    nothing = json.loads(looked(plan, 1).result)
    assert (nothing["grade"], nothing["service"]["verdict"]) == ("D", "inseparable")
    assert "lot_not_followed" in nothing["why"]
    other = tuple(tuple(row) for row in np.roll(np.array(content.exposure), 1, axis=1))
    w.planned(world, replace(content, exposure=other))
    found = runs.run(content, 1, w.past(), [])
    assert json.loads(found.result)["grade"] == "D"


def test_the_package_is_computed_again_without_luwes_and_one_changed_digit_fails(
    world: w.World, tmp_path: Path
) -> None:
    plan = w.frozen(world)
    lived(world, plan, 0.0)
    looked(plan)
    row = queries.runs_of(plan.public_id)[-1]
    figures = {name: outcome(Run.objects.get(look__number=1))[name] for name in ("verdict", "day", "month", "causes")}
    again = rerun_package(row.evidence)["within_time"]
    assert {name: again[name] for name in figures} == figures
    (tmp_path / "periksa.py").write_text(packed(runs.sources()), "utf-8")
    (tmp_path / "paket.json").write_text(row.evidence, "utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "periksa.py"), str(tmp_path / "paket.json")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["within_time"] == again
    digit = row.evidence.index('"weight":[[') + len('"weight":[[')
    changed = row.evidence[:digit] + str((int(row.evidence[digit]) + 1) % 10) + row.evidence[digit + 1 :]
    with pytest.raises(BundleError):
        rerun_package(changed)
    assert "Dinas" not in row.evidence
    assert min(w for one in json.loads(row.evidence)["outcomes"]["within_time"]["weight"] for w in one if w) >= 5


def test_cells_too_small_to_publish_are_judged_inside_only(world: w.World) -> None:
    ServiceFigure.objects.all().delete()
    before = w.past()
    w.timely(world, before, np.zeros((w.AGENCIES, len(before))), 0.0, cases=4)
    plan = w.frozen(world, outcomes=(replace(w.TIMELY, margin_day=15.0, margin_month=8.0),))
    content = Content.from_json(plan.content)
    w.timely(world, list(content.days), np.array(content.exposure), 0.0, seed=5, cases=4)
    w.planned(world, content)
    found = looked(plan)
    assert json.loads(found.result)["checkable"] is False
    assert bytes(found.evidence) == b""
    assert outcome(found)["day"] is not None


def test_the_silence_of_the_unhappy_takes_reassurance_away(world: w.World) -> None:
    plan = w.frozen(world, outcomes=(SURVEY,))
    content = lived(world, plan, 0.0)
    exposure = np.array(content.exposure)
    w.answers(world, list(content.days), exposure, -2.0, lost=0.9)
    told = outcome(looked(plan), "survey")
    # Two points less on flexible days look like more when only the content answer.
    assert told["verdict"] == "not_worse"
    assert told["day"]["low"] > 0  # type: ignore[index]
    ServiceFigure.objects.filter(measure="survey").delete()
    w.answers(world, list(content.days), exposure, -9.0, lost=0.9)
    hidden = json.loads(runs.run(content, 1, w.past(), []).result)["outcomes"]["survey"]
    assert hidden["verdict"] == "not_enough"
    assert "response" in hidden["causes"]
    ServiceFigure.objects.filter(measure="survey").delete()
    w.answers(world, list(content.days), exposure, 0.0)
    alike = json.loads(runs.run(content, 1, w.past(), []).result)["outcomes"]["survey"]
    assert alike["verdict"] == "not_worse"
    assert alike["units"] == w.AGENCIES


def test_a_lot_over_starts_and_one_over_shares(world: w.World) -> None:
    lots = (
        LotSpec(LotKind.START, 3, starts=(0, 2, 4, 6), redraws=399),
        LotSpec(LotKind.SHARE, 3, every=1, weekdays=(5,), shares=(0.25, 0.75), redraws=399),
    )
    for number, lot in enumerate(lots):
        plan = w.frozen(world, lot=lot, outcomes=(replace(w.TIMELY, margin_day=20.0, margin_month=20.0),))
        if not number:
            content = lived(world, plan, -30.0)
        else:
            content = Content.from_json(plan.content)
            assert set(np.unique(np.array(content.exposure))) == {0.0, 0.25, 0.75}
            continue
        told = outcome(looked(plan))
        assert told["after"] is None
        assert told["verdict"] == "clearly_worse"


def test_looks_wait_for_their_date_and_for_a_frozen_plan(world: w.World) -> None:
    with unit_of_work(SETUP, w.DRAFTED):
        made = draft_plan(wanted=w.wanted(world))
    with pytest.raises(NotFrozen), unit_of_work(SETUP, w.RUN):
        open_look(plan_id=made)
    plan = w.frozen(world)
    with pytest.raises(LookNotDue, match="2026-08-31"), unit_of_work(SETUP, w.DRAFTED):
        open_look(plan_id=plan.public_id)
    with pytest.raises(NoSuchPlan), unit_of_work(SETUP, w.RUN):
        open_look(plan_id="tidakada")
    with pytest.raises(NoSuchLook), unit_of_work(SETUP, w.RUN):
        run_look(look_pk=0)


def test_an_outcome_nobody_records_is_missing_and_spares_the_others(world: w.World) -> None:
    unrecorded = Asked("queue_wait", Role.SUPPORTING, 2.0, 2.0)
    plan = w.frozen(world, outcomes=(w.TIMELY, unrecorded, replace(unrecorded, measure="output", role=Role.OUTPUT)))
    lived(world, plan, 0.0)
    found = looked(plan)
    for measure in ("queue_wait", "output"):
        assert outcome(found, measure)["causes"] == ["missing"]
    assert outcome(found)["verdict"] == "not_worse"
    assert json.loads(found.result)["service"]["verdict"] == "not_worse"
    assert json.loads(found.result)["checkable"] is True


def test_units_that_fall_silent_under_the_plan_are_missing(world: w.World) -> None:
    plan = w.frozen(world)
    content = lived(world, plan, 0.0)
    ServiceFigure.objects.filter(service__in=world.services[:3], day__gte=w.START).delete()
    told = json.loads(runs.run(content, 1, w.past(), []).result)["outcomes"]["within_time"]
    assert (told["verdict"], told["causes"]) == ("not_enough", ["missing"])


def test_other_units_bound_what_a_lot_over_weekdays_cannot_see_only_while_they_went_alike(world: w.World) -> None:
    blind = replace(w.LOT, shares=())
    wide = (replace(w.TIMELY, margin_day=12.0, margin_month=10.0),)
    plan = w.frozen(world, lot=blind, units=world.keys[4:], compared=world.keys[:4], outcomes=wide)
    content = lived_by_all(world, plan)
    fine = json.loads(runs.run(content, 1, w.past(), []).result)["outcomes"]["within_time"]
    assert fine["verdict"] == "not_worse"
    alone = json.loads(runs.run(replace(content, compared=()), 1, w.past(), []).result)["outcomes"]["within_time"]
    assert alone["causes"] == ["spread"]
    # All days of the units under the lot lose twelve points: only the others show it.
    fallen = ServiceFigure.objects.filter(service__in=world.services[4:], day__gte=w.START)
    for one in fallen:
        one.kept = round(one.kept * 0.87)
    ServiceFigure.objects.bulk_update(fallen, ["kept"])
    harmed = json.loads(runs.run(content, 1, w.past(), []).result)["outcomes"]["within_time"]
    assert harmed["verdict"] == "not_enough"
    assert harmed["month"]["low"] < -10
    # Where they had parted before the start already, the others say nothing.
    late = ServiceFigure.objects.filter(service__in=world.services[4:], day__gte=w.past()[30], day__lt=w.START)
    for one in late:
        one.kept = round(one.kept * 0.87)
    ServiceFigure.objects.bulk_update(late, ["kept"])
    parted = json.loads(runs.run(content, 1, w.past(), []).result)["outcomes"]["within_time"]
    assert "spread" in parted["causes"]


def lived_by_all(one: w.World, plan: AnalysisPlan) -> Content:
    """The plan's days, the units that are only compared with having none."""
    content = Content.from_json(plan.content)
    exposure = np.zeros((w.AGENCIES, len(content.days)))
    for row, drawn in zip(content.units, content.exposure, strict=True):
        exposure[one.keys.index(row)] = drawn
    w.timely(one, list(content.days), exposure, 0.0, seed=5)
    w.planned(one, replace(content, units=one.keys, exposure=tuple(tuple(row) for row in exposure)))
    return content
