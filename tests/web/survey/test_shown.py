"""Figures of the survey in words."""

import pytest

from luwes.web.survey.shown import per_delivered


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
