"""Figures of the survey in words."""

import pytest

from luwes.apps.results.intake.queries import Content
from luwes.web.survey.shown import content_words, per_delivered


@pytest.mark.parametrize(
    ("answers", "delivered", "said"),
    [
        (20, 80, "25,0\N{NO-BREAK SPACE}%"),
        (80, 80, "100,0\N{NO-BREAK SPACE}%"),
        (81, 80, "lebih dari 100 %"),
        (20, None, "layanan selesai tidak tercatat"),
        (4, 80, "di bawah lima jawaban"),
    ],
)
def test_answers_for_every_service_delivered(answers: int, delivered: int | None, said: str) -> None:
    assert per_delivered(answers, delivered) == said


@pytest.mark.parametrize(
    ("by_file", "said"),
    [(0, ""), (4, "di antaranya kurang dari 5 dari berkas survei"), (6, "di antaranya 6 dari berkas survei")],
)
def test_answers_from_files_are_told_apart_from_those_of_posters(by_file: int, said: str) -> None:
    assert content_words(Content(answers=40, by_file=by_file))["by_file"] == said
