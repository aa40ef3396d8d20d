"""Citizens before a closed counter: counted, told within half an hour, followed by a code, never dropped."""

from datetime import date, datetime, timedelta

import pytest
from django.test import override_settings

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.notices.models import Notice, NoticeCopy, OutboxMail
from luwes.apps.results.counters import actions, reports
from luwes.apps.results.counters.actions import Closure
from luwes.apps.results.counters.days import State
from luwes.apps.results.counters.places import NoSuchPoint
from luwes.apps.results.measures import Witness
from luwes.apps.results.models import ClosedReport, ReportTrace, ServiceFigure
from tests.apps.results.counters.test_taps import tap
from tests.apps.results.services.world import WEDNESDAY, World
from tests.world import SETUP, acting

CITIZEN = system("warga")


def report(now: datetime, counter: str, form: str = "f1", address: str = "203.0.113.9") -> str:
    with unit_of_work(CITIZEN, now):
        return reports.report_closed(point_key=counter, form=form, address=address)


def counted(world: World) -> tuple[int, int]:
    found = ServiceFigure.objects.get(service=world.test, day=WEDNESDAY, measure=Witness.CLOSED_REPORTS.value)
    return found.kept, found.of


@override_settings(MAIL_FROM="luwes@contoh.go.id")
def test_head_and_bkd_are_told_at_once(now: datetime, world: World, counter: str, head: User, bkd: User) -> None:
    tap(now - timedelta(hours=1), counter, State.OPEN)
    code = report(now, counter)
    assert len(code) == reports.CODE_LENGTH
    notice = Notice.objects.get()
    assert {copy.user for copy in NoticeCopy.objects.all()} == {head, bkd}
    assert set(OutboxMail.objects.values_list("address", flat=True)) == {head.email, bkd.email}
    assert notice.due_at - notice.told_at == timedelta(minutes=30)
    assert "09.30" in notice.text
    assert "sedang buka" in notice.text, "what the counter itself says stands beside it"
    assert counted(world) == (1, 1)
    report(now + timedelta(minutes=5), counter, "f2")
    assert Notice.objects.count() == 1, "the same counter and day is told once"
    assert counted(world) == (2, 2)


def test_the_same_form_is_one_report(now: datetime, world: World, counter: str) -> None:
    assert report(now, counter) == report(now + timedelta(minutes=1), counter)
    assert ClosedReport.objects.count() == 1


def test_reports_outside_hours_or_in_a_told_closure_are_kept_beside(
    now: datetime, world: World, counter: str, head: User
) -> None:
    report(now - timedelta(hours=3), counter, "early")
    with unit_of_work(SETUP, now - timedelta(days=1)):
        actions.announce_closure(point_key=counter, closure=Closure(WEDNESDAY, 540, 600, "Apel"))
    report(now, counter, "told")
    assert [row.flags for row in ClosedReport.objects.order_by("pk")] == [["outside_hours"], ["planned"]]
    assert counted(world) == (0, 0)
    assert not Notice.objects.exists()


def test_a_burst_from_one_network_is_flagged_and_another_network_still_counts(
    now: datetime, world: World, counter: str
) -> None:
    for number in range(7):
        report(now + timedelta(seconds=number), counter, f"f{number}")
    report(now + timedelta(seconds=9), counter, "other", "198.51.100.7")
    assert counted(world) == (0, 6)
    assert ClosedReport.objects.count() == 8, "none is dropped"
    traces = set(ReportTrace.objects.values_list("network", flat=True))
    assert len(traces) == 2
    assert not any("203.0.113" in trace for trace in traces)


def test_a_flood_is_answered_kindly_and_not_stored(
    now: datetime, counter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "DAILY", 2)
    report(now, counter, "a")
    report(now, counter, "b")
    with pytest.raises(reports.KnownAlready):
        report(now, counter, "c")
    assert report(now, counter, "a"), "who was heard still gets the code"


def test_an_unknown_counter_is_refused(now: datetime, world: World) -> None:
    with pytest.raises(NoSuchPoint):
        report(now, "tak-ada")


def test_a_report_is_followed_and_answered(now: datetime, world: World, counter: str, head: User) -> None:
    code = report(now, counter)
    assert reports.follow(f" {code[:4].upper()}-{code[4:]} ").answer == ""
    for text in ("", "x" * 301):
        with pytest.raises(reports.AnswerWrong), unit_of_work(SETUP, now):
            reports.answer_report(code=code, text=text)
    with pytest.raises(OutsideScope), unit_of_work(acting(head, Role.HEAD, world.units.works), now):
        reports.answer_report(code=code, text="Bukan urusan kami")
    with unit_of_work(acting(head, Role.HEAD, world.units.health), now):
        reports.answer_report(code=code, text="Petugas rapat. Loket dibuka lagi pukul 10.00.")
    found = reports.follow(code)
    assert (found.point_name, found.counted) == ("Loket 1", True)
    assert found.answer.startswith("Petugas rapat")
    for unknown in ("zzzzzzzz", "", "' OR 1=1"):
        with pytest.raises(reports.NoSuchReport):
            reports.follow(unknown)
    with pytest.raises(reports.NoSuchReport), unit_of_work(SETUP, now):
        reports.answer_report(code="zzzzzzzz", text="x")


def test_figures_of_a_day_are_kept_apart_from_the_hours(now: datetime, world: World, counter: str) -> None:
    report(now, counter)
    assert list(ServiceFigure.objects.values_list("measure", "day")) == [("closed_reports", date(2026, 11, 25))]
