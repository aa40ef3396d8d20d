"""The table of results of a monthly report: by kind of result, against target and per staff-day."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luwes.apps.documents.report import Cell, CellKind, Column, Table
from luwes.apps.reporting.monthly_facts import MonthlyFacts
from luwes.core.indicators.outputs import OutputSums
from luwes.core.indicators.suppress import Suppressed

TEXT, COUNT, PERCENT = CellKind.TEXT, CellKind.COUNT, CellKind.PERCENT


def outputs_table(found: MonthlyFacts) -> Table:
    """Results by their label: different kinds do not add."""
    return Table(
        title=_("Hasil kerja"),
        columns=[
            Column(_("Jenis hasil"), TEXT, 40),
            Column(_("Hasil"), COUNT, 12),
            Column(_("Yang bertarget"), COUNT, 14),
            Column(_("Target"), COUNT, 12),
            Column(_("Capaian (%)"), PERCENT, 12),
            Column(_("Hasil per 100 orang-hari bertugas"), COUNT, 14),
        ],
        rows=[
            _output_row(label or _("Tanpa jenis"), sums, _duty_halves(found))
            for label, sums in sorted(found.outputs.items())
        ],
        note=" ".join(
            [
                _(
                    "Jenis hasil yang berbeda tidak dijumlahkan. – berarti tanpa target, kurang dari lima orang, atau "
                    "angka sekecil itu akan terbaca darinya."
                ),
                _("Orang-hari bertugas menurut rencana semua pegawai unit, juga yang tidak melaporkan hasil."),
            ]
        ),
    )


def _duty_halves(found: MonthlyFacts) -> int:
    """Half days planned on duty in a whole month of one unit; 0 where nothing can be divided by them.

    Of the government nothing can: offices whose results no file brings would count as people without any.
    """
    if found.unit is None or not found.over or found.told.plans.hides(found.key):
        return 0
    return next((line.plan[1] for line in found.realised if line.kind is None), 0)


def _output_row(label: str, sums: OutputSums | Suppressed, duty_halves: int) -> list[Cell]:
    if isinstance(sums, Suppressed):
        return [label, None, None, None, None, None]
    targeted = sums.targeted if sums.target else None
    daily = replace(sums, duty_halves=duty_halves).per_staff_day
    per_hundred = None if daily is None else round(daily * 100)
    return [label, sums.count, targeted, sums.target or None, _pct(sums.against_target), per_hundred]


def _pct(share: Fraction | None) -> Decimal | None:
    return None if share is None else Decimal(round(share * 10_000)) / 100
