"""People before a counter with a poster: who is served, who answers, who reports a closed door; and one officer.

Those turned away hardly ever answer, so a survey alone makes a locked door look rare. At the office `STUFFED` an
officer answers six times a day: in odd weeks one after the other at closing time, in even weeks spread over the day.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from luwes.examples.invented.facts.doors import Door, doors_of
from luwes.examples.invented.facts.plan import dose, flexibility
from luwes.examples.invented.facts.surveys import DISSATISFIED, HIGH, LOW, is_short, level_of, lower_chance
from luwes.examples.invented.facts.truths import ANSWERING_PERCENT, STUFFED, TURNED_AWAY_ANSWERING, Truth
from luwes.examples.invented.facts.world import SILENT, InventedService, Province, poisson

# Of those who were served, so many answer; of those turned away, so many tap "Tutup padahal jam layanan".
ANSWERING, REPORTING = 0.25, 0.12
STUFFED_A_DAY = 6
ANDROID, IPHONE = "Mozilla/5.0 (Linux; Android 10; K)", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)"
_WRITES = 0.08
_CONTENT = ("Petugasnya ramah", "Cepat, terima kasih", "Ruang tunggunya nyaman")
_DISCONTENT = ("Antrenya lama", "Syaratnya berbeda dari pengumuman", "Harus kembali dua kali")
_TURNED_AWAY = ("Loketnya tutup", "Tidak ada petugas")
# Answers are given on the way out.
_AFTER = 12


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody came to a counter at a minute of a day; `content` from 1 to 4 is what they would say if they answer."""

    door: Door
    minute: int
    served: bool
    content: int
    answers: bool
    reports: bool
    line: str
    network: str
    phone: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was sent from the poster of a counter; `stuffed`: by the officer."""

    point: str
    day: date
    minute: int
    served: bool
    promised: bool
    content: int
    line: str
    network: str
    phone: str
    stuffed: bool = False


def with_posters(province: Province) -> Sequence[InventedService]:
    """The services that ask the three questions and have enough visitors to hang up posters."""
    return [one for one in province.services if one.visitors and is_short(one) and one.office != SILENT]


def visits_of(province: Province, service: InventedService, month: date) -> Iterator[Visit]:
    """Everybody who comes to the service's counters in the month that begins with this day."""
    chance = random.Random(f"{province.scenario.seed}/visits/{service.place}/{month}")
    selective = province.scenario.truth is Truth.NONRESPONSE
    for door in doors_of(province, service, month):
        lower = lower_chance(dose(province, service, door.day))
        keeps_silent = selective and flexibility(province, service, door.day) > 0
        for _ in range(poisson(chance, service.visitors / len(service.points))):
            minute, served = int(chance.uniform(door.start, door.end)), True
            unhappy, answers, reports, writes = (chance.random() for _ in range(4))
            weights = LOW if unhappy < DISSATISFIED else HIGH
            content, line = level_of(chance, weights, lower), chance.randrange(6)
            network = f"2001:db8:{chance.randrange(1 << 16):x}:{chance.randrange(1 << 16):x}::1"
            phone = IPHONE if chance.random() < 0.15 else ANDROID
            willing = ANSWERING * (ANSWERING_PERCENT / 100 if keeps_silent and unhappy < DISSATISFIED else 1)
            if not door.serves(minute):
                served, content, willing = False, 1, ANSWERING * TURNED_AWAY_ANSWERING / 100
            yield Visit(
                *(door, minute, served, content, answers < willing, not served and reports < REPORTING),
                *(_line(served, content, line) if writes < _WRITES else "", network, phone),
            )


def answers_of(province: Province, service: InventedService, month: date) -> Iterator[Answer]:
    """What comes in from the posters of the service, the officer's own answers among it."""
    for one in visits_of(province, service, month):
        if one.answers:
            after = one.minute + (_AFTER if one.served else 1)
            yield Answer(
                *(one.door.point, one.door.day, after, one.served, one.content > 2, one.content),
                *(one.line, one.network, one.phone),
            )
    if service.office == STUFFED:
        yield from _stuffed(doors_of(province, service, month), service.points[0])


def _stuffed(doors: Sequence[Door], point: str) -> Iterator[Answer]:
    for door in doors:
        if door.point != point:
            continue
        hasty = door.day.isocalendar().week % 2 == 1
        step = 1 if hasty else (door.end - door.start) // (STUFFED_A_DAY + 1)
        for number in range(1, STUFFED_A_DAY + 1):
            minute = (door.end - STUFFED_A_DAY if hasty else door.start) + number * step
            yield Answer(point, door.day, minute, True, True, 4, "", "2001:db8:46:1::1", ANDROID, stuffed=True)


def _line(served: bool, content: int, number: int) -> str:
    lines = _TURNED_AWAY if not served else _CONTENT if content > 2 else _DISCONTENT
    return lines[number % len(lines)]
