"""Budget realisation with its verdict, per unit and date."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from luwes.api.auth import actor_of
from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.results import queries
from luwes.core.indicators.budget import pace

router = Router(tags=["anggaran"])


class BudgetDateOut(Schema):
    """A date for which figures are stored."""

    year: int
    as_of: date
    units: int


class BudgetOut(Schema):
    """One unit's realisation at one date, in whole rupiah and percent, and where the figure came from."""

    unit: str
    code: str
    name: str
    kind: str
    year: int
    as_of: date
    ceiling: int
    realised: int
    pct: Decimal | None
    target_pct: Decimal | None
    target_basis: str | None
    deviation: Decimal | None
    verdict: str
    flags: list[str]
    file_sha256: str
    row_number: int


@router.get("", response=list[BudgetDateOut], summary="Tanggal data", operation_id="budget_dates")
def budget_dates(request: HttpRequest) -> Sequence[queries.BudgetDate]:
    """Every date with figures, the newest first."""
    access.require_whole(actor_of(request), Right.SEE_GOVERNMENT)
    return queries.budget_dates()


@router.get("/{year}/{as_of}", response=list[BudgetOut], summary="Realisasi per tanggal", operation_id="budget_on")
def budget_on(request: HttpRequest, year: int, as_of: date) -> list[BudgetOut]:
    """All units at one date of one budget year; [] for a date without data."""
    access.require_whole(actor_of(request), Right.SEE_GOVERNMENT)
    return [_out(fact) for fact in queries.budget_on(as_of, year)]


def _out(fact: queries.BudgetFact) -> BudgetOut:
    judged = pace(fact.figure)
    return BudgetOut(
        unit=fact.unit_key,
        code=fact.unit_code,
        name=fact.unit_name,
        kind=fact.unit_kind,
        year=fact.figure.year,
        as_of=fact.figure.as_of,
        ceiling=fact.figure.ceiling,
        realised=fact.figure.realised,
        pct=judged.pct,
        target_pct=judged.target.pct if judged.target else None,
        target_basis=judged.target.basis.value if judged.target else None,
        deviation=judged.deviation,
        verdict=judged.verdict.value,
        flags=[flag.value for flag in judged.flags],
        file_sha256=fact.file_sha256,
        row_number=fact.row_number,
    )
