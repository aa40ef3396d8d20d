"""Who is in service, where, and owing work, on each day of a span."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import EmployeeVersion, Posting
from luwes.apps.people.models import Standing as LegalPosition
from luwes.apps.schedule.tree import Tree
from luwes.core.workdays.calendar import MissingYear
from luwes.core.workdays.periods import DAY

# Others are away by their legal position: planned on duty they cannot be.
ON_DUTY = (
    LegalPosition.ACTIVE.value,
    LegalPosition.DISCIPLINE.value,
    LegalPosition.AWAITING_DECREE.value,
    LegalPosition.OTHER.value,
)
# From, until (None: for ever), unit key.
Stay = tuple[date, date | None, str]


class Fit(StrEnum):
    """Whether somebody's day can be claimed."""

    WORKING = "working"
    NOT_WORKING = "not_working"
    OUTSIDE = "not_in_service"
    UNKNOWN = "calendar_missing"


@dataclass(frozen=True, slots=True)
class Roll:
    """Postings and legal positions over a span, read once."""

    tree: Tree
    postings: dict[int, list[Stay]]
    active: dict[int, list[Stay]]

    @classmethod
    def read(cls, first: date, last: date) -> "Roll":
        """Everybody's postings and positions that touch `[first, last]`."""
        span = DateRange(first, last + DAY)
        postings: dict[int, list[Stay]] = defaultdict(list)
        rows = Posting.objects.filter(superseded_at=None, period__overlap=span)
        for employee, key, period in rows.values_list("employee_id", "unit__key", "period"):
            postings[employee].append((period.lower, period.upper, key))
        active: dict[int, list[Stay]] = defaultdict(list)
        versions = EmployeeVersion.objects.filter(superseded_at=None, period__overlap=span, standing__in=ON_DUTY)
        for employee, period in versions.values_list("employee_id", "period"):
            active[employee].append((period.lower, period.upper, ""))
        return cls(Tree.read(first, last), postings, active)

    def fit(self, employee: int, day: date) -> Fit:
        """Whether the day is a working day of the unit the person is posted to on that very day."""
        unit = _on(self.postings.get(employee, ()), day)
        if unit is None or _on(self.active.get(employee, ()), day) is None:
            return Fit.OUTSIDE
        try:
            return Fit.WORKING if self.tree.works(unit, day) else Fit.NOT_WORKING
        except MissingYear:
            return Fit.UNKNOWN


def _on(stays: list[Stay] | tuple[()], day: date) -> str | None:
    return next((key for since, until, key in stays if since <= day and (until is None or day < until)), None)
