"""What a checker finds at a counter in the hour that was drawn, whoever draws it."""

import random
from dataclasses import dataclass
from datetime import date

from luwes.examples.invented.facts.doors import HOUR, doors_of
from luwes.examples.invented.facts.world import InventedService, Province

# Of the checks drawn, so many are never made.
NEVER = 0.06


@dataclass(frozen=True, slots=True)
class Found:
    """When the checker was there, whether they were served, and after how many minutes."""

    minute: int
    served: bool
    waited: int | None


def found_at(province: Province, service: InventedService, point: str, day: date, hour: int) -> Found | None:
    """What is found in the hour that begins at this minute; None where the counter is not open that day at all."""
    door = next(
        (one for one in doors_of(province, service, day.replace(day=1)) if (one.day, one.point) == (day, point)), None
    )
    if door is None:
        return None
    chance = random.Random(f"{province.scenario.seed}/check/{service.place}/{point}/{day}/{hour}")
    minute = hour + chance.randrange(HOUR)
    served = door.serves(minute)
    return Found(minute, served, min(round(chance.expovariate(1 / service.wait)), HOUR) if served else None)


def never_made(province: Province, point: str, day: date, hour: int) -> bool:
    """Whether nobody finds the time for the check."""
    return random.Random(f"{province.scenario.seed}/never/{point}/{day}/{hour}").random() < NEVER
