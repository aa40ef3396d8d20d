"""The published before-and-after of Purwakarta: one subtraction changes the sign of the conclusion."""

from datetime import date
from fractions import Fraction

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.evaluation.costs import Beside, beside, sentence
from luwes.apps.people import actions as people
from luwes.apps.people.models import UnitKind
from luwes.apps.results.models.bills import Utility
from luwes.apps.schedule.models import ExposureMonth
from luwes.apps.sources import actions as imports
from luwes.core.evaluation.grade import Assignment, Grade, Why, grade
from luwes.core.evaluation.verdict import Evidence, Shown, Verdict, judge
from tests.apps.evaluation import world as w
from tests.apps.results.test_bills import HEADERS
from tests.world import SETUP

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
# Electricity, million rupiah in January and February 2026; the civil registry did not take part.
OFFICES = {
    "Sekretariat Daerah": (190, 160),
    "Dinas Kesehatan": (23, 18),
    "Dinas Pekerjaan Umum": (26, 18),
    "Dinas Pertanian": (7, 5),
    "Badan Pendapatan": (18, 15),
    "Dinas Kependudukan": (10, 8),
}
WITHOUT = "Dinas Kependudukan"


def plant(without: str = WITHOUT) -> None:
    with unit_of_work(SETUP, w.DRAFTED):
        top = people.create_unit(code="0", name="Kabupaten", kind=UnitKind.GOVERNMENT, parent=None)
        units = {name: people.create_unit(code=name, name=name, kind=UnitKind.AGENCY, parent=top) for name in OFFICES}
    rows = [
        f"{name};Listrik;M{place};;;{month};{amount};;"
        for place, (name, amounts) in enumerate(OFFICES.items())
        for month, amount in zip(("01/2026", "02/2026"), amounts, strict=True)
    ]
    with unit_of_work(SETUP, w.DRAFTED):
        payload = "\n".join([HEADERS, *rows]).encode("utf-8-sig")
        batch = imports.stage(kind="bills", source_name="Bagian Umum", file_name="listrik.csv", payload=payload)
    with unit_of_work(SETUP, w.DRAFTED):
        imports.confirm(batch_id=batch.public_id, version=batch.version)
    for name in OFFICES:
        if name != without:
            ExposureMonth.objects.create(
                unit=units[name],
                month=FEBRUARY,
                kind="flexible",
                threshold=0.25,
                days=4,
                flexible=10,
                on_duty=80,
                exposure_sum=2,
                largest_sum=2,
                computed_at=w.DRAFTED,
            )


@pytest.mark.django_db
def test_purwakarta_saved_nothing_that_can_be_told() -> None:
    plant()
    found = beside(Utility.ELECTRICITY, JANUARY, FEBRUARY)
    assert found is not None
    assert (found.applied, found.others) == (Fraction(216, 264) - 1, Fraction(-1, 5))
    # Before and after says that they saved; beside the office without flexible work they used more.
    assert found.applied < 0 < found.applied - found.others
    told = sentence(found, 1).replace("\N{NO-BREAK SPACE}", " ")
    assert "turun 18,2 %" in told
    assert "1 unit tanpa hari fleksibel turun 20,0 % pada masa yang sama." in told
    assert "Belum cukup bukti: pembandingnya kurang dari dua unit; tagihan sebelum kebijakan kurang dari enam" in told
    assert "hemat" not in told
    assert beside(Utility.WATER, JANUARY, FEBRUARY) is None


@pytest.mark.django_db
def test_without_any_comparison_that_is_said() -> None:
    plant(without="")
    found = beside(Utility.ELECTRICITY, JANUARY, FEBRUARY)
    assert found is not None
    assert found.others is None
    assert "tidak ada unit tanpa hari fleksibel" in sentence(found, 12)
    enough = Beside(Fraction(-1, 10), Fraction(1, 10), 5, 3)
    assert sentence(enough, 6).endswith("Belum cukup bukti: penetapan hari fleksibel tidak melalui undian.")


def test_the_engine_names_no_cause_either() -> None:
    how = Assignment(False, False, 0.0, 1, units=5, starts=1, compared=1, pre_months=1, fixed_weekday=True)
    reached, why = grade(how)
    assert (reached, why) == (Grade.D, (Why.NO_COMPARISON,))
    saved = Shown(15.8, 15.0, 16.0, 2.0)
    assert judge(Evidence(reached, saved, saved)).verdict is Verdict.INSEPARABLE
