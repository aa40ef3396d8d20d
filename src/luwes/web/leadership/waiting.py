"""What waits for the head of a unit: each line says what, and leads to where it is done."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.roles import Right
from luwes.apps.people.queries import UnitRow, kind, units_on
from luwes.apps.people.services import queries as services
from luwes.apps.people.services.unfinished import bare_points, unfinished_count
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting import form_queries, form_wording
from luwes.apps.reporting.form_queries import State
from luwes.apps.reporting.four import running_programs
from luwes.core.workdays.months import month_before
from luwes.web.frame.requests import PageRequest


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list."""

    title: str
    note: str
    url: str


def waiting(visit: PageRequest, unit: UnitRow) -> list[Task]:
    """What the reader may settle for the unit and all below it, the monthly form first."""
    inside = below(unit.key, units_on(visit.today))
    month = month_before(visit.today)
    found = []
    if rights.allows(visit.actor, Right.FILL_MONTHLY_FORM) and unit.kind == kind("perangkat_daerah"):
        found += _form(unit, month)
    if rights.allows(visit.actor, Right.MANAGE_SERVICES):
        found += _services(visit.today, unit, inside)
    if rights.allows(visit.actor, Right.SEE_UNIT):
        found += _programs(month, inside)
    return found


def _form(unit: UnitRow, month: date) -> list[Task]:
    state = form_queries.form_of(unit, month)
    if state.state is State.SIGNED:
        return []
    title = _("Isian laporan %(month)s") % {"month": form_wording.month(month)}
    if state.state is State.COMPLETE:
        return [Task(title, _("lengkap, tinggal ditandatangani"), reverse("monthly:sign", args=[unit.key, month]))]
    note = _("belum mulai")
    if state.state is State.DRAFT:
        count = len(state.missing)
        note = ngettext("%(count)d butir masih kosong", "%(count)d butir masih kosong", count) % {"count": count}
    return [Task(title, note, reverse("monthly:form", args=[unit.key, month]))]


def _services(today: date, unit: UnitRow, inside: set[str]) -> list[Task]:
    found = []
    if count := len(services.proposed(today, inside)):
        note = ngettext("%(count)d usulan", "%(count)d usulan", count) % {"count": count}
        found.append(Task(_("Tetapkan layanan yang diusulkan"), note, reverse("services:unit", args=[unit.key])))
    if count := unfinished_count(today, inside):
        note = ngettext("%(count)d layanan", "%(count)d layanan", count) % {"count": count}
        found.append(Task(_("Lengkapi standar layanan"), note, reverse("services:standards", args=[unit.key])))
    if bare := bare_points(today, inside):
        note = ngettext("%(count)d titik layanan", "%(count)d titik layanan", len(bare)) % {"count": len(bare)}
        found.append(Task(_("Tetapkan lantai layanan"), note, reverse("services:floor", args=[bare[0]])))
    return found


def _programs(month: date, inside: set[str]) -> list[Task]:
    """Programmes of the unit whose progress was not reported for the month."""
    return [
        Task(row.facts.name, _("kemajuan program belum dilaporkan"), reverse("calendar:program", args=[row.key]))
        for row in running_programs(month)
        if row.facts.owner in inside and (row.facts.as_of is None or row.facts.as_of < month)
    ]
