"""The steps of `luwes roster`, each in its own units of work, and what they print."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.schedule.models import DraftState, RosterDraft, RosterLot
from luwes.apps.schedule.rosters import (
    calendars,
    drafts,
    facts,
    following,
    grid,
    grid_in,
    lots,
    people,
    queries,
    reasons,
    telling,
)
from luwes.apps.schedule.rosters.lots import Choice
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.solving import Run, in_worker
from luwes.apps.sources import wording as sources
from luwes.apps.sources.reading.contract import UnreadableFile
from luwes.config.commands.roster import FAULTS
from luwes.config.language import _
from luwes.config.refusals import Explained
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.lot import LotRefused
from luwes.core.roster.verify import Violation, verify

CONSOLE = system("luwes roster")


def plan(unit_key: str, month: date, wanted: Parameters, now: datetime, run: Run = in_worker) -> RosterDraft:
    """Ask for a roster and reckon it now."""
    with unit_of_work(CONSOLE, now):
        asked = drafts.request(unit_key=unit_key, month=month, wanted=wanted)
    return _reckoned(asked, now, run)


def replan(
    draft_id: str, start: date, reason: str, on_site: Sequence[date], now: datetime, run: Run = in_worker
) -> RosterDraft:
    """Ask for a re-plan and reckon it now."""
    with unit_of_work(CONSOLE, now):
        asked = drafts.request_replan(draft_id=draft_id, from_day=start, reason=reason, on_site=on_site)
    return _reckoned(asked, now, run)


def _reckoned(asked: RosterDraft, now: datetime, run: Run) -> RosterDraft:
    outcome = drafts.reckon(drafts.draft(asked.public_id), run=run)
    with unit_of_work(CONSOLE, now):
        return drafts.store(draft_id=asked.public_id, outcome=outcome)


def tell_plan(one: RosterDraft, out: Path | None, run: Run = in_worker) -> int:
    """Print what came of a plan and what no plan could mend; write the grid where one is asked for."""
    one = drafts.draft(one.public_id)
    if one.state != DraftState.READY:
        print(telling.sentence(one.refusal))
        for line in reasons.why_none(one, run=run):
            print(f"- {line}")
        return FAULTS
    month, found = drafts.read_month(one), drafts.plan_of(one)
    days, least, most = reasons.totals(month, found)
    print(_("Jadwal %(id)s siap: %(unit)s.") % {"id": one.public_id, "unit": month.units.get(one.unit.key, "")})
    print(_("%(days)d hari fleksibel; tiap orang %(least)d sampai %(most)d hari.")
          % {"days": days, "least": least, "most": most})  # fmt: skip
    for line in reasons.unkept(one):
        print(f"- {line}")
    if out is not None:
        path = out / f"jadwal-{one.public_id}.xlsx" if out.is_dir() else out
        try:
            path.write_bytes(grid.workbook(one, month, found))
        except OSError as error:
            raise Explained(_("Berkas tidak dapat ditulis: %(reason)s.") % {"reason": error.strerror}) from error
        print(_("Lembar tersimpan: %(file)s") % {"file": path})
    return 0


def check_one(draft_id: str, now: datetime) -> int:
    """Hold one roster against what the database says now."""
    one = drafts.draft(draft_id)
    if one.state == DraftState.PUBLISHED:
        return _tell_force(following.in_force(draft_id, timezone.localdate(now)))
    if one.state != DraftState.READY:
        raise drafts.NotReady(draft_id)
    month, found = drafts.read_unchanged(one), drafts.plan_of(one)
    return _tell_violations(month, verify(month.problem, found))


def check_published(now: datetime) -> int:
    """Hold every published roster with days to come against what the database says now."""
    found = following.endangered(timezone.localdate(now))
    for one in found:
        _tell_force(one)
    if not found:
        print(_("Semua jadwal terbit menepati aturan."))
    return FAULTS if found else 0


def _tell_force(one: following.InForce) -> int:
    if one.sound or one.month is None:
        print(_("Jadwal %(id)s menepati aturan.") % {"id": one.draft.public_id} if one.sound
              else telling.sentence(one.refusal))  # fmt: skip
        return 0 if one.sound else FAULTS
    print(_("Jadwal %(id)s perlu disusun ulang:") % {"id": one.draft.public_id})
    if one.violations:
        _tell_violations(one.month, one.violations)
    if one.stale:
        print(_("- %(count)d hari tidak berlaku lagi (libur baru atau pegawai pindah).") % {"count": one.stale})
    return FAULTS


def _tell_violations(month: facts.Month, violations: Sequence[Violation]) -> int:
    known = people.names(row.employee for row in month.rows)
    who = [known[row.employee].name for row in month.rows]
    for one in violations:
        print(f"- {telling.violation(one, who, month.days, 'id')}")
    if not violations:
        print(_("Jadwal ini menepati semua aturan."))
    return FAULTS if violations else 0


def check_file(payload: bytes, unit_key: str, month: date, wanted: Parameters, now: datetime) -> int:
    """Hold a hand-made grid against every rule; each fault is named by its cell."""
    read = facts.month(unit_key, month, wanted, from_day=max(month, timezone.localdate(now)))
    try:
        sheet = grid_in.read(payload, read)
    except UnreadableFile as error:
        raise Explained(sources.unreadable(error.code, error.facts)) from error
    faults = grid_in.check(sheet, read)
    for one in faults:
        print(f"- {one.cell}: {one.sentence}" if one.cell else f"- {one.sentence}")
    if not faults:
        print(_("Lembar ini menepati semua aturan."))
    return FAULTS if faults else 0


def explain(draft_id: str, employee: str, day: date | None, run: Run = in_worker) -> int:
    """Say why no roster could be made, or why somebody is not flexible on a day."""
    one = drafts.draft(draft_id)
    if employee and day is not None:
        lines = reasons.why_not_flexible(one, employee, day, run=run)
    elif employee or day is not None:
        raise Explained(_("Pilih pegawai dan hari, keduanya."))
    else:
        lines = reasons.why_none(one, run=run) or [_("Jadwal dapat dibuat; tidak ada aturan yang berbenturan.")]
    for line in lines:
        print(line)
    return 0


def is_lot(name: str) -> bool:
    """Whether this is the code of a lot, not the key of a roster."""
    return RosterLot.objects.filter(code=name).exists()


def freeze(draft_id: str, choice: Choice, reason: str, now: datetime, run: Run = in_worker) -> str:
    """Freeze a lot over a ready roster; gives its code."""
    try:
        with unit_of_work(CONSOLE, now):
            return lots.freeze(draft_id=draft_id, choice=choice, reason=reason, run=run).code
    except (LotRefused, NoRoster) as refused:
        raise Explained(telling.sentence(refused.code)) from refused


def draw(code: str, numbers: Sequence[int], now: datetime, run: Run = in_worker) -> int:
    """Draw a frozen lot and print every lot over the same unit and month."""
    lot = RosterLot.objects.select_related("draft").get(code=code)
    try:
        with unit_of_work(CONSOLE, now):
            lots.draw(lot_id=lot.public_id, numbers=numbers, run=run)
    except (LotRefused, NoRoster) as refused:
        raise Explained(telling.sentence(refused.code)) from refused
    return tell_lots(lot.draft.public_id if lot.draft else "")


def tell_lots(draft_id: str) -> int:
    """Print every lot over the unit and month of a roster."""
    one = drafts.draft(draft_id)
    for row in queries.lots(one.unit.key, one.month):
        for line in grid.lot_text(row):
            print(line)
    return 0


def publish(draft_ids: Sequence[str], now: datetime) -> int:
    """Make rosters hold, all or none."""
    with unit_of_work(CONSOLE, now):
        found = drafts.publish(draft_ids=draft_ids)
    for one in found:
        print(_("Jadwal %(id)s terbit.") % {"id": one.public_id})
    return 0


def calendar(employee: str, unit_key: str, now: datetime) -> int:
    """Make somebody's private calendar address and print its path, this once."""
    with unit_of_work(CONSOLE, now):
        secret = calendars.link_calendar(employee_id=employee, unit_key=unit_key)
    print(_("Alamat kalender pribadi, ditampilkan sekali ini: %(path)s") % {"path": f"/jadwal/{secret}.ics"})
    return 0
