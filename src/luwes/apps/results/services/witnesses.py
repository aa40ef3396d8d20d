"""The daily figures of who watches a counter from outside, each set against what the counter's own record says.

Written anew with every check and report, and whenever the own record of the day is: a file that comes a week later
may call a counter open that somebody found shut.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from luwes.apps.results.measures import Witness
from luwes.apps.results.models import ClosedReport, CounterTap, OpeningDay, ServiceFigure, SpotCheck
from luwes.apps.results.services.stored import Pair, bounds, store

TAP = OpeningDay.Instrument.TAP
OPEN = "buka"


@dataclass(slots=True)
class OwnWord:
    """What the counters themselves say of some days: taps by point and day, and records of files."""

    taps: Mapping[tuple[int, date], list[tuple[int, str]]] = field(default_factory=dict)
    records: Mapping[tuple[int, int | None, date], tuple[int | None, int | None]] = field(default_factory=dict)

    @classmethod
    def read(cls, services: Set[int], first: date, last: date) -> "OwnWord":
        """Two queries."""
        taps: dict[tuple[int, date], list[tuple[int, str]]] = defaultdict(list)
        rows = CounterTap.objects.filter(point__service__in=services, day__range=(first, last))
        for point, day, minute, state in rows.order_by("minute", "at", "pk").values_list(
            "point_id", "day", "minute", "state"
        ):
            taps[point, day].append((minute, state))
        told = OpeningDay.objects.filter(superseded_at=None, service__in=services, day__range=(first, last))
        # A record of taps comes last, so that it stands where a file says something else.
        columns = ("service_id", "point_id", "day", "opened", "closed", "instrument")
        found = sorted(told.values_list(*columns), key=lambda row: row[-1] == TAP)
        return cls(taps, {(service, point, day): (a, b) for service, point, day, a, b, _said in found})

    def open_at(self, service: int, point: int, day: date, minute: int) -> bool:
        """Whether the record says that the counter was open at this minute; a pause it taps itself is none.

        Of pauses in a file only their length is known, so its whole span counts as open.
        """
        if said := self.taps.get((point, day)):
            before = [state for at, state in said if at <= minute]
            return bool(before) and before[-1] == OPEN
        opened, closed = self.records.get((service, point, day)) or self.records.get((service, None, day), (None, None))
        return opened is not None and closed is not None and opened <= minute < closed


def sum_witnesses(pairs: Set[Pair]) -> None:
    """Write reports and spot checks of these services and days anew, as counts.

    Where all rows of a day have passed their retention, its figure stays as it is: it is what is left of them.
    """
    if not pairs:
        return
    own = OwnWord.read(*bounds(pairs))
    for measure, rows in (
        (Witness.CLOSED_REPORTS, _reports(pairs, own)),
        (Witness.SPOT_CHECK, _checks(pairs, own)),
    ):
        if rows:
            store(measure, set(rows), rows)


def follow_record(pairs: Set[Pair]) -> None:
    """The own record of these days was written anew: so is what others say against it, where there is any."""
    if not pairs:
        return
    services, first, last = bounds(pairs)
    kinds = [one.value for one in Witness]
    rows = ServiceFigure.objects.filter(measure__in=kinds, service__in=services, day__range=(first, last))
    sum_witnesses({pair for pair in rows.values_list("service_id", "day") if pair in pairs})


def _reports(pairs: Set[Pair], own: OwnWord) -> dict[Pair, tuple[int, int, dict[str, object]]]:
    """Flagged reports are counted beside, never in."""
    services, first, last = bounds(pairs)
    rows = ClosedReport.objects.filter(point__service__in=services, day__range=(first, last))
    columns = ("point__service_id", "day", "point_id", "minute", "flags", "trace__network")
    found: dict[Pair, list[tuple[bool, list[str], str | None]]] = defaultdict(list)
    for service, day, point, minute, flags, network in rows.values_list(*columns):
        if (service, day) in pairs:
            found[service, day].append((own.open_at(service, point, day, minute), flags, network))
    return {pair: _report_sums(told) for pair, told in found.items()}


def _report_sums(told: Iterable[tuple[bool, list[str], str | None]]) -> tuple[int, int, dict[str, object]]:
    rows = list(told)
    counted = [(denied, network) for denied, flags, network in rows if not flags]
    # After a week networks are forgotten: all without one then count as one.
    networks = {network for denied, network in counted if denied}
    flagged = Counter(flag for _, flags, _ in rows for flag in flags)
    sums = {"reports": len(rows), "flagged": dict(sorted(flagged.items())), "disputed": len(networks)}
    return sum(denied for denied, _ in counted), len(counted), sums


def _checks(pairs: Set[Pair], own: OwnWord) -> dict[Pair, tuple[int, int, dict[str, object]]]:
    services, first, last = bounds(pairs)
    rows = SpotCheck.objects.filter(service__in=services, draw__day__range=(first, last)).select_related("draw")
    rows = rows.order_by("pk")
    found: dict[Pair, list[SpotCheck]] = defaultdict(list)
    for row in rows:
        if (row.service_id, row.draw.day) in pairs:
            found[row.service_id, row.draw.day].append(row)
    return {pair: _check_sums(drawn, own) for pair, drawn in found.items() if any(row.filed_at for row in drawn)}


def _check_sums(drawn: list[SpotCheck], own: OwnWord) -> tuple[int, int, dict[str, object]]:
    filed = [row for row in drawn if row.filed_at is not None]
    waits = Counter(row.waited for row in filed if row.waited is not None)
    against = [
        row
        for row in filed
        if not row.reached
        and own.open_at(
            row.service_id, row.point_id, row.draw.day, row.minute if row.said_minute is None else row.said_minute
        )
    ]
    sums: dict[str, object] = {
        "drawn": len(drawn),
        "reached": sum(bool(row.reached) for row in filed),
        "waits": {str(minute): n for minute, n in sorted(waits.items())},
        "against": len(against),
    }
    return sum(bool(row.served) for row in filed), len(filed), sums
