"""Survey answers: raw values alone, replaced by the day and source, indices refused."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.results.measures import AnswerSums, Measure
from luwes.apps.results.models import ServiceFigure, SurveyAnswer
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import ImportBatch
from luwes.core.indicators.suppress import Suppressed
from luwes.core.indicators.survey import SurveyResult, survey_result
from tests.apps.results.services import world as w
from tests.apps.results.services.world import MONDAY, TEST, TUESDAY, World, codes, counts, findings
from tests.apps.staff_files import choose_rest, confirm, stage

HEADERS = "Jenis Pelayanan;Tanggal Survei;Saluran;U1;U2;U3;U4;U5;U6;U7;U8;U9;Dilayani;Sesuai Janji;Puas;Nilai IKM"
SURVEY = Measure.SURVEY


def nine(values: str, *, day: str = "23/11/2026", channel: str = "") -> str:
    """One respondent; `values` are nine cells parted by spaces, `_` is an empty one."""
    cells = ["" if cell == "_" else cell for cell in values.split()]
    return ";".join([TEST, day, channel, *cells, "", "", "", ""])


def short(served: str = "", promised: str = "", content: str = "", index: str = "") -> str:
    return ";".join([TEST, "23/11/2026", "QR", *[""] * 9, served, promised, content, index])


GOOD, MIXED = nine("4 4 3 4 4 4 4 3 3"), nine("2 2 2 2 2 3 2 2 1")


def staged(now: datetime, *rows: str, source: str = "Biro Organisasi") -> ImportBatch:
    return w.staged(now, "survey", HEADERS, *rows, source=source)


def store(now: datetime, *rows: str, source: str = "Biro Organisasi") -> ImportBatch:
    return confirm(staged(now, *rows, source=source), now)


def sums(service: int, day: date = MONDAY) -> AnswerSums:
    return AnswerSums.from_json(w.figure(service, day, SURVEY).sums)


def test_answers_are_summed_so_that_the_index_can_be_made_from_days(now: datetime, world: World) -> None:
    batch = store(now, *[GOOD] * 3, MIXED, nine("4 _ 3 4 4 4 4 3 3", channel="QR"))
    assert counts(batch) == (5, 0, 0, 0)
    found = sums(world.test)
    assert (found.answers, found.survey.complete, found.survey.incomplete) == (5, 4, 1)
    assert found.survey.counts[0] == (0, 1, 0, 3)
    assert (found.survey.total, found.survey.squares) == (3 * 33 + 18, 3 * 33**2 + 18**2)
    assert found.channels == {"qr": 1, "tidak disebut": 4}
    assert w.kept(world.test, MONDAY, SURVEY) == (4, 5), "18 of 9 answers is the middle, not above it"
    assert isinstance(survey_result(found.survey), Suppressed), "four complete respondents are not shown"
    row = SurveyAnswer.objects.get(channel="qr")
    assert (row.elements, row.batch, row.row_number) == ([4, None, 3, 4, 4, 4, 4, 3, 3], batch, 6)


def test_days_add_up_to_the_index_of_all_answers(now: datetime, world: World) -> None:
    store(now, *[GOOD] * 3, *[nine("3 3 3 3 3 3 3 3 3", day="24/11/2026")] * 3)
    found = survey_result(sums(world.test).survey + sums(world.test, TUESDAY).survey)
    assert isinstance(found, SurveyResult)
    assert (found.n, found.index) == (6, Decimal("83.33"))


def test_short_answers_count_beside_the_nine_elements(now: datetime, world: World) -> None:
    store(now, short("ya", "tidak", "4"), short("Ya", "Ya", "2"), short("tidak"), short("", "", "3,0"))
    found = sums(world.test)
    assert (found.served, found.promised, found.content) == ((1, 2), (1, 1), (0, 1, 1, 1))
    assert (found.answers, found.survey.complete, found.survey.incomplete) == (4, 0, 0)
    assert w.kept(world.test, MONDAY, SURVEY) == (2, 3), "who says only whether served says nothing of content"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (nine("0 4 4 4 4 4 4 4 4"), "not_an_answer"),
        (nine("4 4 4 4 5 4 4 4 4"), "not_an_answer"),
        (nine("3,25 4 4 4 4 4 4 4 4"), "not_an_answer"),
        (nine("88 4 4 4 4 4 4 4 4"), "not_an_answer"),
        (short("mungkin"), "not_yes_or_no"),
        (short("ya", "ya", "5"), "not_an_answer"),
        (short(index="87,62"), "index_alone"),
        (short(), "nothing_answered"),
        (nine("NA NA NA NA NA NA NA NA NA"), "nothing_answered"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(now: datetime, world: World, row: str, code: str) -> None:
    batch = staged(now, row)
    assert (batch.counts["new"], codes(batch)) == (0, [code])


def test_not_answered_is_neither_zero_nor_a_reason_to_refuse(now: datetime, world: World) -> None:
    store(now, nine("NA 4 - 4 4 4 4 4 n/a"))
    assert SurveyAnswer.objects.get().elements == [None, 4, None, 4, 4, 4, 4, 4, None]


def test_an_index_beside_answers_is_left_out(now: datetime, world: World) -> None:
    store(now, GOOD.removesuffix(";") + ";88,31")
    assert sums(world.test).survey.complete == 1


def test_a_file_of_indices_alone_cannot_be_stored(now: datetime, world: World) -> None:
    batch = w.staged(now, "survey", "Layanan;Tanggal;Indeks Kepuasan Masyarakat", (TEST, "23/11/2026", "87,62"))
    assert codes(batch) == ["index_alone"]
    said = kind_of("survey").say("index_alone", {})
    assert "jumlah responden" in said


def test_the_same_answers_again_in_another_order_change_nothing(now: datetime, world: World) -> None:
    store(now, GOOD, MIXED, short("ya"))
    assert counts(store(now + timedelta(hours=1), short("ya"), GOOD, MIXED)) == (0, 0, 3, 0)
    assert SurveyAnswer.objects.count() == 3


def test_a_day_of_one_source_is_replaced_whole_and_other_sources_stay(now: datetime, world: World) -> None:
    store(now, GOOD, GOOD)
    store(now, MIXED, source="QR loket")
    assert sums(world.test).answers == 3
    later = now + timedelta(days=1)
    again = store(later, GOOD, MIXED, MIXED)
    assert (counts(again), findings(again)) == ((0, 3, 0, 0), {})
    assert sums(world.test).answers == 4
    assert SurveyAnswer.objects.filter(superseded_at=later).count() == 2
    assert findings(staged(later, GOOD)) == {"fewer_than_stored": 1}


def test_days_a_file_no_longer_names_are_told_within_its_span(now: datetime, world: World) -> None:
    days = [nine("4 4 4 4 4 4 4 4 4", day=day) for day in ("20/11/2026", "23/11/2026", "24/11/2026")]
    store(now, *days, days[1])
    again = staged(now, days[0], days[2])
    assert counts(again) == (0, 0, 2, 2), "two answers of one day are gone"
    confirm(again, now, withdraw=True)
    assert not ServiceFigure.objects.filter(day=MONDAY).exists()
    assert SurveyAnswer.objects.filter(superseded_at=None).count() == 2


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, world: World, file_format: str) -> None:
    batch = stage(template_file(kind_of("survey"), file_format), now, kind="survey")
    assert (batch.counts["rows"], batch.counts["rejected"]) == (2, 0)


CELL = st.one_of(
    st.sampled_from([TEST, "1", "4", "5", "0", "NA", "", "-", "23/11/2026", "ya", "3,5", "4.0"]),
    st.text(st.characters(codec="utf-8", exclude_characters=';"\n\r'), max_size=8),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.just(TEST) | CELL, *[CELL] * 15), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, world: World, rows: list[tuple[str, ...]]) -> None:
    SurveyAnswer.objects.all().delete()
    batch = staged(now, *(";".join(row) for row in rows), GOOD, source="Uji")
    if batch.counts["unmapped"]:
        batch = choose_rest(batch, now, "skip")
    if batch.counts["new"]:
        confirm(batch, now)
        assert SurveyAnswer.objects.count() == batch.counts["new"]
