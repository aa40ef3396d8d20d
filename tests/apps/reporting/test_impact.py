"""What reports say of an evaluation: nothing concluded without one, and its verdict with its date once there is one."""

from datetime import date

import numpy as np
import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.evaluation.actions import open_look, run_look
from luwes.apps.evaluation.plans import Content
from luwes.apps.reporting import four, impact
from luwes.apps.reporting.monthly import monthly, monthly_report
from tests.apps.evaluation import world as w
from tests.world import SETUP

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def told(month: date) -> str:
    report = monthly_report(monthly("", month, w.RUN.date()))
    return dict(report.facts)["Dampak kerja fleksibel"]


def test_nothing_is_concluded_before_a_run_and_its_verdict_after_it() -> None:
    world = w.plant()
    before = w.past()
    w.timely(world, before, np.zeros((w.AGENCIES, len(before))), 0.0)
    plan = w.frozen(world)
    content = Content.from_json(plan.content)
    w.timely(world, list(content.days), np.array(content.exposure), 0.0, seed=5)
    w.planned(world, content)
    assert told(SEPTEMBER).startswith("Belum dapat disimpulkan: belum ada rencana evaluasi")
    assert "Yang paling ringan agar dampak terukur: undian" in told(SEPTEMBER)
    notices = four.questions(SEPTEMBER, w.RUN.date())[0].answer.notices
    assert any(one.startswith("Belum dapat disimpulkan") for one in notices)
    for _ in range(2):
        with unit_of_work(SETUP, w.RUN):
            look = open_look(plan_id=plan.public_id)
        with unit_of_work(SETUP, w.RUN):
            run_look(look_pk=look.pk)
    found = told(SEPTEMBER)
    assert found.startswith("Layanan tidak memburuk melewati batas yang ditetapkan")
    assert "Senin, 28 September 2026" in found
    assert "Mutu bukti A" in found
    assert "undian untuk" not in found
    # The page remembers, and hears of the run.
    notices = four.questions(SEPTEMBER, w.RUN.date())[0].answer.notices
    assert any(one.startswith("Layanan tidak memburuk") for one in notices)
    august = impact.found_by(date(2026, 7, 1))
    assert august is None, "a result is not told in reports of months before its data end"
    assert impact.output_sentence(impact.found_by(OCTOBER)) is None
    assert impact.quality_word(None) == "Belum dapat disimpulkan"
