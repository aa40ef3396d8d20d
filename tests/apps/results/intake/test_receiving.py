"""Answers taken in: once for each form, bounded, by the right round, without a person or an address."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.intake import receiving, rounds
from luwes.apps.results.intake.posters import retire_poster
from luwes.apps.results.intake.receiving import Outcome, PosterRetired, RoundClosed, TooMany, UnknownCode
from luwes.apps.results.models import QrAnswer, RoundKind, SurveyComment
from tests.apps.results.intake.world import PHONE, World, answer, begin, plant
from tests.world import SETUP

NINE = {f"u{place}": "3" for place in range(1, 10)}


def test_an_answer_is_stored_without_a_trace_of_who_it_was(world: World, now: datetime) -> None:
    before = AuditEntry.objects.count()
    assert answer(now, world.code, puas="3", pesan="Ramah") is Outcome.STORED
    row = QrAnswer.objects.get()
    assert (row.satisfied, row.device, row.flags, row.day) == (3, "android", [], timezone.localdate(now))
    assert row.network
    assert "203" not in row.network
    assert row.network == receiving.network_digest("203.0.113.7", now)
    assert row.network != receiving.network_digest("203.0.113.7", now + timedelta(days=1))
    assert SurveyComment.objects.get().text == "Ramah"
    # The chain would make answers of the same second wait for each other.
    assert AuditEntry.objects.count() == before


def test_the_same_form_again_counts_once_and_keeps_its_first_words(world: World, now: datetime) -> None:
    number = str(uuid4())
    assert answer(now, world.code, nomor=number, puas="1", pesan="Satu") is Outcome.STORED
    assert answer(now, world.code, nomor=number, puas="4", pesan="Dua") is Outcome.DOUBLE
    assert list(QrAnswer.objects.values_list("satisfied", "comment__text")) == [(1, "Satu")]


def test_an_unknown_and_a_retired_code_are_told_apart_from_each_other(world: World, now: datetime) -> None:
    with pytest.raises(UnknownCode):
        answer(now, "tidakada")
    with unit_of_work(SETUP, now):
        retire_poster(code=world.code)
    with pytest.raises(PosterRetired):
        answer(now + timedelta(minutes=5), world.code)
    # It was answered before the poster came down, and waited on the phone.
    assert answer(now + timedelta(minutes=5), world.code, puas="4", umur="600") is Outcome.STORED


def test_without_a_running_round_nothing_is_taken(world: World, now: datetime) -> None:
    with unit_of_work(SETUP, now):
        rounds.close_round(key=world.round)
    assert answer(now, world.code) is Outcome.STORED
    tomorrow = now + timedelta(days=1)
    with pytest.raises(RoundClosed):
        answer(tomorrow, world.code)
    assert answer(tomorrow, world.code, puas="2", umur=str(24 * 3600)) is Outcome.STORED
    assert QrAnswer.objects.filter(day=timezone.localdate(now)).count() == 2


def test_a_round_of_another_unit_takes_nothing_here_and_one_above_does(db: None, now: datetime) -> None:
    world = plant(now)
    with unit_of_work(SETUP, now):
        rounds.close_round(key=world.round)
    later = now + timedelta(days=1)
    begin(later, unit=world.units.works)
    with pytest.raises(RoundClosed):
        answer(later, world.code)
    assert answer(later, world.other) is Outcome.STORED
    begin(later, unit=world.units.health)
    assert answer(later, world.code) is Outcome.STORED


def test_the_official_round_goes_first_and_takes_nine_elements(world: World, now: datetime) -> None:
    begin(now, RoundKind.OFFICIAL, last=timezone.localdate(now))
    answer(now, world.code, **NINE)
    answer(now, world.code, puas="4")
    kinds = dict(QrAnswer.objects.values_list("satisfied", "round__kind"))
    assert kinds == {None: "skm", 4: "singkat"}
    assert QrAnswer.objects.get(satisfied=None).elements == [3] * 9


def test_a_phone_whose_wait_cannot_be_is_flagged_and_kept(world: World, now: datetime) -> None:
    assert answer(now, world.code, puas="4", umur="99999999") is Outcome.STORED
    assert QrAnswer.objects.get().flags == ["jam_ponsel"]


@pytest.mark.parametrize("bound", ["PER_POSTER", "PER_NETWORK"])
def test_a_flood_is_asked_to_come_again_and_an_hour_later_may(
    world: World, now: datetime, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, bound, 3)
    monkeypatch.setattr(f"luwes.core.intake.limits.{bound}", 3)
    number = str(uuid4())
    for sent in (number, str(uuid4()), str(uuid4())):
        answer(now, world.code, nomor=sent, puas="4")
    with pytest.raises(TooMany):
        answer(now, world.code)
    # What is stored already is no flood, and other posters are not touched.
    assert answer(now, world.code, nomor=number, puas="4") is Outcome.DOUBLE
    assert answer(now, world.other) is Outcome.STORED
    assert answer(now + timedelta(hours=1), world.code) is Outcome.STORED
    if bound == "PER_NETWORK":
        assert answer(now, world.code, address="198.51.100.9") is Outcome.STORED


def test_networks_of_one_phone_are_one_network(now: datetime) -> None:
    first, second = "2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2"
    assert receiving.network_digest(first, now) == receiving.network_digest(second, now)
    assert receiving.network_digest("2001:db8:1:3::1", now) != receiving.network_digest(first, now)
    assert receiving.network_digest("", now) == ""


@pytest.mark.parametrize(
    ("agent", "name"), [(PHONE, "android"), ("iPhone; CPU", "ios"), ("X11; Linux", "komputer"), ("curl/8", "lain")]
)
def test_a_device_is_known_by_its_class_alone(agent: str, name: str) -> None:
    assert receiving.device_class(agent) == name


@pytest.mark.usefixtures("fresh_database")
def test_two_hundred_answers_at_once_over_real_connections_are_all_kept_once(django_db_blocker, now: datetime) -> None:  # type: ignore[no-untyped-def]
    with django_db_blocker.unblock():
        world = plant(now)
        numbers = [str(uuid4()) for _ in range(200)]
        outcomes: list[Outcome] = []
        workers = [threading.Thread(target=_send, args=(now, world.code, numbers[i::10], outcomes)) for i in range(10)]
        # One more thread sends twenty of them again at the same time.
        workers.append(threading.Thread(target=_send, args=(now, world.code, numbers[:20], outcomes)))
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sorted(map(str, QrAnswer.objects.values_list("number", flat=True))) == sorted(numbers)
        assert (outcomes.count(Outcome.STORED), outcomes.count(Outcome.DOUBLE)) == (200, 20)


def _send(now: datetime, code: str, numbers: list[str], outcomes: list[Outcome]) -> None:
    try:
        for number in numbers:
            outcomes.append(answer(now, code, nomor=number, puas="4"))
    finally:
        connections.close_all()


Refusing = Callable[[], object]


@pytest.mark.parametrize(
    ("since", "last", "name", "code"),
    [
        (date(2026, 11, 25), None, " ", "survey_round_name_missing"),
        (date(2026, 11, 24), None, "A", "survey_round_in_the_past"),
        (date(2026, 11, 27), date(2026, 11, 26), "A", "survey_round_too_late"),
        (date(2026, 12, 1), date(2026, 12, 2), "A", "survey_round_there"),
    ],
)
def test_rounds_that_cannot_be(
    world: World, now: datetime, since: date, last: date | None, name: str, code: str
) -> None:
    with pytest.raises(rounds.Refused) as refused, unit_of_work(SETUP, now):
        rounds.begin_round(kind=RoundKind.SHORT, name=name, unit_key="", since=since, last=last)
    assert refused.value.code == code


def test_a_closed_round_makes_room_and_cannot_be_closed_again(world: World, now: datetime) -> None:
    with unit_of_work(SETUP, now):
        rounds.close_round(key=world.round)
    with pytest.raises(rounds.NoSuchRound), unit_of_work(SETUP, now):
        rounds.close_round(key=world.round)
    with pytest.raises(rounds.NoSuchRound), unit_of_work(SETUP, now):
        rounds.close_round(key="tidakada")
    begin(now, since=date(2026, 11, 26))
