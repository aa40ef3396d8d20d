"""Which sums of people a month may show of which unit, on every page and in every file alike.

A unit of four people is hidden; so is as much beside it as would let somebody subtract their way to it. That holds
only while all pages draw the line at the same units, so it is drawn here, once for a month.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _

from luwes.apps.attendance.models import PresenceDay
from luwes.apps.attendance.runs import PUNCHES
from luwes.apps.people import queries as people
from luwes.apps.reporting.form_queries import standing_day
from luwes.apps.reporting.memory import remembered
from luwes.apps.results import work_queries
from luwes.apps.results.models import ComplaintMonth, OutputRow
from luwes.apps.results.services import complaints
from luwes.apps.schedule.models import ExposureDay
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators import suppress
from luwes.core.indicators.outputs import OutputSums
from luwes.core.workdays.months import month_end, next_month

# Sums of unit (by key) and kind of day: what is added up, and on how many days there was anything to add.
_Days = Mapping[str, Mapping[DayKind, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """Units (by key) that may show their whole month, and those that may show its kinds of days apart.

    `known` are the units there is anything to say of.
    """

    month: frozenset[str]
    kinds: frozenset[str]
    known: frozenset[str]

    def hides(self, key: str, *, kinds: bool = False) -> bool:
        """Whether the figures of a unit are hidden though there are some."""
        return key in self.known and key not in (self.kinds if kinds else self.month)


@dataclass(frozen=True, slots=True)
class Tellable:
    """What a month may tell: presence and plans of units, their complaints, and of each label of results the units.

    `top` is the government, the key meant by "".
    """

    top: str
    presence: Shown
    plans: Shown
    complaints: frozenset[str]
    labels: Mapping[str, frozenset[str]]

    def complaints_told(self, key: str) -> bool:
        """Whether the complaints of a unit may be told."""
        return self._everything(key) or (key or self.top) in self.complaints

    def hidden_labels(self, key: str) -> frozenset[str]:
        """The kinds of results that are not told of this unit."""
        if self._everything(key):
            return frozenset()
        return frozenset(label for label, units in self.labels.items() if (key or self.top) not in units)

    def _everything(self, key: str) -> bool:
        # All there is, before a tree is known: there is nothing to take it from.
        return not key and not self.top


def hidden_note() -> str:
    """What a dash in a table of people means."""
    return _("– berarti kurang dari lima orang, atau angka sekecil itu akan terbaca darinya.")


def tellable(month: date, today: date) -> Tellable:
    """Draw the line for the month that begins on `month`; about six queries, kept until a fact changes."""
    rows = (PresenceDay, ExposureDay, ComplaintMonth, OutputRow)
    newest = tuple(model._default_manager.aggregate(last=Max("pk"))["last"] for model in rows)
    return remembered(("tellable", today, newest), month, lambda: _tellable(month, today))


def outputs_told(
    unit_key: str, month: date, today: date, unit_pks: Collection[int] | None
) -> tuple[OutputSums, int] | None:
    """All results of a unit ("": the government) that may be told in one sum, and how many units have any.

    Only kinds of results that may be told of the unit alone are in it: the others would be the rest of the sum.
    None: without results; a sum of nothing: all of them are hidden.
    """
    found = work_queries.outputs_total(month, next_month(month), unit_pks)
    hidden = tellable(month, today).hidden_labels(unit_key)
    if found is None or not hidden:
        return found
    pks = [row.pk for row in people.units_on(standing_day(month, today))] if unit_pks is None else unit_pks
    kept = work_queries.outputs_by_label(month, next_month(month), pks)
    sums = [one for label, one in kept.items() if label not in hidden and isinstance(one, OutputSums)]
    return sum(sums, OutputSums()), found[1]


def _tellable(month: date, today: date) -> Tellable:
    tree = people.units_on(standing_day(month, today))
    parents = {row.key: row.parent_key for row in tree}
    keys = {row.pk: row.key for row in tree}
    top = people.government(standing_day(month, today))
    return Tellable(
        top.key if top else "",
        _shown(parents, _presence(month), 1),
        _shown(parents, _plans(month), 2),
        _complaints(month, parents, keys),
        _labels(month, parents, keys),
    )


def _shown(parents: Mapping[str, str], found: _Days, parts: int) -> Shown:
    """`parts` is how often a person counts on a day: half days twice. Units that no longer stand are not shown."""
    rows = {key: kinds for key, kinds in found.items() if key in parents}
    days = {key: sum(span for _, span in kinds.values()) for key, kinds in rows.items()}
    months = {key: sum(amount for amount, _ in kinds.values()) for key, kinds in rows.items()}

    whole = suppress.tellable(parents, months, _few_on(days, parts))
    apart = whole
    for kind in DayKind:
        amounts = {key: kinds[kind][0] for key, kinds in rows.items() if kind in kinds}
        spans = {key: kinds[kind][1] for key, kinds in rows.items() if kind in kinds}
        apart -= amounts.keys() - suppress.tellable(parents, amounts, _few_on(spans, parts))
    return Shown(whole, apart, frozenset(found))


def _presence(month: date) -> _Days:
    """Person-days that had to be present; the kind of a day is the one its unit's plan gave it."""
    rows = PresenceDay.objects.filter(source=PUNCHES, day__gte=month, day__lte=month_end(month))
    plans = ExposureDay.objects.filter(unit__isnull=False, day__gte=month, day__lte=month_end(month))
    kinds = {(unit, day): DayKind(kind) for unit, day, kind in plans.values_list("unit__key", "day", "kind")}
    found: dict[str, dict[DayKind, tuple[int, int]]] = defaultdict(dict)
    for unit, day, required in rows.values_list("unit__key", "day", "required"):
        kind = kinds.get((unit, day), DayKind.UNDEFINED)
        amount, days = found[unit].get(kind, (0, 0))
        found[unit][kind] = (amount + required, days + (required > 0))
    return found


def _plans(month: date) -> _Days:
    """Half days planned on duty."""
    rows = ExposureDay.objects.filter(unit__isnull=False, day__gte=month, day__lte=month_end(month))
    grouped = rows.order_by().values("unit__key", "kind")
    sums = grouped.annotate(amount=Sum("on_duty"), days=Count("pk", filter=Q(on_duty__gt=0)))
    found: dict[str, dict[DayKind, tuple[int, int]]] = defaultdict(dict)
    for row in sums:
        found[row["unit__key"]][DayKind(row["kind"])] = (row["amount"], row["days"])
    return found


def _complaints(month: date, parents: Mapping[str, str], keys: Mapping[int, str]) -> frozenset[str]:
    own = {keys[pk]: sums.total for (pk, _m), sums in complaints.sums([month]).items() if pk in keys}
    return suppress.tellable(parents, with_below(own, parents), few)


def _labels(month: date, parents: Mapping[str, str], keys: Mapping[int, str]) -> Mapping[str, frozenset[str]]:
    """Of each kind of results, the units it may be told of: by the people who have any."""
    rows = OutputRow.objects.filter(superseded_at=None, since__gte=month, since__lt=next_month(month))
    counted = rows.order_by().values("label", "unit_id").annotate(persons=Count("employee_id", distinct=True))
    own: dict[str, dict[str, int]] = defaultdict(dict)
    for row in counted:
        if row["unit_id"] in keys:
            own[row["label"]][keys[row["unit_id"]]] = row["persons"]
    return {label: suppress.tellable(parents, with_below(persons, parents), few) for label, persons in own.items()}


def _few_on(days: Mapping[str, int], parts: int) -> Callable[[str, int], bool]:
    def few(key: str, amount: int) -> bool:
        return amount > 0 and suppress.hides(suppress.people(amount, parts * days[key]))

    return few


def few(_key: str, amount: int) -> bool:
    """Whether an amount that counts people is about too few of them."""
    return suppress.hides(amount)


def with_below(own: Mapping[str, int], parents: Mapping[str, str]) -> Mapping[str, int]:
    """Each unit's own amount with those of all below it; `parents` names the unit above each."""
    found = dict.fromkeys(parents, 0)
    for key, amount in own.items():
        at, seen = key, set[str]()
        while at in found and at not in seen:
            found[at] += amount
            seen.add(at)
            at = parents[at]
    return found
