"""Writes of spot checks: freeze the procedure, draw a day, file what was found."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from luwes.apps.accounts import access
from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking, verify
from luwes.apps.audit import queries as audit
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import ActorKind
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access as people
from luwes.apps.results.models import SpotCheck, SpotDraw, SpotPhoto, SpotProcedure
from luwes.apps.results.services.stored import COUNTERS
from luwes.apps.results.services.witnesses import sum_witnesses
from luwes.apps.results.spotchecks.frame import Frame, as_json, frame_of
from luwes.apps.results.spotchecks.photo import cleaned
from luwes.core.sampling.detectable import reach
from luwes.core.sampling.draw import Drawn, draw, fingerprint, seed_of

# After how many working days the harm that can be shown is stated: one, two, three, six months.
HORIZONS = (22, 44, 66, 132)
# Half of the usual fifth of days being flexible, each rate of 2 doubling it, is near enough for a plan.
FLEXIBLE_DAYS = 0.2
# A phone may come back to the net late; after that a check counts as missing.
FILE_WITHIN = timedelta(days=3)
LONGEST_WAIT = 480


class ProcedureWrong(Refused):
    """Between 1 and 200 checks a day, a rate of 1 to 10, and a share below one."""

    code = "procedure_wrong"


class StartsTooEarly(Refused):
    """A procedure is frozen before its first draw, and no two begin on one day."""

    code = "starts_too_early"


class DrawnAlready(Refused):
    """The day has been drawn: there is no second try."""

    code = "drawn_already"


class FiledAlready(Refused):
    """Somebody filed this check before."""

    code = "filed_already"


class FindingWrong(Refused):
    """Whoever was not reached did not serve; waiting is 0 to 480 minutes."""

    code = "finding_wrong"


class NotNow(Refused):
    """A check is filed on its day or, from a phone without signal, up to three days later."""

    code = "not_now"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a checker found; `waited` in minutes, `said_minute` the minute of the day they were there."""

    reached: bool
    served: bool
    waited: int | None = None
    said_minute: int | None = None
    note: str = ""


def freeze_procedure(*, since: date, per_day: int, flexible_rate: int, base_share: Decimal) -> str:
    """Set how is drawn from a day to come, and say now what harm that can show by when. Needs PLAN_SPOT_CHECKS.

    Gives the procedure's id. Raises ProcedureWrong, StartsTooEarly.
    """
    work = current()
    access.require_whole(work.actor, Right.PLAN_SPOT_CHECKS)
    if not (1 <= per_day <= 200 and 1 <= flexible_rate <= 10 and 0 <= base_share < 1):
        raise ProcedureWrong
    locking.lock_rows({}, names=["spot_procedure"])
    if since <= work.today or SpotProcedure.objects.filter(since=since).exists():
        raise StartsTooEarly
    share = FLEXIBLE_DAYS * flexible_rate / (FLEXIBLE_DAYS * flexible_rate + 1 - FLEXIBLE_DAYS)
    stated = [
        {"days": row.days, "flexible": row.flexible, "other": row.other, "harm": row.harm and round(row.harm, 4)}
        for row in reach(float(base_share), per_day=per_day, flexible_share=share, days=HORIZONS)
    ]
    facts = {
        "since": since.isoformat(),
        "per_day": per_day,
        "flexible_rate": flexible_rate,
        "base_share": str(base_share.quantize(Decimal("0.0001"))),
        "reach": stated,
    }
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    made = SpotProcedure.objects.create(
        since=since,
        per_day=per_day,
        flexible_rate=flexible_rate,
        base_share=base_share,
        reach=stated,
        digest=digest,
        frozen_by=work.actor.id,
        frozen_at=work.now,
    )
    record(
        action="spot_check.procedure_frozen",
        subject=made.public_id,
        facts={"since": since.isoformat(), "per_day": per_day, "flexible_rate": flexible_rate, "digest": digest},
    )
    return made.public_id


def draw_day(*, day: date) -> int:
    """Draw the checks of a day by the procedure in force; gives how many, 0 where nothing is open or nothing is set.

    The seed is made from the head of the audit chain as it stands, the day and the procedure, so whoever draws
    chooses nothing. Needs PLAN_SPOT_CHECKS (the nightly task has it). Raises DrawnAlready.
    """
    work = current()
    access.require_whole(work.actor, Right.PLAN_SPOT_CHECKS)
    locking.lock_rows({}, names=["spot_draw"])
    procedure = SpotProcedure.objects.filter(since__lte=day).order_by("-since").first()
    if procedure is None or day < work.today:
        return 0
    if SpotDraw.objects.filter(day=day).exists():
        raise DrawnAlready
    frame = frame_of(day, procedure.flexible_rate)
    if not frame.cells:
        return 0
    last = audit.entries(audit.Filter(), limit=1).rows
    head = verify.head()
    seed = seed_of(head, day.isoformat(), procedure.digest)
    made = SpotDraw.objects.create(
        day=day,
        procedure=procedure,
        frame=as_json(frame.cells),
        frame_digest=fingerprint(frame.cells),
        audit_seq=last[0].seq if last else 0,
        audit_head=head,
        seed=seed,
        drawn_at=work.now,
    )
    drawn = draw(frame.cells, size=procedure.per_day, seed=seed)
    SpotCheck.objects.bulk_create(_check(made, frame, one) for one in drawn)
    record(
        action="spot_check.drawn",
        subject=procedure.public_id,
        facts={
            "day": day.isoformat(),
            "digest": made.frame_digest,
            "head": head,
            "entries": len(frame.cells),
            "drawn": len(drawn),
        },
    )
    return len(drawn)


def _check(made: SpotDraw, frame: Frame, one: Drawn) -> SpotCheck:
    place, minute, kind = frame.behind[one.cell.key]
    return SpotCheck(
        draw=made,
        service_id=place.service,
        point_id=place.pk,
        minute=minute,
        kind=kind,
        chance_of=one.probability.numerator,
        chance_in=one.probability.denominator,
    )


def file_check(*, check_id: str, finding: Finding, form: str, photo: bytes | None = None) -> None:
    """Store what was found at a drawn counter and hour. Needs FILE_SPOT_CHECKS.

    `form` is the phone's own mark: the same one again changes nothing, another is refused. Raises OutsideScope,
    FindingWrong, FiledAlready, NotNow, PhotoWrong, PhotoLarge.
    """
    work = current()
    found = SpotCheck.objects.filter(public_id=check_id).first()
    if found is None:
        raise OutsideScope(check_id)
    locked = locking.lock_rows({SpotCheck: [found.pk]}, names=[COUNTERS])[SpotCheck].get(found.pk)
    if not isinstance(locked, SpotCheck):
        raise OutsideScope(check_id)
    row = locked
    _require(row)
    if row.filed_at is not None:
        if row.form == form:
            return
        raise FiledAlready
    day = row.draw.day
    if not day <= work.today <= day + FILE_WITHIN:
        raise NotNow
    note = " ".join(finding.note.split())
    fits = finding.waited is None or 0 <= finding.waited <= LONGEST_WAIT
    there = finding.said_minute is None or 0 <= finding.said_minute <= 1439
    if (finding.served and not finding.reached) or not fits or not there or len(note) > 200:
        raise FindingWrong
    row.reached, row.served, row.waited = finding.reached, finding.served, finding.waited
    row.said_minute, row.note, row.form = finding.said_minute, note, form[:64]
    row.filed_by, row.filed_at = work.actor.id, work.now
    row.save()
    if photo:
        image = cleaned(photo)
        SpotPhoto.objects.create(check_row=row, image=image, sha256=hashlib.sha256(image).hexdigest(), at=work.now)
    record(
        action="spot_check.filed",
        subject=row.public_id,
        facts={"reached": finding.reached, "served": finding.served, "photo": bool(photo)},
    )
    sum_witnesses({(row.service_id, day)})


def _require(row: SpotCheck) -> None:
    """A person files over the whole government; a caller with a job link within its unit."""
    work = current()
    if work.actor.kind is not ActorKind.JOB_LINK:
        access.require_whole(work.actor, Right.FILE_SPOT_CHECKS)
        return
    unit = row.point.versions.filter(superseded_at=None, period__contains=row.draw.day).select_related("unit").first()
    people.require_unit(work.actor, Right.FILE_SPOT_CHECKS, unit.unit.key if unit else "", work.today)
