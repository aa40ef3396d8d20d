"""The table of what meters counted in a month."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from luwes.apps.documents.report import Cell, CellKind, Column, Table
from luwes.apps.reporting.monthly_facts import Meters
from luwes.apps.results.models import Utility

TEXT, COUNT, PERCENT = CellKind.TEXT, CellKind.COUNT, CellKind.PERCENT


def meters_table(meters: Sequence[Meters]) -> Table:
    """What meters counted, and the change against the same month of last year, which is no saving yet."""
    return Table(
        title=_("Listrik, air, data, dan bahan bakar"),
        columns=[
            Column(_("Jenis"), TEXT, 24),
            Column(_("Jumlah pemakaian"), COUNT, 16),
            Column(_("Tagihan (Rp)"), CellKind.RUPIAH, 20),
            Column(_("Unit dengan tagihan"), COUNT, 12),
            Column(_("Unit belum lengkap"), COUNT, 12),
            Column(_("Unit yang dibandingkan"), COUNT, 14),
            Column(_("Perubahan dari bulan sama tahun lalu (%)"), PERCENT, 20),
        ],
        rows=[_meter_row(one) for one in meters],
        note=_("Tagihan dibagi menurut hari kalender. Perubahan ini belum berarti penghematan akibat kerja fleksibel."),
    )


def _meter_row(one: Meters) -> list[Cell]:
    return [
        utility(one.utility),
        round(one.quantity_milli / 1000),
        None if one.rupiah is None else round(one.rupiah),
        one.units,
        one.unfinished,
        one.compared,
        None if one.change is None else Decimal(round(one.change * 10_000)) / 100,
    ]


def utility(value: Utility) -> str:
    """What a meter counts, with its unit."""
    return {
        Utility.ELECTRICITY: _("Listrik (kWh)"),
        Utility.WATER: _("Air (m³)"),
        Utility.DATA: _("Data (GB)"),
        Utility.FUEL: _("Bahan bakar (liter)"),
    }[value]
