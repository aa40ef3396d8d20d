"""What citizens said and met, as sentences: pooled over services, closed below five."""

from datetime import date, datetime

import pytest

from luwes.apps.people.models import Unit
from luwes.apps.reporting.four import unit_questions
from luwes.apps.reporting.heard import heard
from luwes.apps.reporting.monthly import monthly, monthly_report
from luwes.apps.results.models import SurveyAnswer
from tests.apps.results.services import world as w
from tests.apps.results.services.test_complaints import HEADERS as COMPLAINTS
from tests.apps.results.services.test_complaints import recap
from tests.apps.results.services.test_queue import HEADERS as QUEUE
from tests.apps.results.services.test_queue import visit
from tests.apps.results.services.test_survey import GOOD, MIXED
from tests.apps.results.services.test_survey import HEADERS as SURVEY
from tests.apps.results.services.world import World, plant
from tests.world import plant_service

NOVEMBER, TODAY = date(2026, 11, 1), date(2026, 11, 25)


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return plant(now)


def visits(count: int) -> list[str]:
    return [visit(f"A{number}", "08.00", f"08.{number + 1:02d}", "09.00") for number in range(count)]


def test_nothing_heard_is_nothing_said(world: World) -> None:
    assert heard(NOVEMBER, TODAY) == []


def test_four_people_are_not_shown_and_five_are(now: datetime, world: World) -> None:
    w.store(now, "survey", SURVEY, *[GOOD] * 4)
    w.store(now, "queue", QUEUE, *visits(4))
    w.store(now, "complaints", COMPLAINTS, recap("Dinas Kesehatan", "0 0 1 3", month="November 2026"))
    assert heard(NOVEMBER, TODAY) == []
    w.store(now, "survey", SURVEY, *[GOOD] * 4, MIXED)
    w.store(now, "queue", QUEUE, *visits(5))
    w.store(now, "complaints", COMPLAINTS, recap("Dinas Kesehatan", "0 0 1 4", month="November 2026"))
    survey, queue, complaints = heard(NOVEMBER, TODAY)
    # Four of 33 and one of 18 points over nine elements: 25 * (4 * 33 + 18) / 9 / 5.
    assert survey.startswith("IKM 83,3 (kisaran ")
    assert survey.endswith(" dari 5 jawaban pada 1 layanan.")
    assert queue == ("Antrean: separuh dari 5 orang dipanggil dalam 3 menit, sembilan dari sepuluh dalam 5 menit.")
    assert complaints == "Pengaduan: 5, selesai 4."


def test_a_unit_hears_of_itself_alone(now: datetime, world: World) -> None:
    w.store(now, "queue", QUEUE, *visits(6))
    own = {key: Unit.objects.get(key=key).pk for key in (world.units.section, world.units.works)}
    assert len(heard(NOVEMBER, TODAY, world.units.section, [own[world.units.section]])) == 1
    assert heard(NOVEMBER, TODAY, world.units.works, [own[world.units.works]]) == []
    asked = unit_questions(world.units.health, NOVEMBER, TODAY)[0].answer
    assert asked.notices[-1].startswith("Antrean: separuh dari 6 orang"), "the section's counter is the agency's"


def test_the_report_has_the_waits_and_hides_few(now: datetime, world: World) -> None:
    w.store(now, "queue", QUEUE, *visits(6))
    (table,) = [one for one in monthly_report(monthly("", NOVEMBER, TODAY)).tables if one.title == "Antrean"]
    assert table.rows == [["Pengujian sampel", 6, 6, 6, 3, 6]]
    w.store(now, "queue", QUEUE, *visits(3))
    (table,) = [one for one in monthly_report(monthly("", NOVEMBER, TODAY)).tables if one.title == "Antrean"]
    assert table.rows == [["Pengujian sampel", None, None, None, None, None]]


def test_the_sum_leaves_out_what_is_hidden_of_a_service(now: datetime, world: World) -> None:
    w.store(now, "survey", SURVEY, *[GOOD] * 6)
    before = heard(NOVEMBER, TODAY)
    few = [row.replace("Pengujian sampel", "Kalibrasi alat") for row in [MIXED] * 4]
    plant_service(now, world.units.section, name="Kalibrasi alat")
    w.store(now, "survey", SURVEY, *[GOOD] * 6, *few)
    assert SurveyAnswer.objects.filter(superseded_at=None).count() == 10
    assert heard(NOVEMBER, TODAY) == before


def test_the_annex_does_not_count_four_people(now: datetime, world: World) -> None:
    w.store(now, "survey", SURVEY, *[GOOD] * 4)
    (line,) = monthly("", NOVEMBER, TODAY).files
    assert (line.what, line.rows, line.first, line.last) == ("Survei", None, None, None)
    annex = monthly_report(monthly("", NOVEMBER, TODAY)).tables[-1]
    assert annex.note == "– berarti kurang dari lima orang, atau angka sekecil itu akan terbaca darinya."
    w.store(now, "survey", SURVEY, *[GOOD] * 5)
    assert [line.rows for line in monthly("", NOVEMBER, TODAY).files] == [5]
