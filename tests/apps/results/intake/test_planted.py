"""The invented province's officer who answers for citizens, through the real intake and the nights that flag."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, ServicePoint
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results import tasks
from luwes.apps.results.intake import summing
from luwes.apps.results.intake.answers import Said
from luwes.apps.results.intake.receiving import Outcome, receive
from luwes.apps.results.models import QrAnswer
from luwes.apps.results.services import moments
from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.citizens import Answer, answers_of, with_posters
from luwes.examples.invented.facts.truths import STUFFED, Rollout
from tests.apps.results.intake.world import begin, poster
from tests.examples.facts.provinces import province
from tests.world import SETUP, plant_units

# A slow week, a hasty one, and a slow one again.
MONDAY, DAYS, HONEST = date(2026, 5, 11), 21, 7
SENT, NIGHT = 72_000, 86_000


def hang_up(now: datetime) -> dict[tuple[str, str], tuple[str, bool]]:
    """Posters of the officer's service and of the honest with most visitors; code and whether it is the officer's."""
    units = plant_units(now)
    land = province(Rollout.WEEKDAY_LOT)
    found = sorted(with_posters(land), key=lambda one: (one.office != STUFFED, -one.visitors))[: HONEST + 1]
    codes = {}
    for one in found:
        points = [Point(name, units.section) for name in one.points]
        with unit_of_work(SETUP, now):
            key = services.create_service(
                standard=Standard(one.name, units.section, windows=one.windows, source="SK 9/2026"),
                since=now.date(),
                status=Counting.CONFIRMED,
                points=points,
            )
        keys = dict(ServicePoint.objects.filter(service__key=key).values_list("versions__name", "key"))
        for name in one.points:
            codes[one.name, name] = (poster(now, keys[name]), one.office == STUFFED and name == one.points[0])
    return codes


def send(day: date, rows: list[tuple[str, Answer]]) -> None:
    with unit_of_work(system("survey.citizen"), moments.at(day, SENT)):
        for code, one in rows:
            said = Said(
                number=uuid4(),
                served=one.served,
                promised=one.promised,
                satisfied=one.content,
                comment="",
                waited=SENT - one.minute * 60,
            )
            assert receive(code=code, said=said, address=one.network, agent=one.phone) is Outcome.STORED


def test_the_planted_officer_is_flagged_in_slow_weeks_too_and_no_honest_answer(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments.at(MONDAY - DAY, SENT)
    codes = hang_up(before)
    begin(before, since=MONDAY - DAY)
    days: dict[date, list[tuple[str, Answer]]] = defaultdict(list)
    planted = set()
    for service in with_posters(province(Rollout.WEEKDAY_LOT)):
        for one in answers_of(province(Rollout.WEEKDAY_LOT), service, MONDAY.replace(day=1)):
            if (service.name, one.point) in codes:
                code = codes[service.name, one.point][0]
                days[one.day].append((code, one))
                if one.stuffed:
                    planted.add((code, one.day, one.minute))
    for number in range(DAYS):
        day = MONDAY + timedelta(number)
        send(day, days[day])
        night = moments.at(day, NIGHT)
        with unit_of_work(SETUP, night):
            summing.sum_new(now=night)
        monkeypatch.setattr(tasks.timezone, "now", lambda night=night: night)
        tasks.flag_slow_stuffing(timestamp=0)
    rows = QrAnswer.objects.select_related("poster")
    minute = {row.pk: round((row.said_at - moments.at(row.day, 0)).total_seconds() / 60) for row in rows}
    his = [row for row in rows if (row.poster.code, row.day, minute[row.pk]) in planted]
    assert len(his) >= 80
    assert [row.day for row in his if not row.flags] == []
    slow = [row for row in his if row.day.isocalendar().week % 2 == 0]
    assert len(slow) >= 50
    assert all(row.flags == ["serupa"] for row in slow), "nothing of it came in a burst"
    honest = [row for row in rows if row not in his]
    assert len(honest) >= 100
    assert [row.poster.code for row in honest if row.flags] == []
