"""What citizens and spot checks say about services in a month, read once; core sets it against the own record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import chain

from django.db.models.fields.json import KT

from luwes.apps.results.measures import Measure, Witness
from luwes.apps.results.models import ServiceFigure, SpotCheck
from luwes.apps.results.spotchecks.actions import FILE_WITHIN
from luwes.core.indicators.witnesses import Witnesses
from luwes.core.sampling.estimate import Checked, Estimate, estimate

NOTHING = Witnesses()
# Of the sums one number each is wanted; of the survey the answers to "were you served", all and the flagged.
SUMS = ("disputed", "against", "served__0", "served__1", "flagged_served__0", "flagged_served__1")
WANTED = [KT(f"sums__{name}") for name in SUMS]
MEASURES = (Measure.SURVEY.value, Witness.CLOSED_REPORTS.value, Witness.SPOT_CHECK.value)


@dataclass(slots=True)
class _Day:
    """What was seen of one service on one day."""

    reports: int = 0
    disputed: int = 0
    against: int = 0
    served: tuple[int, int] = (0, 0)
    unflagged: tuple[int, int] = (0, 0)
    checks: list[Checked] = field(default_factory=list)


class Seen:
    """What was seen from outside of some services, day by day."""

    def __init__(self, days: Mapping[int, Mapping[date, _Day]]) -> None:
        self._days = days

    @classmethod
    def read(cls, pks: Collection[int], first: date, end: date, today: date) -> "Seen":
        """The days of `[first, end)`; two queries. A check counts once filed or, missing, when it no longer can be."""
        found: dict[int, dict[date, _Day]] = defaultdict(lambda: defaultdict(_Day))
        rows = ServiceFigure.objects.filter(service__in=pks, day__gte=first, day__lt=end, measure__in=MEASURES)
        for pk, day, measure, of, *sums in rows.values_list("service_id", "day", "measure", "of", *WANTED):
            disputed, against, no, yes, flagged_no, flagged_yes = (int(value or 0) for value in sums)
            one = found[pk][day]
            if measure == Witness.CLOSED_REPORTS:
                one.reports, one.disputed = of, disputed
            elif measure == Witness.SPOT_CHECK:
                one.against = against
            else:
                one.served = (yes, yes + no)
                one.unflagged = (yes - flagged_yes, yes + no - flagged_yes - flagged_no)
        checks = SpotCheck.objects.filter(service__in=pks, draw__day__gte=first, draw__day__lt=end)
        columns = ("service_id", "draw__day", "chance_of", "chance_in", "served")
        for pk, day, of, size, served in checks.order_by("pk").values_list(*columns):
            if served is not None or day < today - FILE_WITHIN:
                found[pk][day].checks.append(Checked(day, "", Fraction(of, size), served))
        return cls(found)

    def over(self, pk: int, days: Iterable[date]) -> Witnesses:
        """One service over these days together."""
        known = self._days.get(pk)
        return _together([known[day] for day in days if day in known]) if known else NOTHING


def _together(days: Sequence[_Day]) -> Witnesses:
    checks = list(chain.from_iterable(one.checks for one in days))
    return Witnesses(
        checks=estimate(checks) if checks else None,
        against=sum(one.against for one in days),
        reports=sum(one.reports for one in days),
        disputed=sum(one.disputed for one in days),
        served=(sum(one.served[0] for one in days), sum(one.served[1] for one in days)),
        unflagged=(sum(one.unflagged[0] for one in days), sum(one.unflagged[1] for one in days)),
        unfiled=sum(one.value is None for one in checks),
    )


def all_checks(keys: Collection[str], first: date, end: date, today: date) -> Estimate | None:
    """The share of promised hours at which somebody was served, over all these services (keys) of `[first, end)`."""
    rows = SpotCheck.objects.filter(service__key__in=keys, draw__day__gte=first, draw__day__lt=end)
    columns = ("draw__day", "chance_of", "chance_in", "served")
    found = [
        Checked(day, "", Fraction(of, size), served)
        for day, of, size, served in rows.order_by("pk").values_list(*columns)
        if served is not None or day < today - FILE_WITHIN
    ]
    return estimate(found)
