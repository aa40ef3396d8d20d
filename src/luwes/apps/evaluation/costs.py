"""Running cost of units with flexible days beside that of units without: never a saving by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.evaluation import wording
from luwes.apps.results import work_queries
from luwes.apps.schedule.models import ExposureMonth
from luwes.core import formats
from luwes.core.evaluation.grade import MIN_COMPARED, MIN_PRE_MONTHS
from luwes.core.exposure.shares import DayKind


@dataclass(frozen=True, slots=True)
class Beside:
    """How use changed from one month to another: units with flexible days, and units without (None: none had bills)."""

    applied: Fraction
    others: Fraction | None
    applying: int
    comparing: int


def beside(utility: str, before: date, month: date) -> Beside | None:
    """The change of one utility between two months (their first days), in units with whole bills of both.

    None where no unit with flexible days in the later month has both bills.
    """
    used = work_queries.used(utility, [before, month])
    units = {unit for unit, _month in used}
    both = [unit for unit in units if _whole(used.get((unit, before))) and _whole(used.get((unit, month)))]
    flexible = set(
        ExposureMonth.objects.filter(month=month, kind=DayKind.FLEXIBLE.value, days__gt=0, unit__in=both).values_list(
            "unit_id", flat=True
        )
    )
    applying, comparing = [u for u in both if u in flexible], [u for u in both if u not in flexible]
    applied = _change(used, applying, before, month)
    if applied is None:
        return None
    return Beside(applied, _change(used, comparing, before, month), len(applying), len(comparing))


def _whole(one: work_queries.Used | None) -> bool:
    return one is not None and one.billed_days >= one.days


def _change(
    used: Mapping[tuple[int, date], work_queries.Used], units: Sequence[int], before: date, month: date
) -> Fraction | None:
    then = sum((used[unit, before].quantity_milli for unit in units), Fraction(0))
    now = sum((used[unit, month].quantity_milli for unit in units), Fraction(0))
    return now / then - 1 if then else None


def sentence(found: Beside, months_before: int) -> str:
    """Both changes side by side, and why neither is a saving yet."""
    own = _("Angka mentah: unit dengan hari fleksibel %(change)s.") % {"change": _signed(found.applied)}
    if found.others is None:
        return own + " " + _("Belum cukup bukti: tidak ada unit tanpa hari fleksibel yang tagihannya lengkap.")
    other = ngettext(
        "%(count)d unit tanpa hari fleksibel %(change)s pada masa yang sama.",
        "%(count)d unit tanpa hari fleksibel %(change)s pada masa yang sama.",
        found.comparing,
    ) % {"count": found.comparing, "change": _signed(found.others)}
    lacking = []
    if found.comparing < MIN_COMPARED:
        lacking.append(_("pembandingnya kurang dari dua unit"))
    if months_before < MIN_PRE_MONTHS:
        lacking.append(_("tagihan sebelum kebijakan kurang dari enam bulan"))
    lacking = lacking or [wording.cause("no_lot")]
    return " ".join((own, other, _("Belum cukup bukti: %(reasons)s.") % {"reasons": "; ".join(lacking)}))


def _signed(share: Fraction) -> str:
    number = formats.percent(abs(Decimal(round(share * 1000)) / 10), 1, wording.language())
    return (_("naik %(number)s") if share > 0 else _("turun %(number)s")) % {"number": number}
