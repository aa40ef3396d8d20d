"""Who is in service, where, and owing work, on each day of a span."""

from collections import defaultdict
from collections.abc import Collection, Sequence
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
# From, until (None: for ever), unit key, post.
Stay = tuple[date, date | None, str, int | None]


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
        return cls.of(Tree.read(first, last), first, last)

    @classmethod
    def of(cls, tree: Tree, first: date, last: date, units: Collection[str] | None = None) -> "Roll":
        """The postings and positions, on a tree read before, of those who are posted in one of these units at all."""
        span = DateRange(first, last + DAY)
        rows = Posting.objects.filter(superseded_at=None, period__overlap=span)
        versions = EmployeeVersion.objects.filter(superseded_at=None, period__overlap=span, standing__in=ON_DUTY)
        if units is not None:
            there = set(rows.filter(unit__key__in=list(units)).values_list("employee_id", flat=True))
            rows, versions = rows.filter(employee__in=there), versions.filter(employee__in=there)
        postings: dict[int, list[Stay]] = defaultdict(list)
        for employee, key, post, period in rows.values_list("employee_id", "unit__key", "post_id", "period"):
            postings[employee].append((period.lower, period.upper, key, post))
        active: dict[int, list[Stay]] = defaultdict(list)
        for employee, period in versions.values_list("employee_id", "period"):
            active[employee].append((period.lower, period.upper, "", None))
        return cls(tree, postings, active)

    def serving(self, employee: int, day: date) -> Stay | None:
        """The posting of somebody who serves on the day; None outside service, and for who is away by position."""
        stay = _on(self.postings.get(employee, ()), day)
        return stay if stay is not None and _on(self.active.get(employee, ()), day) is not None else None

    def fit(self, employee: int, day: date) -> Fit:
        """Whether the day is a working day of the unit the person is posted to on that very day."""
        stay = self.serving(employee, day)
        if stay is None:
            return Fit.OUTSIDE
        try:
            return Fit.WORKING if self.tree.works(stay[2], day) else Fit.NOT_WORKING
        except MissingYear:
            return Fit.UNKNOWN


def _on(stays: Sequence[Stay], day: date) -> Stay | None:
    return next((stay for stay in stays if stay[0] <= day and (stay[1] is None or day < stay[1])), None)
