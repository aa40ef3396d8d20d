"""Daily figures from posters: beside those of files, with the flagged told, nothing twice, nothing dropped."""

from datetime import UTC, datetime, timedelta

import pytest

from luwes.apps.audit import retention
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.intake import queries, summing
from luwes.apps.results.measures import AnswerSums, Measure
from luwes.apps.results.models import QrAnswer, ServiceFigure, SurveyComment
from tests.apps.results.intake.world import World, answer, sum_up
from tests.apps.results.services import world as files
from tests.world import SETUP


def figure(world: World) -> tuple[int, int, AnswerSums]:
    row = ServiceFigure.objects.get(service=world.service, measure=Measure.SURVEY.value)
    return row.kept, row.of, AnswerSums.from_json(row.sums)


def test_answers_feed_the_figures_of_their_service_and_day_once(world: World, now: datetime) -> None:
    for value in ("1", "3", "4"):
        answer(now, world.code, puas=value, dilayani="ya", janji="tidak")
    assert sum_up(now) == 3
    kept, of, sums = figure(world)
    assert (kept, of, sums.answers, sums.content) == (2, 3, 3, (1, 0, 1, 1))
    assert (sums.served, sums.promised, sums.channels) == ((0, 3), (3, 0), {"survei QR": 3})
    assert sum_up(now) == 0
    assert figure(world) == (kept, of, sums)


def test_files_and_posters_stand_beside_each_other_by_instrument(world: World, now: datetime) -> None:
    answer(now, world.code, puas="4")
    sum_up(now)
    header = "Layanan;Tanggal;Kanal;Puas"
    row = f"{files.TEST};25/11/2026;kertas;1"
    for _ in range(2):
        files.confirm(files.staged(now, "survey", header, row), now)
        assert figure(world)[2].channels == {"kertas": 1, "survei QR": 1}
    answer(now, world.code, puas="4")
    sum_up(now)
    assert figure(world)[:2] == (2, 3)
    content = queries.survey_of(world.service_key, now.date()).content
    assert (content.answers, content.by_file) == (3, 1)


def test_a_burst_is_counted_flagged_and_told_with_and_without(world: World, now: datetime) -> None:
    for place in range(6):
        answer(now, world.code, puas="1", address=f"198.51.100.{place}")
    sum_up(now)
    for second in range(5):
        answer(now + timedelta(minutes=30, seconds=second), world.code, puas="4")
    sum_up(now)
    kept, of, sums = figure(world)
    assert (kept, of, sums.flagged) == (5, 11, (5, 5, 5))
    content = queries.survey_of(world.service_key, files.WEDNESDAY).content
    assert (content.answers, content.flagged, content.without) == (11, 5, (0, 6))


def test_the_fifth_answer_of_a_burst_flags_those_summed_before(world: World, now: datetime) -> None:
    for _ in range(4):
        answer(now, world.code)
    sum_up(now)
    assert figure(world)[2].flagged == (0, 0, 0)
    answer(now, world.code)
    sum_up(now)
    assert figure(world)[2].flagged == (5, 5, 5)


# Wednesday 25 November 2026; the point is open 08.00-15.00, Monday to Friday.
@pytest.mark.parametrize(
    ("at", "flags"),
    [
        (datetime(2026, 11, 25, 0, 59, tzinfo=UTC), ["di_luar_jam"]),
        (datetime(2026, 11, 25, 1, 0, tzinfo=UTC), []),
        (datetime(2026, 11, 25, 8, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 25, 9, 0, tzinfo=UTC), ["di_luar_jam"]),
        (datetime(2026, 11, 28, 3, 0, tzinfo=UTC), ["di_luar_jam"]),
    ],
)
def test_answers_outside_opening_hours_are_flagged_not_dropped(world: World, at: datetime, flags: list[str]) -> None:
    answer(at, world.code)
    sum_up(at)
    assert QrAnswer.objects.get().flags == flags
    assert figure(world)[2].answers == 1


def test_a_flag_stays_when_its_reason_is_forgotten(world: World, now: datetime) -> None:
    for _ in range(5):
        answer(now, world.code)
    sum_up(now)
    later = now + timedelta(days=22, minutes=1)
    with unit_of_work(SETUP, later):
        assert summing.forget_networks(now=now + timedelta(days=22)) == 0
        assert summing.forget_networks(now=later) == 5
    assert set(QrAnswer.objects.values_list("network", flat=True)) == {""}
    waited = timedelta(days=7)
    answer(now + waited, world.code, puas="4", umur=str(int(waited.total_seconds())))
    sum_up(later)
    assert figure(world)[2].flagged == (5, 5, 5)


def test_what_people_wrote_goes_after_its_time_and_the_answer_stays(world: World, now: datetime) -> None:
    answer(now, world.code, puas="2", pesan="Pak Anu lambat")
    later = now + timedelta(days=91)
    with unit_of_work(SETUP, later):
        retention.purge(now=later)
    assert not SurveyComment.objects.exists()
    assert QrAnswer.objects.get().satisfied == 2


def test_comments_are_those_of_the_service_alone(world: World, now: datetime) -> None:
    answer(now, world.code, puas="2", pesan="Di laboratorium")
    answer(now, world.other, puas="2", pesan="Di tempat lain")
    assert [text for _, text in queries.comments(world.service_key)] == ["Di laboratorium"]


def test_a_service_without_answers_has_its_posters_and_no_figure(world: World) -> None:
    found = queries.survey_of(world.service_key, files.WEDNESDAY)
    assert [(row.code, row.place, row.answers, row.retired) for row in found.posters] == [
        (world.code, "Meja tunggu", 0, False)
    ]
    assert found.content.answers == 0
    assert len(queries.surveyed(None, files.WEDNESDAY)) == 2
    assert len(queries.surveyed({world.units.section}, files.WEDNESDAY)) == 1
