"""Invented counters with planted truths: officers who add praise, and doors that are locked though taps say open.

Honest answers differ as people, posters and days do; citizens who are turned away never answer.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from luwes.core.indicators.standard import Kept, Promise, Verdict, judge_standard
from luwes.core.indicators.witnesses import Witnesses, weigh
from luwes.core.intake import Given, alike
from luwes.core.sampling.estimate import Checked, estimate

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
DAYS, OPEN = 7, 420
PRAISE = ("ya", "ya", 4)
WORDS = [
    (served, promised, content) for served in ("ya", "tidak") for promised in ("ya", "tidak") for content in (1, 2)
]


@dataclass(frozen=True, slots=True)
class Poster:
    """How honest people answer at one poster: how often with praise, how many a day, and how many over its wifi.

    Those in the wifi wait inside and may be more or less content than others, `inside` says by how much.
    """

    praise: float
    daily: float
    wifi: float
    inside: float


def poster(draw: random.Random) -> Poster:
    """Posters differ: content, number of answers, wifi or none."""
    wifi = draw.uniform(0.3, 0.9) if draw.random() < 0.5 else 0.0
    return Poster(draw.betavariate(6, 3.5), max(1.0, draw.gauss(14, 7)), wifi, draw.gauss(0, 0.06))


def week(draw: random.Random, posters: int, stuffed: int = 0, days: int = DAYS) -> tuple[list[Given], set[int]]:
    """A week or `days` at so many posters; at the first an officer adds `stuffed` a day. Gives the added keys, too."""
    found: list[Given] = []
    added: set[int] = set()
    for number in range(posters):
        kind = poster(draw)
        for day in range(days):
            mood = draw.gauss(0, 0.08)
            for _ in range(max(0, round(draw.gauss(kind.daily, 3)))):
                found.append(_honest(draw, len(found), number, day, kind, mood))
            for _ in range(stuffed if number == 0 else 0):
                added.add(len(found))
                network = f"wifi{day}" if kind.wifi else f"sendiri{day}"
                found.append(_given(draw, len(found), number, day, network, "android", PRAISE))
    return found, added


def _honest(draw: random.Random, key: int, number: int, day: int, kind: Poster, mood: float) -> Given:
    inside = draw.random() < kind.wifi
    # Telephone companies put many behind few addresses.
    network = f"wifi{day}" if inside else f"seluler{draw.randrange(4)}" if draw.random() < 0.7 else f"lain{key}"
    praise = min(0.97, max(0.05, kind.praise + mood + (kind.inside if inside else 0.0)))
    said: tuple[object, ...] = PRAISE
    if draw.random() >= praise:
        said = ("ya", "ya", 3) if draw.random() < 0.6 else draw.choice(WORDS)
    return _given(draw, key, number, day, network, "android" if draw.random() < 0.8 else "ios", said)


def _given(
    draw: random.Random, key: int, number: int, day: int, network: str, device: str, said: tuple[object, ...]
) -> Given:
    at = START + timedelta(days=day, minutes=draw.randrange(OPEN))
    return Given(key, number, date(2026, 11, 2) + timedelta(day), network, device, at, said)


def false_posters(draw: random.Random, weeks: int, posters: int, days: int = DAYS) -> float:
    """The share of honest posters of which any answer is flagged in so many days."""
    wrong = 0
    for _ in range(weeks):
        answers, _none = week(draw, posters, days=days)
        flagged = alike(answers)
        wrong += len({one.poster for one in answers if one.key in flagged})
    return wrong / (weeks * posters)


def recovered(draw: random.Random, weeks: int, posters: int, stuffed: int, days: int = DAYS) -> float:
    """The share of added answers that are flagged in so many days, with one officer who adds so many a day."""
    found = total = 0
    for _ in range(weeks):
        answers, added = week(draw, posters, stuffed, days)
        found += len(alike(answers) & added)
        total += len(added)
    return found / total


def false_meets(draw: random.Random, months: int, locked: float, checks: int) -> float:
    """The share of months in which a counter locked so often meets 90 %, though taps and poster say all is well."""
    own = judge_standard([Kept(Promise.HOURS_KEPT, 9_000, 9_000, 0, Fraction(9, 10))])
    wrong = 0
    for _ in range(months):
        found = [
            Checked(date(2026, 11, 2) + timedelta(n), "", Fraction(1, 40), draw.random() >= locked)
            for n in range(checks)
        ]
        shut = sum(not one.value for one in found)
        # Who was turned away does not answer, so the poster says nothing of it.
        seen = Witnesses(checks=estimate(found), against=shut, served=(49, 50))
        wrong += weigh(own, seen, Fraction(9, 10)).answer.verdict is Verdict.MEETS
    return wrong / months
