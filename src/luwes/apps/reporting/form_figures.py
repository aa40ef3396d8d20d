"""What files already say for the rows of the monthly report that nobody is asked for; None where they say nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.attendance.models import ServicePresenceDay
from luwes.apps.people import queries as people
from luwes.apps.people.models import Counting, ServiceVersion
from luwes.apps.people.queries import UnitRow
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting import wording
from luwes.apps.reporting.form_queries import standing_day
from luwes.apps.reporting.standards import standards
from luwes.apps.reporting.tellable import outputs_told, tellable
from luwes.apps.results import work_queries
from luwes.apps.results.models import Utility
from luwes.apps.schedule.models import ExposureDay, ExposureMonth
from luwes.core import formats
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.standard import Verdict
from luwes.core.indicators.suppress import hides
from luwes.core.indicators.suppress import people as people_behind
from luwes.core.workdays.months import month_end

METERS = {
    "hemat_listrik": (Utility.ELECTRICITY, "kWh"),
    "hemat_bbm": (Utility.FUEL, "liter"),
    "hemat_air": (Utility.WATER, "m³"),
    "hemat_data": (Utility.DATA, "GB"),
}


def figures(unit: UnitRow, month: date, today: date) -> Mapping[str, str | None]:
    """What is shown for every row read from files, of the unit with all below it; about fifteen queries."""
    tree = people.units_on(standing_day(month, today))
    keys = below(unit.key, tree)
    pks = [row.pk for row in tree if row.key in keys] or [unit.pk]
    applied, days, share = _plan(unit, month, today)
    return {
        "penerapan": applied,
        "pola_hari": days,
        "perbandingan": share,
        "layanan_langsung": _implementers(pks, month),
        "unit_pendukung": _planning(pks, unit.pk, month),
        "target_pegawai": _outputs(unit.key, pks, month, today),
        "mutu_layanan": _quality(keys, month, today),
        **{code: _used(code, pks, month) for code in METERS},
    }


def _plan(unit: UnitRow, month: date, today: date) -> tuple[str | None, str | None, str | None]:
    """Whether flexible days are planned, on which weekdays, and how many person-days against the office."""
    unit_pk = unit.pk
    rows = ExposureMonth.objects.filter(unit=unit_pk, month=month)
    flexible = on_duty = planned_days = 0
    for halves, whole, count in rows.values_list("flexible", "on_duty", "days"):
        flexible, on_duty, planned_days = flexible + halves, on_duty + whole, planned_days + count
    if not on_duty:
        return None, None, None
    if not flexible:
        return _("Belum: tidak ada hari fleksibel yang direncanakan"), _("Tidak ada"), None
    days = ExposureDay.objects.filter(
        unit=unit_pk, day__gte=month, day__lte=month_end(month), kind=DayKind.FLEXIBLE.value
    )
    found = Counter(day.weekday() for day in days.values_list("day", flat=True))
    names = formats.weekday_names(wording.language())
    pattern = ", ".join(
        ngettext("%(day)s (%(count)d hari)", "%(day)s (%(count)d hari)", count) % {"day": names[place], "count": count}
        for place, count in sorted(found.items())
    )
    if hides(people_behind(on_duty, 2 * planned_days)) or tellable(month, today).plans.hides(unit.key):
        return _("Sudah"), pattern or None, None
    share = _("%(flexible)s fleksibel banding %(office)s di kantor") % {
        "flexible": _percent(Fraction(flexible, on_duty)),
        "office": _percent(1 - Fraction(flexible, on_duty)),
    }
    return _("Sudah"), pattern or None, share


def _planning(pks: Collection[int], own: int, month: date) -> str | None:
    """How many units below plan flexible days."""
    rows = ExposureMonth.objects.filter(unit__in=[pk for pk in pks if pk != own], month=month)
    flexible: dict[int, int] = {}
    for pk, halves in rows.values_list("unit_id", "flexible"):
        flexible[pk] = flexible.get(pk, 0) + halves
    if not flexible:
        return None
    count = sum(1 for halves in flexible.values() if halves)
    told = ngettext("%(planning)d dari %(count)d unit", "%(planning)d dari %(count)d unit", len(flexible))
    return told % {"planning": count, "count": len(flexible)}


def _implementers(pks: Collection[int], month: date) -> str | None:
    """Implementers at the office against those promised, over the days with evidence."""
    span = DateRange(month, month_end(month) + timedelta(days=1))
    owned = ServiceVersion.objects.filter(
        owner__in=pks, superseded_at=None, status=Counting.CONFIRMED, period__overlap=span
    )
    rows = ServicePresenceDay.objects.filter(
        service__in=owned.values("service"), day__gte=month, day__lte=month_end(month), promised__gt=0
    )
    there = promised = 0
    for at_office, wanted in rows.values_list("at_office", "promised"):
        there, promised = there + min(at_office, wanted or 0), promised + (wanted or 0)
    if not promised or hides(promised):
        return None
    return _("%(share)s dari pelaksana yang dijanjikan") % {"share": _percent(Fraction(there, promised))}


def _outputs(unit_key: str, pks: Collection[int], month: date, today: date) -> str | None:
    found = outputs_told(unit_key, month, today, pks)
    reached = None if found is None else found[0].against_target
    if reached is None:
        return None
    return _("%(share)s dari target yang tercatat") % {"share": _percent(reached)}


def _quality(keys: Collection[str], month: date, today: date) -> str | None:
    """The answer against published standards; whether anything changed is a question of the evaluation."""
    found = standards(month, until=today, owners=keys)
    if not found:
        return None
    counted = Counter(one.whole.verdict for one in found)
    return _("%(meets)d memenuhi, %(fails)d tidak memenuhi, %(open)d belum cukup data") % {
        "meets": counted[Verdict.MEETS],
        "fails": counted[Verdict.FAILS],
        "open": len(found) - counted[Verdict.MEETS] - counted[Verdict.FAILS],
    }


def _used(code: str, pks: Collection[int], month: date) -> str | None:
    utility, unit = METERS[code]
    found = work_queries.used(utility.value, [month], list(pks))
    if not found:
        return None
    quantity = sum((one.quantity_milli for one in found.values()), Fraction(0)) / 1000
    return _("terpakai %(amount)s %(unit)s; penghematan belum dapat disimpulkan") % {
        "amount": formats.number(Decimal(round(quantity)), 0, wording.language()),
        "unit": unit,
    }


def _percent(share: Fraction) -> str:
    return formats.percent(Decimal(round(share * 1000)) / 10, 1, wording.language())
