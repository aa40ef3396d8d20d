"""Putting daily figures in the place of those of the same services and days."""

from collections.abc import Mapping, Set
from datetime import date

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.staff import swift
from luwes.apps.results.measures import Measure, Witness
from luwes.apps.results.models import ServiceFigure

# A service and a day.
Pair = tuple[int, date]
# Imports of opening hours take it, and so does whoever else writes figures of counters: two that write those of one
# service and day at once would each put a row in the place of the same one.
COUNTERS = "import:openings"


def bounds(pairs: Set[Pair]) -> tuple[set[int], date, date]:
    """The services of the pairs, their first day and their last."""
    days = [day for _, day in pairs]
    return {service for service, _ in pairs}, min(days), max(days)


def store(
    measure: Measure | Witness, pairs: Set[Pair], rows: Mapping[Pair, tuple[int, int, Mapping[str, object]]]
) -> None:
    """Put these rows (kept, of, sums) in the place of the figures of the pairs; a pair without facts has no figure.

    Replaced, never updated: what remembers an answer sees by their ids that they changed.
    """
    services, first, last = bounds(pairs)
    old = ServiceFigure.objects.filter(measure=measure.value, service__in=services, day__range=(first, last))
    gone = [pk for pk, service, day in old.values_list("pk", "service_id", "day") if (service, day) in pairs]
    ServiceFigure.objects.filter(pk__in=gone).delete()
    now = current().now
    swift.insert(
        ServiceFigure,
        [
            ServiceFigure(
                service_id=service,
                day=day,
                measure=measure.value,
                kept=kept,
                of=of,
                sums=dict(sums),
                computed_at=now,
            )
            for (service, day), (kept, of, sums) in sorted(rows.items())
        ],
    )
