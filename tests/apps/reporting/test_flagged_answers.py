"""The monthly survey table says how many of the counted answers bear a flag."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from luwes.apps.reporting.monthly_sections import survey_table
from luwes.apps.results.measures import AnswerSums
from luwes.apps.results.service_queries import Facts, ServiceMonth
from luwes.core.exposure.shares import DayKind


@pytest.mark.parametrize(
    ("counts", "told"),
    [([0, 0], ""), ([3, 0], "Beberapa jawaban dari poster QR bertanda"), ([3, 4], "7 jawaban dari poster QR bertanda")],
)
def test_flagged_answers_are_told_where_they_are_counted(counts: list[int], told: str) -> None:
    services = [
        ServiceMonth(
            pk=pk,
            key=str(pk),
            name="Pengujian",
            owner_pk=1,
            confirmed=True,
            month=date(2026, 11, 1),
            kinds={DayKind.UNDEFINED: Facts(answers=AnswerSums(answers=count, flagged=(count, count, count)))},
        )
        for pk, count in enumerate(counts)
    ]
    found: Any = SimpleNamespace(services=services)
    note = survey_table(found).note
    assert told in note
    assert ("bertanda" in note) is bool(told)
