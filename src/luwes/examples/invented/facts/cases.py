"""Cases of the services: opened in opening hours, due as the standard promises, closed in time or not."""

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from luwes.core.services.hours import Window
from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.files import SOURCES, InventedFile, csv_bytes
from luwes.examples.invented.facts.plan import dose
from luwes.examples.invented.facts.truths import WITHIN_TIME_POINTS
from luwes.examples.invented.facts.world import (
    SILENT,
    InventedService,
    Province,
    following,
    poisson,
    preceding,
    spans_of,
)

HEADERS = (
    *("Nomor Permohonan", "Jenis Layanan", "Perangkat Daerah", "Tanggal Masuk", "Batas Waktu"),
    *("Tanggal Selesai", "Kanal"),
)
# Its files come a month after the others.
LATE = "Dinas Perkebunan"
EXPORTED_AFTER, LATE_AFTER = 9, 38
# Long enough for the slowest promise at the counter with the shortest hours.
_MONTHS_AHEAD, _MONTHS_BACK = 7, 5
_REPEATED_EVERY = 500
_CHANNELS = ("loket", "loket", "daring")


@dataclass(frozen=True, slots=True)
class InventedCase:
    """One case in local time; `closed` is when it will have been closed, seen from the end of time."""

    number: str
    service: InventedService
    opened: datetime
    due: datetime
    closed: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class _Open:
    """The open time of one pattern of hours from a month on: span by span, with the minutes up to each end."""

    starts: Sequence[datetime]
    lengths: Sequence[int]
    until: Sequence[int]
    first: dict[date, int]

    def after(self, opened: datetime, minutes: int) -> datetime:
        """The moment when so many open minutes have passed; `opened` lies in a span."""
        place = self.first[opened.date()]
        while place + 1 < len(self.starts) and self.starts[place + 1] <= opened:
            place += 1
        passed = self.until[place] - self.lengths[place] + int((opened - self.starts[place]).total_seconds() // 60)
        end = bisect_left(self.until, passed + minutes)
        return self.starts[end] + timedelta(minutes=passed + minutes - self.until[end] + self.lengths[end])


def ticket_files(province: Province, month: date) -> Iterator[InventedFile]:
    """What the application exports after the month: its cases, and older ones that were open at the last export.

    One perangkat daerah sends late, one never, and some rows stand there twice.
    """
    for late, days in ((False, EXPORTED_AFTER), (True, LATE_AFTER)):
        services = [one for one in province.services if one.office != SILENT and (one.office == LATE) is late]
        arrives = following(month) + days * DAY
        rows = list(_rows(province, services, month, arrives))
        name = f"layanan-{month:%Y-%m}{'-susulan' if late else ''}.csv"
        if rows:
            payload = csv_bytes(HEADERS, [*rows, *rows[::_REPEATED_EVERY]], bom=True)
            yield InventedFile("tickets", SOURCES["tickets"], name, arrives, payload)


@lru_cache(maxsize=1_000)
def cases_of(province: Province, service: InventedService, month: date) -> list[InventedCase]:
    """The cases of a service that are opened in a month."""
    chance = random.Random(f"{province.scenario.seed}/cases/{service.place}/{month}")
    ahead = _ahead(province, month)
    openings = _opened(province, month, service.windows)
    days = [day for day in province.working_days(month) if day in openings.first]
    return [
        _case(province, chance, service, ahead, openings, day, number)
        for day in days
        for number in range(poisson(chance, service.cases))
    ]


def _rows(
    province: Province, services: Sequence[InventedService], month: date, arrives: date
) -> Iterator[tuple[str, ...]]:
    before = arrives - (following(month) - month)
    earlier, back = [], month
    for _ in range(_MONTHS_BACK):
        back = preceding(back)
        earlier.append(back)
    for service in services:
        for past in reversed(earlier):
            for case in cases_of(province, service, past):
                if case.closed.date() >= before:
                    yield _row(case, arrives)
        for case in cases_of(province, service, month):
            yield _row(case, arrives)


def _row(case: InventedCase, arrives: date) -> tuple[str, ...]:
    service = case.service
    # Those who think in days write no times; some leave the due date to the standard.
    written = f"{case.opened:%d/%m/%Y}" if _dates_only(service) else f"{case.opened:%d/%m/%Y %H:%M}"
    due = f"{case.due:%d/%m/%Y}" if service.days else f"{case.due:%d/%m/%Y %H:%M}"
    if service.windows and service.place % 5 == 0:
        due = ""
    closed = ""
    if case.closed.date() < arrives:
        closed = f"{case.closed:%d/%m/%Y}" if _dates_only(service) else f"{case.closed:%d/%m/%Y %H:%M}"
    return case.number, service.name, service.office, written, due, closed, case.channel


def _dates_only(service: InventedService) -> bool:
    return service.place % 8 == 7


def _case(
    province: Province,
    chance: random.Random,
    service: InventedService,
    ahead: Sequence[date],
    openings: _Open,
    day: date,
    number: int,
) -> InventedCase:
    span = openings.first[day]
    opened = openings.starts[span] + timedelta(minutes=int(chance.random() * openings.lengths[span]))
    luck, pace, channel = chance.random(), chance.random(), chance.choice(_CHANNELS)
    if service.minutes is not None:
        due = openings.after(opened, service.minutes)
    else:
        at = bisect_left(ahead, day)
        due = datetime.combine(ahead[at + (service.days or 0)], time(23, 59))
    on_time = luck < service.on_time + dose(province, service, due.date()) * WITHIN_TIME_POINTS / 100
    factor = 0.3 + 0.65 * pace if on_time else 1.15 + 1.35 * pace
    if service.minutes is not None:
        closed = openings.after(opened, max(round(service.minutes * factor), 1))
        closed = max(closed, due + timedelta(minutes=1)) if not on_time else min(closed, due)
    else:
        days = service.days or 1
        late = bisect_left(ahead, day) + (max(int(days * factor), 1) if on_time else int(days * factor) + 1)
        closed = datetime.combine(ahead[late], time(9 + int(pace * 6), int(luck * 60)))
    label = f"{service.place + 1:03d}/{day:%Y%m%d}/{number + 1:02d}"
    return InventedCase(label, service, opened, due, closed, channel)


@lru_cache(maxsize=16)
def _ahead(province: Province, month: date) -> Sequence[date]:
    """The working days of the month and of those a promise may reach."""
    found: list[date] = []
    at = month
    for _ in range(_MONTHS_AHEAD):
        found.extend(province.working_days(at))
        at = following(at)
    return found


@lru_cache(maxsize=64)
def _opened(province: Province, month: date, windows: tuple[Window, ...]) -> _Open:
    starts: list[datetime] = []
    lengths: list[int] = []
    until: list[int] = []
    first: dict[date, int] = {}
    total = 0
    for day in _ahead(province, month):
        for start, end in spans_of(windows, day):
            first.setdefault(day, len(starts))
            total += end - start
            starts.append(datetime.combine(day, time(start // 60, start % 60)))
            lengths.append(end - start)
            until.append(total)
    return _Open(starts, lengths, until, first)
