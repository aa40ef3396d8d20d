"""The exposure from which a day is flexible: what the product brings, and what people set, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from luwes.apps.schedule.models import ExposureThreshold
from luwes.core.exposure.shares import THRESHOLDS, Threshold


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """One setting; `at_least` is a fraction of 1. `set_by` is an opaque id, "" for what the product brings.

    `superseded_at` is None while it counts.
    """

    since: date
    at_least: Decimal
    reason: str
    set_by: str
    recorded_at: datetime | None
    superseded_at: datetime | None


def thresholds() -> Sequence[Threshold]:
    """What holds now, earliest first; a setting of the same day replaces what the product brings."""
    found = {one.since: one for one in THRESHOLDS}
    for row in ExposureThreshold.objects.filter(superseded_at=None):
        found[row.since] = Threshold(row.since, Fraction(row.at_least))
    return [found[since] for since in sorted(found)]


def history() -> Sequence[ThresholdRow]:
    """Every setting ever made, the newest first, and last what the product brings."""
    rows = ExposureThreshold.objects.order_by("-recorded_at", "-pk")
    stored = [
        ThresholdRow(row.since, row.at_least, row.reason, row.set_by, row.recorded_at, row.superseded_at)
        for row in rows
    ]
    replaced = {row.since: row.recorded_at for row in stored}
    brought = [
        ThresholdRow(one.since, _decimal(one.at_least), "", "", None, replaced.get(one.since))
        for one in reversed(THRESHOLDS)
    ]
    return [*stored, *brought]


def version() -> int:
    """Grows with every setting; a form carries it."""
    return ExposureThreshold.objects.count()


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
