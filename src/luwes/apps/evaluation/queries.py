"""Reads of plans, their ledger and what was found."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max

from luwes.apps.evaluation.models import AnalysisPlan, Look, Run
from luwes.apps.evaluation.plans import Content
from luwes.core.evaluation.looks import policy_spending


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with its signer and looks; `spent` is what all frozen plans of the same policy have spent together."""

    id: str
    content: Content
    digest: str
    signer: str
    drafted_at: datetime
    frozen_at: datetime | None
    looks: int
    spent: float

    @property
    def late(self) -> bool:
        """Whether it was frozen after the policy began."""
        return self.frozen_at is not None and self.frozen_at.date() > self.content.start


@dataclass(frozen=True, slots=True)
class RunRow:
    """What one look found; `evidence` is the package's text ("": it may not leave the house)."""

    plan: PlanRow
    number: int
    cutoff: date
    computed_at: datetime
    text: str
    evidence: str

    @property
    def result(self) -> Mapping[str, Any]:
        """The canonical result."""
        found: Mapping[str, Any] = json.loads(self.text)
        return found


def plans() -> Sequence[PlanRow]:
    """Every plan, the newest first."""
    return [_plan(row) for row in AnalysisPlan.objects.order_by("-drafted_at", "-pk")]


def plan(plan_id: str) -> PlanRow | None:
    """One plan, or None."""
    row = AnalysisPlan.objects.filter(public_id=plan_id).first()
    return None if row is None else _plan(row)


def runs_of(plan_id: str) -> Sequence[RunRow]:
    """What the looks of a plan found, the first one first."""
    rows = Run.objects.filter(look__plan__public_id=plan_id).select_related("look__plan").order_by("look__number")
    return [_run(row) for row in rows]


def latest(until: date) -> RunRow | None:
    """The newest result whose data end before `until`, over all plans; None: nothing was run."""
    rows = Run.objects.filter(look__cutoff__lte=until).select_related("look__plan")
    row = rows.order_by("-look__cutoff", "-computed_at").first()
    return None if row is None else _run(row)


def state() -> tuple[int, int | None]:
    """Differs whenever a result was added: for what is remembered of them."""
    found = Run.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return found["n"], found["last"]


def looks_of(plan_id: str) -> Sequence[Look]:
    """The ledger of a plan."""
    return list(Look.objects.filter(plan__public_id=plan_id).order_by("number"))


def _plan(row: AnalysisPlan) -> PlanRow:
    frozen = AnalysisPlan.objects.filter(policy=row.policy, frozen_at__isnull=False)
    return PlanRow(
        id=row.public_id,
        content=Content.from_json(row.content),
        digest=row.digest,
        signer=row.signer,
        drafted_at=row.drafted_at,
        frozen_at=row.frozen_at,
        looks=row.looks.count(),
        spent=policy_spending([float(one["level"]) for one in frozen.values_list("content", flat=True)]),
    )


def _run(row: Run) -> RunRow:
    evidence = bytes(row.evidence)
    return RunRow(
        plan=_plan(row.look.plan),
        number=row.look.number,
        cutoff=row.look.cutoff,
        computed_at=row.computed_at,
        text=row.result,
        evidence=zlib.decompress(evidence).decode() if evidence else "",
    )
