"""The counters of `luwes demo`: posters, taps, citizens' reports and spot checks of this month and the one before.

Everything goes through the actions of the pages, each day at its own hour, so that what is found again later can be
compared with what was planted.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from luwes.apps.accounts import secret
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.counters import actions as counters
from luwes.apps.results.counters import places, reports
from luwes.apps.results.counters.days import State
from luwes.apps.results.intake import posters, rounds, slow, summing
from luwes.apps.results.intake.answers import Said
from luwes.apps.results.intake.receiving import receive
from luwes.apps.results.models import ClosedReport, RoundKind, SpotCheck, SpotProcedure, SurveyRound
from luwes.apps.results.services import moments
from luwes.apps.results.spotchecks import actions as checks
from luwes.config import demo_files, importing
from luwes.core.workdays.periods import DAY
from luwes.examples.invented.facts.checks import found_at, never_made
from luwes.examples.invented.facts.citizens import Answer, answers_of, visits_of, with_posters
from luwes.examples.invented.facts.doors import HOUR, doors_of, taps_of
from luwes.examples.invented.facts.truths import Scenario
from luwes.examples.invented.facts.world import InventedService, Province, preceding

CITIZEN = system("survey.citizen")
ROUND = "Survei kunjungan (contoh)"
PER_DAY, FLEXIBLE_RATE, BASE_SHARE = 12, 2, Decimal("0.05")
# One service with posters in so many also taps: every counter's day costs a first start a twentieth of a second.
TAPPING = 7
LONGEST = 62 * DAY
# In seconds of the day: the draw is at 05.30, answers are sent on at 20.00, and flags are given before midnight.
DRAWN, SENT, FLAGGED = 19_800, 72_000, 86_000
SUNDAY = 7
ANSWERED = ("Terima kasih. Petugas sedang rapat; jadwal jaga sudah kami perbaiki.", "Terima kasih, kami periksa.")
# Every so many reports wait for an answer still.
UNANSWERED = 3


@dataclass(frozen=True, slots=True)
class Land:
    """The invented services and the counters of the same names as they are stored."""

    province: Province
    services: Mapping[str, InventedService]
    keys: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Event:
    """A tap at a counter, or without `state` a citizen's report that it is closed, at a minute of a day."""

    day: date
    minute: int
    key: str
    state: str = ""
    reason: str = ""
    network: str = ""


def fill(scenario: Scenario, today: date, now: datetime) -> None:
    """Bring what counters, citizens and checkers did since the first of last month; only where nothing of it is there.

    Flags and figures of the survey are reckoned every Sunday and at the end, as the tasks of every night do.
    """
    if SurveyRound.objects.exists() or SpotProcedure.objects.exists():
        return
    since = max(preceding(today), today - LONGEST)
    land = _land(demo_files.province_of(scenario), today)
    codes = _begin(land, since)
    days = [since + n * DAY for n in range((today - since).days)]
    events, answers = defaultdict(list), defaultdict(list)
    for event in _events(land, [*days, today]):
        events[event.day].append(event)
    for service, answer in _answers(land, days):
        answers[answer.day].append((codes.get((service, answer.point), ""), answer))
    for day in days:
        _draw(day, moments.at(day, DRAWN))
        _happen(events[day])
        _file(land, day)
        _send(day, answers[day])
        if day.isoweekday() == SUNDAY:
            _flag(moments.at(day, FLAGGED))
    _flag(now)
    _draw(today, min(moments.at(today, DRAWN), now))
    _happen([event for event in events[today] if moments.at(today, event.minute * 60) <= now])
    _answer(now)


def _land(province: Province, today: date) -> Land:
    found = places.places(None, today)
    keys = {(one.service_name, one.name): one.key for one in found}
    return Land(province, {one.name: one for one in province.services}, keys)


def _begin(land: Land, since: date) -> Mapping[tuple[str, str], str]:
    """Freeze the procedure, begin the round, hang up the posters; gives their codes by service and point."""
    before = moments.at(since - DAY, SENT)
    with unit_of_work(importing.CONSOLE, before):
        checks.freeze_procedure(since=since, per_day=PER_DAY, flexible_rate=FLEXIBLE_RATE, base_share=BASE_SHARE)
    with unit_of_work(importing.CONSOLE, before):
        rounds.begin_round(kind=RoundKind.SHORT, name=ROUND, unit_key="", since=since, last=None)
    codes = {}
    with unit_of_work(importing.CONSOLE, before):
        for service in with_posters(land.province):
            for point in service.points:
                if key := land.keys.get((service.name, point)):
                    codes[service.name, point] = posters.make_poster(point_key=key, place="Pintu keluar")
    return codes


def _months(days: Sequence[date]) -> Sequence[date]:
    return sorted({day.replace(day=1) for day in days})


def _events(land: Land, days: Sequence[date]) -> Iterator[Event]:
    """Taps of officers and reports of citizens."""
    for place, service in enumerate(with_posters(land.province)):
        for month in _months(days):
            for door in doors_of(land.province, service, month):
                key = land.keys.get((service.name, door.point))
                if key and place % TAPPING == 0:
                    for minute, state, reason in taps_of(door):
                        yield Event(door.day, minute, key, state, reason)
            for visit in visits_of(land.province, service, month):
                key = land.keys.get((service.name, visit.door.point))
                if key and visit.reports:
                    yield Event(visit.door.day, visit.minute, key, network=visit.network)


def _happen(events: Sequence[Event]) -> None:
    for one in sorted(events, key=lambda one: (one.minute, one.key)):
        with unit_of_work(importing.CONSOLE, moments.at(one.day, one.minute * 60)):
            if one.state:
                counters.tap(point_key=one.key, state=State(one.state), reason=one.reason)
            else:
                reports.report_closed(point_key=one.key, form=secret.new_secret(), address=one.network)


def _answers(land: Land, days: Sequence[date]) -> Iterator[tuple[str, Answer]]:
    """What comes in from the posters, with the name of the service."""
    for service in with_posters(land.province):
        for month in _months(days):
            for one in answers_of(land.province, service, month):
                yield service.name, one


def _send(day: date, answers: Sequence[tuple[str, Answer]]) -> None:
    """Send the answers of a day: they waited on the phones until the evening."""
    with unit_of_work(CITIZEN, moments.at(day, SENT)):
        for code, one in answers:
            said = Said(
                number=uuid4(),
                served=one.served,
                promised=one.promised,
                satisfied=one.content,
                comment=one.line,
                waited=SENT - one.minute * 60,
            )
            if code:
                receive(code=code, said=said, address=one.network, agent=one.phone)


def _flag(now: datetime) -> None:
    """What came in is summed and flagged, the burst as well as the slow."""
    for task in (summing.sum_new, slow.flag_slow):
        with unit_of_work(importing.CONSOLE, now):
            task(now=now)


def _draw(day: date, now: datetime) -> None:
    with unit_of_work(importing.CONSOLE, now):
        checks.draw_day(day=day)


def _file(land: Land, day: date) -> None:
    """File what was found that day; some checks are never made."""
    rows = (
        SpotCheck.objects.filter(draw__day=day)
        .order_by("minute", "pk")
        .values_list("public_id", "point__key", "minute")
    )
    named = {key: names for names, key in land.keys.items()}
    for check, key, hour in rows:
        service, point = named[key]
        found = found_at(land.province, land.services[service], point, day, hour)
        if found is None or never_made(land.province, point, day, hour):
            continue
        finding = checks.Finding(found.served, found.served, waited=found.waited, said_minute=found.minute)
        with unit_of_work(importing.CONSOLE, moments.at(day, (hour + HOUR) * 60)):
            checks.file_check(check_id=check, finding=finding, form=secret.new_secret())


def _answer(now: datetime) -> None:
    """Answer the reports, but for some that still wait."""
    codes = ClosedReport.objects.filter(flags=[]).order_by("at", "pk").values_list("code", flat=True)
    with unit_of_work(importing.CONSOLE, now):
        for place, code in enumerate(codes):
            if place % UNANSWERED:
                reports.answer_report(code=code, text=ANSWERED[place % len(ANSWERED)])
