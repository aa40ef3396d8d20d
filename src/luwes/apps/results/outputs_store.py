"""Writing results, and their sums per unit and day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.staff import swift
from luwes.apps.results.models import OutputRow, UnitFigure
from luwes.core.workdays.periods import DAY

# Results of a month stay apart from those of days: adding both would count them twice.
DAILY, MONTHLY = "outputs", "outputs_month"
# Unit, since, until.
Place = tuple[int, date, date]


@dataclass(frozen=True, slots=True)
class Said:
    """One row: results of a person, or (`employee` None) of a unit as a whole, in [`since`, `until`)."""

    row: int
    unit: int
    employee: int | None
    since: date
    until: date
    label: str
    count: int
    target: int | None
    quality: int | None

    @property
    def values(self) -> tuple[int, int, int | None, int | None]:
        return (self.unit, self.count, self.target, self.quality)

    @property
    def place(self) -> Place:
        return (self.unit, self.since, self.until)


def write_outputs(
    *, batch_pk: int, said: Sequence[Said], superseded: Collection[int], touched: Collection[Place]
) -> None:
    """Supersede the named rows, insert what the file says, and sum the touched units and periods anew.

    The caller holds the import lock of the kind and leaves the audit entry of the batch.
    """
    now = current().now
    OutputRow.objects.filter(pk__in=superseded, superseded_at=None).update(superseded_at=now)
    swift.insert(
        OutputRow,
        [
            OutputRow(
                unit_id=one.unit,
                employee_id=one.employee,
                since=one.since,
                until=one.until,
                label=one.label,
                count=one.count,
                target=one.target,
                quality=one.quality,
                batch_id=batch_pk,
                row_number=one.row,
                recorded_at=now,
            )
            for one in said
        ],
    )
    if touched:
        sum_outputs(units={unit for unit, _, _ in touched}, days={since for _, since, _ in touched})


def sum_outputs(*, units: Collection[int], days: Collection[date]) -> None:
    """Write the sums of these units on these days anew: measures `outputs` and, for months, `outputs_month`.

    `kept` is the count of the rows with a target, `of` their target; `sums` holds count, targeted, target, quality,
    rated (fields of core's OutputSums) and persons. Labels stay with the rows: a person may have typed them.
    """
    now = current().now
    UnitFigure.objects.filter(unit__in=units, day__in=days, measure__in=(DAILY, MONTHLY)).delete()
    UnitFigure.objects.bulk_create(
        [
            UnitFigure(
                unit_id=row["unit_id"],
                day=row["since"],
                measure=DAILY if row["until"] - row["since"] == DAY else MONTHLY,
                kept=row["targeted"],
                of=row["target_sum"],
                sums={
                    "count": row["all"],
                    "targeted": row["targeted"],
                    "target": row["target_sum"],
                    "quality": row["quality_sum"],
                    "rated": row["rated"],
                    "persons": row["persons"],
                },
                computed_at=now,
            )
            for row in summed(counted().filter(unit__in=units, since__in=days), "unit_id", "since", "until")
        ],
        batch_size=5_000,
    )


def counted() -> QuerySet[OutputRow]:
    """The current rows that count: those of a unit as a whole only where no person of it has any in the period."""
    of_persons = OutputRow.objects.filter(
        superseded_at=None,
        employee__isnull=False,
        unit=OuterRef("unit"),
        since=OuterRef("since"),
        until=OuterRef("until"),
    )
    return OutputRow.objects.filter(Q(employee__isnull=False) | ~Exists(of_persons), superseded_at=None)


def summed(rows: QuerySet[OutputRow], *by: str) -> list[dict[str, Any]]:
    """The sums of rows by these columns, under the names `all`, `targeted`, `target_sum`, `quality_sum`, `rated`."""
    found: Any = rows.values(*by).annotate(
        all=Sum("count"),
        targeted=Coalesce(Sum("count", filter=Q(target__isnull=False)), 0),
        target_sum=Coalesce(Sum("target"), 0),
        quality_sum=Coalesce(Sum("quality"), 0),
        rated=Count("quality"),
        persons=Count("employee_id", distinct=True),
    )
    return list(found.order_by(*by))
