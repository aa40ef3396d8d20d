"""The stages of articles 35-36: the unit head, then the PPK; three panels, and a log of what was provided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.evaluation.models import StageReview
from luwes.apps.people import access as people_access
from luwes.apps.people.models import Unit

PANELS = ("kinerja", "disiplin", "sarana")
STAGE = StageReview.Stage


class PanelIncomplete(Refused):
    """A panel is neither filled nor waived with a reason; `what` names it."""

    code = "panel_incomplete"

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class ReviewIncomplete(Refused):
    """The period, the conclusion or the signer is missing."""

    code = "review_incomplete"


class HeadHasNotSpoken(Refused):
    """The PPK decides on what the unit head has said of the same period."""

    code = "head_has_not_spoken"


@dataclass(frozen=True, slots=True)
class Panel:
    """What is said under a panel, or why it is waived; one of both."""

    text: str = ""
    waived: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """Something that was provided: what, how much in words, and since when (None: not known)."""

    what: str
    amount: str
    since: date | None


@dataclass(frozen=True, slots=True)
class ReviewWanted:
    """One stage as somebody fills it in."""

    unit_key: str
    since: date
    until: date
    stage: str
    panels: Mapping[str, Panel]
    means: Sequence[Means]
    conclusion: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One stage as it stands."""

    stage: str
    panels: Mapping[str, Panel]
    means: Sequence[Means]
    conclusion: str
    signer: str
    signed_on: date


def sign_review(*, wanted: ReviewWanted, signer: str) -> None:
    """Keep one stage under the name of who signs; a later version of the same stage supersedes.

    A unit's head speaks for the unit; the PPK for the government, after the head. Raises Forbidden, OutsideScope,
    PanelIncomplete, ReviewIncomplete, HeadHasNotSpoken.
    """
    work = current()
    people_access.require_unit(work.actor, Right.SIGN_STAGE_REVIEW, wanted.unit_key, wanted.until)
    # The head's role is over one unit, the PPK's over all: nobody speaks in the other's stage.
    if bool(work.actor.scope) != (wanted.stage == STAGE.HEAD) and work.actor.role:
        raise OutsideScope(wanted.unit_key)
    _check(wanted, signer)
    unit = Unit.objects.get(key=wanted.unit_key)
    locking.lock_rows({}, names=[f"stage_review:{unit.pk}"])
    spoken = {row.stage for row in reviews(wanted.unit_key, wanted.since, wanted.until)}
    if wanted.stage == STAGE.PPK and STAGE.HEAD not in spoken:
        raise HeadHasNotSpoken(wanted.unit_key)
    same = Q(unit=unit, since=wanted.since, until=wanted.until, stage=wanted.stage)
    StageReview.objects.filter(same, superseded_at=None).update(superseded_at=work.now)
    StageReview.objects.create(
        unit=unit,
        since=wanted.since,
        until=wanted.until,
        stage=wanted.stage,
        panels={name: {"text": one.text.strip(), "waived": one.waived.strip()} for name, one in wanted.panels.items()},
        means=[
            {"what": one.what, "amount": one.amount, "since": one.since.isoformat() if one.since else None}
            for one in wanted.means
        ],
        conclusion=wanted.conclusion.strip(),
        signer=signer.strip(),
        signed_by=work.actor.id,
        recorded_at=work.now,
    )
    record(
        action="evaluation.reviewed",
        subject=wanted.unit_key,
        facts={"stage": wanted.stage, "since": wanted.since.isoformat(), "until": wanted.until.isoformat()},
    )


def _check(wanted: ReviewWanted, signer: str) -> None:
    for name in PANELS:
        panel = wanted.panels.get(name, Panel())
        if bool(panel.text.strip()) == bool(panel.waived.strip()):
            raise PanelIncomplete(name)
    if unknown := set(wanted.panels) - set(PANELS):
        raise PanelIncomplete(sorted(unknown)[0])
    if not wanted.since < wanted.until or wanted.stage not in STAGE.values:
        raise ReviewIncomplete(wanted.stage)
    if not wanted.conclusion.strip() or not signer.strip():
        raise ReviewIncomplete(wanted.unit_key)


def reviews(unit_key: str, since: date, until: date) -> Sequence[ReviewRow]:
    """The stages of a unit and period as they stand, the head's first."""
    rows = StageReview.objects.filter(unit__key=unit_key, since=since, until=until, superseded_at=None)
    found = [
        ReviewRow(
            stage=row.stage,
            panels={name: Panel(**one) for name, one in row.panels.items()},
            means=[
                Means(one["what"], one["amount"], date.fromisoformat(one["since"]) if one["since"] else None)
                for one in row.means
            ],
            conclusion=row.conclusion,
            signer=row.signer,
            signed_on=row.recorded_at.date(),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.stage != STAGE.HEAD)
