"""Small invented provinces for tests; weekdays are working days, so that no decree is needed."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import cache

from luwes.examples.invented.facts.truths import Rollout, Scenario, Truth
from luwes.examples.invented.facts.world import Province, following

STAFF = 500
MONTH = date(2026, 10, 1)


def weekday(day: date) -> bool:
    return day.weekday() < 5


@cache
def province(rollout: Rollout = Rollout.STAGGERED, truth: Truth = Truth.NONE, staff: int = STAFF) -> Province:
    return Province(Scenario(rollout=rollout, truth=truth, staff=staff), weekday)


def months(first: date, count: int) -> Iterator[date]:
    month = first
    for _ in range(count):
        yield month
        month = following(month)


def read(payload: bytes, *, skip: int = 0) -> list[dict[str, str]]:
    lines = payload.decode("utf-8-sig").splitlines()[skip:]
    return list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"))
