"""How a model declares how long its rows are kept."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Retention:
    """`days` is None for rows kept as a public record; else rows older than `days` by `field` go.

    `reason` is lazily translated where the people the rows are about read it.
    """

    days: int | None
    field: str
    reason: str | Promise


def permanent(reason: str | Promise) -> Retention:
    """Rows that are kept, and why."""
    return Retention(days=None, field="", reason=reason)


def for_days(days: int, field: str, reason: str | Promise) -> Retention:
    """Rows that go once `field` lies more than `days` in the past, and why."""
    return Retention(days=days, field=field, reason=reason)
