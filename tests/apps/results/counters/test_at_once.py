"""Two counters of one service, taps and citizens in the same second: nothing is lost, figures say all of it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connections

from luwes.apps.people.models import Service, ServicePoint
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.counters.days import State
from luwes.apps.results.measures import Witness
from luwes.apps.results.models import ClosedReport, OpeningDay, ServiceFigure
from tests.apps.results.counters.test_reports import report
from tests.apps.results.counters.test_taps import tap
from tests.apps.results.services.world import WEDNESDAY, WEEK, add_service, plant

PRESSES = 6


@pytest.mark.usefixtures("fresh_database")
def test_taps_and_reports_of_one_service_in_the_same_second(django_db_blocker, now: datetime) -> None:  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock():
        unit = plant(now).units.health
        points = [Point("Loket 1", unit), Point("Loket 2", unit)]
        pk = add_service(now, Standard("Tera", unit, windows=WEEK, source="SK 5/2026"), points)
        assert Service.objects.get(pk=pk).key
        keys = list(ServicePoint.objects.filter(service=pk).values_list("key", flat=True))
        for key in keys:
            tap(now - timedelta(hours=1), key, State.OPEN)
        acts: list[Callable[[], object]] = [lambda key=key: tap(now, key, State.CLOSED) for key in keys]  # type: ignore[misc]
        for n in range(PRESSES):
            for key in keys:
                acts.append(lambda key=key, n=n: report(now, key, f"{key}{n}", f"203.0.113.{n}"))  # type: ignore[misc]
        faults: list[Exception] = []
        workers = [threading.Thread(target=_run, args=(act, faults)) for act in acts]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert faults == []
        assert ClosedReport.objects.count() == 2 * PRESSES
        assert OpeningDay.objects.filter(superseded_at=None).count() == 2
        figure = ServiceFigure.objects.get(service=pk, day=WEDNESDAY, measure=Witness.CLOSED_REPORTS.value)
        assert figure.of == 2 * PRESSES


def _run(act: Callable[[], object], faults: list[Exception]) -> None:
    try:
        act()
    except Exception as fault:  # whatever it is, the test names it
        faults.append(fault)
    finally:
        connections.close_all()
