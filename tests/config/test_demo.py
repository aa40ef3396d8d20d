"""The invented province as `luwes demo` fills it: through the real importers, whole, and only once."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from math import ceil
from pathlib import Path

import pytest
from django.db.models import Sum
from django.utils import timezone

from luwes.apps.accounts.models import User
from luwes.apps.attendance.models import MonthRun, PresenceDay
from luwes.apps.people.calendars.queries import blackouts
from luwes.apps.people.programmes.queries import programs
from luwes.apps.people.queries import units_on
from luwes.apps.reporting.form_queries import State, board
from luwes.apps.reporting.monthly import monthly
from luwes.apps.reporting.monthly_content import Since
from luwes.apps.reporting.standards import ALL, FLEXIBLE, OTHER, standards
from luwes.apps.reporting.standards import KINDS as KINDS_OF_DAYS
from luwes.apps.results import own_work
from luwes.apps.results.counters import places
from luwes.apps.results.measures import Measure, Witness
from luwes.apps.results.models import (
    ClosedReport,
    CounterTap,
    OpeningDay,
    QrAnswer,
    ServiceFigure,
    SpotCheck,
    SpotDraw,
)
from luwes.apps.results.spotchecks.queries import repeats
from luwes.apps.schedule import queries
from luwes.apps.schedule.models import ExposureDay, ExposureMonth, LotRecord, Origin, PersonDay
from luwes.apps.sources.models import ImportBatch, RejectedCell
from luwes.config import cli, demo, demo_counters, demo_facts, demo_files, demo_forms
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.standard import Promise, Verdict
from luwes.examples.invented.facts import truths
from luwes.examples.invented.facts.checks import found_at
from luwes.examples.invented.facts.files import InventedFile
from luwes.examples.invented.facts.months import DAY_KINDS, KINDS, month_files
from luwes.examples.invented.facts.plan import plan_of
from luwes.examples.invented.facts.truths import Scenario, Truth
from luwes.examples.invented.facts.world import SLOW_EVERY
from luwes.examples.invented.names import UNIT_NAMES

SCENARIO = Scenario(truth=Truth.HARM, staff=450)


def month_of(day: date) -> date:
    return day.replace(day=1)


@pytest.mark.django_db
def test_a_small_province_is_filled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # One recap is enough here: the others go the same way and cost a second each.
    monkeypatch.setattr(demo, "DATES", demo.DATES[-1:])
    monkeypatch.setattr(demo_counters, "LONGEST", timedelta(days=12))
    filled = demo.fill(SCENARIO, months=1)
    today = timezone.localdate(timezone.now())
    last = month_of(month_of(today) - timedelta(days=1))
    assert queries.months() == [last, month_of(today)]
    # Rosters are published by people, and nobody has made one yet.
    filed = {*Origin} - {Origin.ROSTER}
    assert set(PersonDay.objects.values_list("origin", flat=True)) == {origin.value for origin in filed}
    assert LotRecord.objects.exists()
    drawn = set(PersonDay.objects.exclude(lot="").values_list("lot", flat=True))
    assert drawn <= set(LotRecord.objects.values_list("code", flat=True))
    agencies = queries.agencies_in(last)
    assert {line.name for line in agencies} >= set(UNIT_NAMES)
    # Days at home in some offices, and days on which everybody is at the desk.
    assert all(sum(line.days[kind] for line in agencies) > 0 for kind in (DayKind.FLEXIBLE, DayKind.OTHER))
    assert ExposureMonth.objects.filter(service__isnull=False).exists()
    assert filled.offices is None
    everything_came()
    reckoned(last)
    answered(last, today)
    as_planned(last)
    harmed(last)
    judged(last, today)

    watched(today)

    names = {unit.key: unit.name for unit in units_on(today)}
    kept = programs()
    assert len(kept) == 4
    assert all(row.facts.milestones and row.facts.team and names[row.facts.owner] in UNIT_NAMES for row in kept)
    assert len(blackouts(date(2026, 12, 1), date(2027, 1, 1))) == 1

    nip = User.objects.get(email="pegawai@contoh.go.id").nip
    assert nip
    own = own_work.own_month(nip, last)
    assert own is not None
    assert own.lines

    counts = [model.objects.count() for model in (ImportBatch, PersonDay, MonthRun, QrAnswer, CounterTap, SpotCheck)]
    assert demo.fill(SCENARIO, months=1).files == 0
    assert counts == [
        model.objects.count() for model in (ImportBatch, PersonDay, MonthRun, QrAnswer, CounterTap, SpotCheck)
    ]
    assert len(programs()) == 4
    assert len(blackouts(date(2026, 12, 1), date(2027, 1, 1))) == 1


def everything_came() -> None:
    """Every kind, nothing left unmapped, and refused only what was planted to be."""
    batches = list(ImportBatch.objects.select_related("source"))
    assert {batch.source.kind for batch in batches} >= set(KINDS)
    assert {batch.counts["unmapped"] for batch in batches} == {0}
    refused = defaultdict(set)
    for kind, code in RejectedCell.objects.values_list("batch__source__kind", "code"):
        refused[kind].add(code)
    # A Saturday in the plans, and people away by their legal position among those on leave.
    assert set(refused) <= set(DAY_KINDS)
    assert set().union(*refused.values()) <= {"not_working", "not_in_service"}
    told = {(batch.source.kind, one["code"]) for batch in batches for one in batch.summary["findings"]}
    assert told >= {("punches", "repeated_rows"), ("tickets", "repeated_rows"), ("openings", "days_missing")}
    assert told >= {("flexdays", "repeated_rows"), ("flexdays", "yields_to_leave")}
    corrected = next(batch for batch in batches if batch.file_name.endswith("-perbaikan.csv"))
    assert (corrected.counts["new"], corrected.counts["changed"]) == (0, 5)


def watched(today: date) -> None:
    """The counters' three instruments: checks say what was planted, and the officer who answers alone is flagged."""
    land = demo_files.province_of(SCENARIO)
    services = {one.name: one for one in land.services}
    points = {one.key: (services[one.service_name], one.name) for one in places.places(None, today)}
    filed = SpotCheck.objects.exclude(filed_at=None).select_related("draw", "point")
    assert filed.count() > 20
    for row in filed:
        found = found_at(land, *points[row.point.key], row.draw.day, row.minute)
        assert found is not None
        assert (row.served, row.said_minute, row.waited) == (found.served, found.minute, found.waited)
    drawn = set(SpotDraw.objects.filter(day__lt=today).values_list("day", flat=True))
    assert drawn >= {row.draw.day for row in filed}
    assert all(repeats(day) for day in drawn)

    taken = QrAnswer.objects.select_related("poster__point")
    assert set(taken.values_list("summed_at", flat=True)) != {None}
    flagged = [row for row in taken if row.flags]
    assert {points[row.poster.point.key][0].office for row in flagged} <= {truths.STUFFED}
    # Where more answered than came, all answers of the day are flagged, the honest among them.
    assert all(row.satisfied == 4 for row in flagged if row.flags != ["lebih_banyak"])
    weeks = {row.day.isocalendar().week % 2 for row in taken}
    assert flagged or 1 not in weeks

    assert set(CounterTap.objects.values_list("state", flat=True)) >= {"buka", "tutup"}
    assert OpeningDay.objects.filter(instrument=OpeningDay.Instrument.TAP, superseded_at=None).exists()
    reports = ClosedReport.objects.filter(flags=[])
    assert all(
        bool(row.answer) == (place % demo_counters.UNANSWERED != 0)
        for place, row in enumerate(reports.order_by("at", "pk"))
    )


def reckoned(month: date) -> None:
    run = MonthRun.objects.get(month=month)
    assert not run.final
    assert run.finished_at is not None
    assert PresenceDay.objects.filter(day__month=month.month, late__gt=0).exists()


def answered(month: date, today: date) -> None:
    """Some offices have sent nothing, some forgot a row, some heads have signed what is whole."""
    rows = board(month, today)
    states = Counter(row.state for row in rows)
    assert states.keys() == set(State)
    assert states[State.SIGNED] == ceil((states[State.COMPLETE] + states[State.SIGNED]) / demo_forms.SIGNING)
    signed = next(row.unit for row in rows if row.state is State.SIGNED)
    one = monthly(signed.key, month, today)
    assert one.since == Since()
    assert one.facts.form is not None
    assert one.facts.form.signature is not None
    assert one.facts.form.signature.signed_by == f"Kepala {signed.name} (contoh)"


def as_planned(month: date) -> None:
    """The product's exposures are those the truths were planted by."""
    province = demo_files.province_of(SCENARIO)
    plan = plan_of(province, month)
    places = {service.name: service for service in province.services}
    rows = ExposureDay.objects.filter(service__isnull=False, day__gte=month, day__lte=plan.days[-1])
    found = rows.values_list("service__versions__name", "day", "kind", "exposure")
    assert len(found) == len(places) * len(plan.days)
    for name, day, kind, exposure in found:
        wanted = plan.exposures[places[name].place, day]
        assert (exposure is None) is (wanted is None)
        assert exposure is None or float(exposure) == pytest.approx(float(wanted or 0), abs=1e-6), (name, day)
        assert wanted is None or kind == plan.kind(places[name], day).value


def harmed(month: date) -> None:
    """Hours kept on flexible days, by the product's own sums."""
    end = month_of(month + timedelta(days=31))
    shares = {}
    for kind in (DayKind.FLEXIBLE, DayKind.OTHER):
        days = ExposureDay.objects.filter(service__isnull=False, kind=kind.value, day__gte=month, day__lt=end)
        kept = of = 0
        for service, day in days.values_list("service_id", "day"):
            sums = ServiceFigure.objects.filter(service=service, day=day, measure=Measure.HOURS_KEPT.value)
            one = sums.aggregate(kept=Sum("kept"), of=Sum("of"))
            kept, of = kept + (one["kept"] or 0), of + (one["of"] or 0)
        shares[kind] = kept / of * 100
    difference = shares[DayKind.FLEXIBLE] - shares[DayKind.OTHER]
    assert difference == pytest.approx(truths.HOURS_POINTS, abs=1.5)
    measured = set(ServiceFigure.objects.values_list("measure", flat=True))
    assert measured >= {measure.value for measure in (*Measure, *Witness)}


def judged(month: date, today: date) -> None:
    """Most services keep what they promise, with the people they have; planted harm shows on flexible days alone."""
    found = standards(month, until=today)
    of_kind = {
        kind: Counter(
            (answer.figures.promise, answer.verdict) for one in found for answer in one.answers[kind].promises
        )
        for kind in KINDS_OF_DAYS
    }
    hours, people, cases = Promise.HOURS_KEPT, Promise.IMPLEMENTERS_PRESENT, Promise.WITHIN_TIME
    assert of_kind[FLEXIBLE][hours, Verdict.FAILS] > 8 * max(of_kind[OTHER][hours, Verdict.FAILS], 1)
    assert of_kind[ALL][people, Verdict.MEETS] > 30
    assert of_kind[ALL][people, Verdict.FAILS] == 0
    others = Counter(one.answers[OTHER].verdict for one in found)
    assert others[Verdict.MEETS] > 4 * others[Verdict.FAILS]
    assert 3 < of_kind[OTHER][cases, Verdict.FAILS] <= 120 // SLOW_EVERY


def test_of_a_large_province_single_persons_come_from_some_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[InventedFile] = []
    monkeypatch.setattr(demo_facts, "bring", lambda file, today: sent.append(file))
    monkeypatch.setattr(demo_facts, "_known", set)
    monkeypatch.setattr(demo_facts, "_reckon", lambda month: None)
    filled = demo_facts.fill(Scenario(staff=2_500), 2, date(2026, 11, 25))
    assert filled.offices
    assert filled.signing[-1] == date(2026, 10, 1)
    assert len(filled.offices) == 9
    by_person = {file.name[-11:-4] for file in sent if file.kind in ("punches", "recap")}
    assert by_person == {"2026-10"}
    whole = month_files(demo_files.province_of(Scenario(staff=2_500)), date(2026, 10, 1), kinds=("punches",))
    punches = next(file for file in sent if file.kind == "punches")
    assert len(punches.payload) < len(whole[0].payload) / 3
    assert {file.name[-11:-4] for file in sent if file.kind == "leave"} == {"2026-10", "2026-11"}
    assert {file.name[-11:-4] for file in sent if file.kind == "flexdays"} == {"2026-09", "2026-10", "2026-11"}


def test_the_files_can_be_written_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--staff", "60", "--facts", "2", "--rollout", "none", "--truth", "output_gain"]
    assert cli.main(["demo", *told, "--write", str(tmp_path / "berkas")]) == 0
    folders = sorted(tmp_path.glob("berkas/*"))
    assert len(folders) == 2
    for folder in folders:
        kinds = {file.name.partition("--")[0] for file in folder.iterdir()}
        assert kinds >= set(KINDS) - {"lots", "flexdays", "programs"}
        assert "flexdays" not in kinds
    assert str(tmp_path / "berkas") in capsys.readouterr().out


def test_a_folder_that_cannot_be_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "berkas").write_text("")
    assert cli.main(["demo", "--staff", "60", "--facts", "1", "--write", str(tmp_path / "berkas")]) == 1
    assert "tidak dapat ditulis" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--facts", "25"], ["--facts", "x"], ["--rollout", "semua"], ["--truth", "ada"]])
def test_histories_that_do_not_exist_are_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["demo", *wrong])
    assert stopped.value.code == 2
