"""Moments as the reader of files hands them on: a date, a time of day, or both."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from luwes.core.workdays.periods import DAY

DAY_SECONDS = 86_400
# Times without a date that seem to run backwards are taken for the next morning only where that is short.
EVENING, NIGHT = 20 * 3600, 4 * 3600


class RunsBackwards(ValueError):
    """The later of two moments lies before the earlier one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`day` None: only a time was written; `seconds` since midnight, None: only a date was written."""

    day: date | None
    seconds: int | None

    @property
    def minute(self) -> int | None:
        """The whole minute of the day."""
        return None if self.seconds is None else self.seconds // 60


def read(value: object) -> Moment | None:
    """A value of a column of kind moment; None where the cell was empty."""
    text = str(value or "")
    if not text:
        return None
    day, _, clock = text.rpartition("T") if "T" in text else (text, "", "") if "-" in text else ("", "", text)
    hour, minute, second = map(int, clock.split(":")) if clock else (0, 0, 0)
    return Moment(
        day=date.fromisoformat(day) if day else None,
        seconds=hour * 3600 + minute * 60 + second if clock else None,
    )


def joined(day: Moment | None, clock: Moment | None) -> Moment | None:
    """A date and a time that stand in two columns."""
    if day is None or day.seconds is not None or clock is None or clock.seconds is None:
        return day
    return Moment(day.day, clock.seconds)


def at(day: date, seconds: int) -> datetime:
    """The instant, by the clock of the government."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone()) + timedelta(
        seconds=seconds
    )


def end_of(day: date) -> datetime:
    """The last instant of the day."""
    return datetime.combine(day, time.max, timezone.get_default_timezone())


def local(moment: datetime) -> datetime:
    """The instant by the clock of the government."""
    return moment.astimezone(timezone.get_default_timezone())


def after(start: datetime, later: Moment) -> tuple[datetime, bool]:
    """The moment `later` after `start`, and whether it lies behind midnight though no date says so.

    A queue that is open at night writes 23.50 and then 00.10. Raises RunsBackwards; nothing else is turned round.
    """
    seconds = later.seconds or 0
    if later.day is not None:
        found = at(later.day, seconds)
        if found < start:
            raise RunsBackwards
        return found, False
    begun = local(start)
    passed = begun.hour * 3600 + begun.minute * 60 + begun.second
    if seconds >= passed:
        return at(begun.date(), seconds), False
    if passed >= EVENING and seconds + DAY_SECONDS - passed <= NIGHT:
        return at(begun.date() + DAY, seconds), True
    raise RunsBackwards
