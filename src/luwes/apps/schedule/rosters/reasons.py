"""Why a roster cannot be made, and why somebody is not flexible on a day, in sentences."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.schedule.models import DraftState, RosterDraft
from luwes.apps.schedule.rosters import drafts, facts, people, telling, wording
from luwes.apps.schedule.rosters.allowed import Cell
from luwes.apps.schedule.rosters.facts import Month
from luwes.apps.schedule.rosters.solving import Run, in_worker, why
from luwes.core.formats import long_date
from luwes.core.roster.explain import Conflict, explain
from luwes.core.roster.flow import NoRoster
from luwes.core.roster.problem import FREE, Flags
from luwes.core.roster.verify import shortfalls
from luwes.core.roster.whynot import Reason

SHOWN = 5  # moves told one by one


def why_none(one: RosterDraft, *, run: Run = in_worker) -> list[str]:
    """Why the roster was refused, from what the database holds now; [] when one can be made."""
    try:
        month = drafts.read_month(one)
    except (facts.NothingToPlan, facts.CalendarMissing) as refused:
        return [telling.sentence(refused.code)]
    try:
        found: Conflict | None = run(explain, month.problem)
    except NoRoster as refused:
        return [telling.sentence(refused.code)]
    if found is None:
        return []
    return wording.conflict(found, _names(month), month.days, "id")


def why_not_flexible(one: RosterDraft, person: str, day: date, *, run: Run = in_worker) -> list[str]:
    """Why somebody (by opaque id) is not flexible on a day of a ready or published roster; raises NotReady."""
    if one.state not in (DraftState.READY, DraftState.PUBLISHED):
        raise drafts.NotReady(one.public_id)
    published = one.state == DraftState.PUBLISHED
    month = drafts.read_in_force(one, one.from_day or one.month) if published else drafts.read_month(one)
    ids = people.names(row.employee for row in month.rows)
    rows = [at for at, row in enumerate(month.rows) if ids[row.employee].id == person and row.inside]
    if not rows or day not in month.days:
        return [_("Pegawai atau hari itu tidak ada di jadwal ini. Periksa keduanya.")]
    at = next((row for row in rows if day in month.rows[row].works), rows[0])
    cell = Cell(int(month.cells[at, list(month.days).index(day)]))
    who, when = ids[month.rows[at].employee].name, long_date(day, "id")
    if cell is not Cell.OPEN:
        return [_("%(who)s pada %(day)s: %(why)s.") % {"who": who, "day": when, "why": telling.cell(cell)}]
    plan = month.standing.old | (month.standing.pins == 1) if published else drafts.plan_of(one)
    problem = drafts.without_promises(month) if published else month.problem
    found: Reason = run(why, (problem, plan, at, list(month.days).index(day)))
    return [_plain(found, who, when), *_moves(found, month)]


def unkept(one: RosterDraft) -> list[str]:
    """Floors above the people present, and days closed by counters without a confirmed floor: what a plan hides."""
    month, plan = drafts.read_month(one), drafts.plan_of(one)
    said = [telling.shortfall(found, month.days, "id") for found in shortfalls(month.problem, plan)]
    closed = int((month.cells == Cell.NO_FLOOR).any(1).sum())
    if closed:
        text = ngettext(
            "%(count)d orang tidak dapat dijadwalkan karena lantai loketnya belum dikonfirmasi.",
            "%(count)d orang tidak dapat dijadwalkan karena lantai loketnya belum dikonfirmasi.",
            closed,
        )
        said.append(text % {"count": closed})
    return said


def _names(month: Month) -> list[str]:
    known = people.names(row.employee for row in month.rows)
    return [known[row.employee].name for row in month.rows]


def _plain(found: Reason, who: str, day: str) -> str:
    told = {"who": who, "day": day, "rules": ", ".join(found.blocking)}
    return {
        "past": _("%(day)s sudah lewat."),
        "flexible": _("%(who)s sudah fleksibel pada %(day)s."),
        "absent": _("%(who)s tidak bertugas pada %(day)s."),
        "not_allowed": _("%(who)s tidak boleh fleksibel pada %(day)s."),
        "pinned": _("Hari %(who)s pada %(day)s sudah ditetapkan lain."),
        "unwanted": _("%(who)s tidak mau fleksibel pada %(day)s."),
        "full": _("%(who)s pada %(day)s: penuh menurut %(rules)s."),
        "outweighed": _("%(who)s pada %(day)s: masih ada tempat, tetapi pembagian hari lain bernilai lebih."),
        "impossible": _("%(who)s pada %(day)s: tidak ada jadwal yang dapat memberikan hari ini."),
    }[found.code] % told


def _moves(found: Reason, month: Month) -> list[str]:
    names = _names(month)
    said = []
    for change in found.moves[:SHOWN]:
        told = {"who": names[change.person], "day": long_date(month.days[change.day], "id")}
        text = (
            _("Agar bisa: %(who)s menjadi fleksibel pada %(day)s.")
            if change.flexible
            else _("Agar bisa: %(who)s masuk kantor pada %(day)s.")
        )
        said.append(text % told)
    rest = len(found.moves) - SHOWN
    if rest > 0:
        said.append(ngettext("Dan %(count)d perubahan lain.", "Dan %(count)d perubahan lain.", rest) % {"count": rest})
    if found.conflict is not None:
        said += wording.conflict(found.conflict, names, month.days, "id")[1:]
    return said


def totals(month: Month, plan: Flags) -> tuple[int, int, int]:
    """Flexible days of the plan, and the fewest and most of anybody who could be flexible at all."""
    own = plan & month.inside[:, None]
    able = (month.cells == Cell.OPEN).any(1)
    counts: Sequence[int] = own.sum(1)[able].tolist() or [0]
    new = own & (month.standing.pins == FREE)
    return int(new.sum()), min(counts), max(counts)
