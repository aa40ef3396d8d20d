"""Answers of citizens: nine elements at most services, three short questions at the others."""

import random
from collections.abc import Iterator
from datetime import date

from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.files import SOURCES, Cell, InventedFile, csv_bytes, xlsx_bytes
from luwes.examples.invented.facts.plan import dose, flexibility
from luwes.examples.invented.facts.truths import ANSWERING_PERCENT, SURVEY_POINTS, Truth
from luwes.examples.invented.facts.world import SILENT, InventedService, Province, following, poisson, spans_of

ELEMENTS = 9
NINE = ("Tanggal", "Jenis Pelayanan", "Perangkat Daerah", "Kanal", *(f"U{n}" for n in range(1, ELEMENTS + 1)))
SHORT = ("Tanggal Pengisian", "Nama Layanan", "OPD", "Saluran", "Dilayani", "Sesuai janji", "Puas")
ARRIVES_AFTER = 6
# Of a hundred citizens, so many leave dissatisfied; how each of both answers, from 1 to 4.
DISSATISFIED = 0.15
LOW, HIGH = (0.15, 0.60, 0.25, 0.0), (0.0, 0.02, 0.55, 0.43)
_CHANNELS = ("QR", "QR", "kertas")
# One step on an element is 25 points of the index, where somebody can still step down.
_STEP = 25.0
_CAN_STEP = 1 - DISSATISFIED * LOW[0]
_SKIPPED = 0.01


def survey_files(province: Province, month: date) -> Iterator[InventedFile]:
    """Two files from one source: the nine elements, and short answers as a workbook with a title above."""
    arrives = following(month) + ARRIVES_AFTER * DAY
    services = [one for one in province.services if one.office not in {SILENT, *province.scenario.without_survey}]
    nine = [row for one in services if not is_short(one) for row in _answers(province, one, month)]
    short = [row for one in services if is_short(one) for row in _answers(province, one, month)]
    named = SOURCES["survey"]
    yield InventedFile("survey", named, f"skm-{month:%Y-%m}.csv", arrives, csv_bytes(NINE, nine))
    title = f"Survei singkat {month:%m/%Y}"
    yield InventedFile("survey", named, f"survei-{month:%Y-%m}.xlsx", arrives, xlsx_bytes(title, SHORT, short))


def is_short(service: InventedService) -> bool:
    """Whether the service asks the three short questions."""
    return service.place % 3 == 1


def _answers(province: Province, service: InventedService, month: date) -> Iterator[tuple[Cell, ...]]:
    chance = random.Random(f"{province.scenario.seed}/survey/{service.place}/{month}")
    selective = province.scenario.truth is Truth.NONRESPONSE
    for day in province.working_days(month):
        if not spans_of(service.windows, day):
            continue
        lower = lower_chance(dose(province, service, day))
        silent = (1 - ANSWERING_PERCENT / 100) if selective and flexibility(province, service, day) else 0.0
        for number in range(poisson(chance, service.answers)):
            unhappy, answers, channel = chance.random() < DISSATISFIED, chance.random(), chance.choice(_CHANNELS)
            weights = LOW if unhappy else HIGH
            levels = [level_of(chance, weights, lower) for _ in range(1 if is_short(service) else ELEMENTS)]
            skipped = chance.random() * ELEMENTS / _SKIPPED
            if unhappy and answers < silent:
                continue
            if is_short(service):
                yield _written(day, number), service.name, service.office, channel, *_short(levels[0], answers)
                continue
            # Some leave one question out, as people do.
            cells = ["" if place == int(skipped) else str(level) for place, level in enumerate(levels)]
            yield f"{day:%d/%m/%Y}", service.name, service.office, channel, *cells


def lower_chance(harm: float) -> float:
    """The chance to answer one step lower, for so much of the planted harm."""
    return -harm * SURVEY_POINTS / _STEP / _CAN_STEP


def level_of(chance: random.Random, weights: tuple[float, ...], lower: float) -> int:
    """One answer from 1 to 4, lowered by a step with this chance."""
    drawn, step, level = chance.random(), chance.random(), 1
    for weight in weights[:-1]:
        if drawn < weight:
            break
        drawn -= weight
        level += 1
    return level - 1 if level > 1 and step < lower else level


def _short(level: int, luck: float) -> tuple[Cell, ...]:
    return "ya" if luck < 0.99 else "tidak", "ya" if level > 2 else "tidak", level


def _written(day: date, number: int) -> Cell:
    """A spreadsheet's date, or the same as somebody types it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if number == 2 else day


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
