"""Lots: frozen first, drawn once, repeated block by block, and what inference reads of them."""

import json
from datetime import date, datetime
from hashlib import sha256

import numpy as np
import pytest

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import ChainLink, Employee, LinkRole, Service, Unit
from luwes.apps.schedule.models import How, PersonDay, RedrawnBlock, RosterDraft, RosterLot, SeedFrom
from luwes.apps.schedule.rosters import drafts, lots, packing, queries, telling
from luwes.apps.schedule.rosters.lots import Choice
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.solving import Chance, at_once, draw
from luwes.apps.schedule.tasks import repeat
from luwes.core.roster.lot import LotRefused, seed_of
from luwes.core.roster.verify import verify
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import MONTH, NIPS, build, flexible, id_of, plan, publish
from tests.world import SETUP

pytestmark = pytest.mark.django_db
FEW = Choice(repetitions=40)


def frozen(now: datetime, ready: RosterDraft, choice: Choice = FEW, reason: str = "") -> RosterLot:
    with unit_of_work(SETUP, now):
        return lots.freeze(draft_id=ready.public_id, choice=choice, reason=reason, run=at_once)


def drawn(now: datetime, lot: RosterLot, *numbers: int) -> RosterLot:
    with unit_of_work(SETUP, now):
        return lots.draw(lot_id=lot.public_id, numbers=numbers, run=at_once)


def test_the_seed_is_the_entry_of_the_freezing_and_anybody_can_repeat_the_draw(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    lot = frozen(now, ready)
    assert lot.procedure_hash == sha256(lot.procedure.encode()).hexdigest()
    assert json.loads(lot.procedure)["problem"] == sha256(bytes(ready.problem or b"")).hexdigest()
    assert lot.seed == ""
    done = drawn(now, lot)
    entry = AuditEntry.objects.get(action="roster.lot_frozen")
    assert done.head == entry.hash
    words = seed_of(bytes.fromhex(entry.hash), lot.public_id)
    problem = packing.unpack(bytes(ready.problem or b""))
    again, fingerprint = draw(Chance(problem, lots.lot_from(done), words))
    kept = RosterDraft.objects.get()
    assert fingerprint == done.fingerprint == kept.fingerprint
    assert np.array_equal(drafts.plan_of(kept), again)
    assert verify(problem, again) == []


def test_published_days_name_the_lot(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    lot = frozen(now, ready)
    with pytest.raises(drafts.LotWaiting):
        publish(now, ready)
    drawn(now, lot)
    publish(now, ready)
    assert set(PersonDay.objects.filter(origin="roster").values_list("how", "lot")) == {(How.LOT, lot.code)}
    assert lot.code.startswith("U-2026-12-")


def test_one_draw_a_lot_and_another_lot_needs_a_reason_and_both_are_kept(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    first = frozen(now, ready)
    with pytest.raises(lots.LotAgain) as again:
        frozen(now, ready)
    assert telling.refusal(again.value).endswith("alasan tertulis.")
    second = frozen(now, ready, reason="Saksi tidak hadir")
    with pytest.raises(lots.LotDrawn):
        drawn(now, first)
    drawn(now, second)
    with pytest.raises(lots.LotDrawn):
        drawn(now, second)
    with pytest.raises(lots.LotAgain):
        frozen(now, plan(now, units.section))
    told = queries.lots(units.section, MONTH)
    assert [(one.number, one.reason, one.drawn_at is None) for one in told] == [
        (1, "", True),
        (2, "Saksi tidak hadir", False),
    ]


def test_numbers_drawn_in_public_are_taken_only_where_the_lot_waits_for_them(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    by_audit = frozen(now, ready)
    with pytest.raises(lots.BadNumbers, match="no_numbers"):
        drawn(now, by_audit, 1, 2, 3)
    public = frozen(now, ready, Choice(seed_from=SeedFrom.NUMBERS, repetitions=5), reason="Diundi di aula")
    for few in ((), (1, 2), (1, 2, -3)):
        with pytest.raises(lots.BadNumbers, match="roster_lot_numbers"):
            drawn(now, public, *few)
    done = drawn(now, public, 17, 4, 33)
    assert done.numbers == [17, 4, 33]
    assert done.seed != " ".join(map(str, seed_of(bytes.fromhex(done.head), done.public_id)))


def test_a_lot_frozen_in_the_same_breath_cannot_be_drawn(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    with unit_of_work(SETUP, now):
        lot = lots.freeze(draft_id=ready.public_id, choice=FEW, run=at_once)
    RosterLot.objects.update(public_id="tanpajejak000000")
    lot.refresh_from_db()
    with pytest.raises(drafts.NotReady):
        drawn(now, lot)
    with pytest.raises(OutsideScope), unit_of_work(SETUP, now):
        lots.draw(lot_id="tidak-ada", run=at_once)


def test_changed_data_refuse_the_freezing(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    files.store("leave", now, (NIPS[0], "02/12/2026", "02/12/2026", "Penuh"))
    with pytest.raises(drafts.InputsChanged):
        frozen(now, ready)
    with pytest.raises(LotRefused, match="lot"):
        frozen(now, plan(now, units.section), Choice(over="share"))
    with pytest.raises(LotRefused, match="repetitions"):
        frozen(now, plan(now, units.section), Choice(repetitions=0))


@pytest.mark.parametrize("over", ["weekday", "share"])
def test_the_weekday_and_the_share_can_be_drawn_too(now: datetime, over: str) -> None:
    units = build(now)
    ready = plan(now, units.section, Parameters(quota=40, weekdays=(2, 4)))
    lot = frozen(now, ready, Choice(over=over, lost=10_000, repetitions=3))  # type: ignore[arg-type] # both are known
    drawn(now, lot)
    publish(now, ready)
    weekdays = {day.isoweekday() for _, day in flexible()}
    assert weekdays <= {2, 4}
    if over == "weekday":
        assert len(weekdays) == 1


def test_redraws_are_written_in_blocks_and_go_on_after_a_restart(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lots, "BLOCK", 15)
    units = build(now)
    ready = plan(now, units.section)
    lot = drawn(now, frozen(now, ready))
    assert lots.unfinished() == []
    publish(now, ready)
    assert lots.unfinished() == [lot.public_id]
    first = lots.redraw_block(lot.public_id, run=at_once)
    assert first is not None
    with unit_of_work(SETUP, now):
        lots.store_block(lot_id=lot.public_id, first=first[0], found=first[1])
    with unit_of_work(SETUP, now):
        lots.store_block(lot_id=lot.public_id, first=first[0], found=first[1])
    repeat(lot.public_id, run=at_once)
    assert list(RedrawnBlock.objects.order_by("first").values_list("first", "count")) == [(0, 15), (15, 15), (30, 10)]
    assert lots.unfinished() == []
    found = queries.redrawn(lot.code)
    assert found is not None
    assert found.n == 40
    at = found.links.index((Unit.objects.get(key=units.section).pk, None))
    times = packing.unpack_counts(bytes(RosterDraft.objects.get().times or b""), (6, len(found.days)))
    assert found.counts[:, at].sum(0).tolist() == times.sum(0).tolist()
    assert found.counts[:, at].max() <= 3


def test_each_person_sees_how_likely_a_day_was(now: datetime) -> None:
    units = build(now)
    ready = plan(now, units.section)
    files.store("leave", now, (NIPS[1], "02/12/2026", "02/12/2026", "Penuh"))
    ready = plan(now, units.section)
    lot = drawn(now, frozen(now, ready))
    publish(now, ready)
    repeat(lot.public_id, run=at_once)
    pk = Employee.objects.get(public_id=id_of("Budi")).pk
    assert queries.chance(lot.code, pk, date(2026, 12, 2)) == (0, 40)
    drawn_times = queries.chance(lot.code, pk, date(2026, 12, 8))
    assert drawn_times is not None
    assert 0 < drawn_times[0] < 40
    assert queries.chance(lot.code, pk, date(2026, 12, 6)) is None
    assert queries.chance(lot.code, 0, date(2026, 12, 8)) is None
    assert queries.chance("U-x", pk, date(2026, 12, 8)) is None


def test_a_services_planned_exposure_is_known_in_every_redraw(now: datetime) -> None:
    units = build(now)
    service = Service.objects.get()
    works = Unit.objects.get(key=units.works)
    chain = {"service": service, "period": (date(2026, 1, 1), None), "recorded_at": now, "weight": 1}
    ready = plan(now, units.section)
    lot = drawn(now, frozen(now, ready))
    publish(now, ready)
    repeat(lot.public_id, run=at_once)
    found = queries.redrawn_service(service.pk, lot.code)
    assert found is not None
    shares, complete = found
    assert complete
    assert shares.shape == (40, len(lot.days))
    assert set(np.round(np.unique(shares) * 6).astype(int)) <= {0, 1, 2, 3}
    ChainLink.objects.create(unit=works, role=LinkRole.IT, **chain)
    again = queries.redrawn_service(service.pk, lot.code)
    assert again is not None
    assert (np.array_equal(again[0], shares), again[1]) == (True, False)
    assert queries.redrawn_service(service.pk, "U-x") is None
