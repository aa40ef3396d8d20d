"""Reads of staff, always on a date: who works where, a person's history, how many in each unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luwes.apps.people import queries as units
from luwes.apps.people.models import (
    DisciplineRecord,
    Employee,
    EmployeeVersion,
    Posting,
    PostKind,
    UnitVersion,
)
from luwes.apps.people.staff.heads import on_duty
from luwes.core.names import name_key
from luwes.core.nip import masked

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody in a list; without a posting on the day `unit_name` is empty."""

    id: str
    name: str
    post: str
    unit_name: str
    employment: str
    standing: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of a list; `next` is the id after which the next page begins, "" on the last."""

    rows: Sequence[PersonRow]
    next: str


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A stay in a post: half-open days, `until` None while it lasts."""

    unit_key: str
    unit_name: str
    post: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """How somebody served during a period."""

    employment: str
    standing: str
    grade: str
    weekly_minutes: int | None
    domicile: bool | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person with the whole history; `unit_key` is the unit of the day, else the last one."""

    id: str
    name: str
    nip: str
    oddities: Sequence[str]
    unit_key: str
    in_service: bool
    postings: Sequence[PostingRow]
    services: Sequence[ServiceRow]


def people(
    *, on: date, search: str = "", after: str = "", unit_keys: Iterable[str] | None = None, left: bool = False
) -> PeoplePage:
    """People by name, every word of `search` somewhere in it; four queries however many people there are.

    `unit_keys` None is the whole government. `left` shows also who holds no post on the day.
    """
    here = Posting.objects.filter(superseded_at=None, period__contains=on)
    if unit_keys is not None:
        here = here.filter(unit__key__in=list(unit_keys))
    found = Employee.objects.all()
    if not left or unit_keys is not None:
        found = found.filter(Exists(here.filter(employee=OuterRef("pk"))))
    for word in name_key(search).split():
        found = found.filter(name_key__contains=word)
    page = list(_from(found, after).order_by("name_key", "pk")[: PAGE_SIZE + 1])
    shown = page[:PAGE_SIZE]
    postings = {
        row.employee_id: row
        for row in Posting.objects.filter(
            superseded_at=None, period__contains=on, employee__in=[one.pk for one in shown]
        ).select_related("post")
    }
    services = _services_on(on, [one.pk for one in shown])
    names = _unit_names({row.unit_id for row in postings.values()}, on)
    rows = [_row(one, postings.get(one.pk), services.get(one.pk), names) for one in shown]
    return PeoplePage(rows, shown[-1].public_id if len(page) > PAGE_SIZE else "")


def person(public_id: str, on: date) -> Person | None:
    """One person, or None."""
    one = Employee.objects.filter(public_id=public_id).first()
    if one is None:
        return None
    postings = list(
        Posting.objects.filter(employee=one, superseded_at=None).select_related("unit", "post").order_by("-period")
    )
    names = _unit_names({row.unit_id for row in postings}, None)
    now = next((row for row in postings if on in _Days(row.period.lower, row.period.upper)), None)
    last = now or (postings[0] if postings else None)
    return Person(
        id=one.public_id,
        name=one.name,
        nip=masked(one.nip),
        oddities=one.oddities,
        unit_key=last.unit.key if last else "",
        in_service=now is not None,
        postings=[
            PostingRow(
                unit_key=row.unit.key,
                unit_name=names.get(row.unit_id, ""),
                post=row.post.name if row.post else "",
                since=row.period.lower,
                until=row.period.upper,
            )
            for row in postings
        ],
        services=[
            ServiceRow(
                employment=row.employment,
                standing=row.standing,
                grade=row.grade,
                weekly_minutes=row.weekly_minutes,
                domicile=row.domicile_on_record,
                since=row.period.lower,
                until=row.period.upper,
            )
            for row in EmployeeVersion.objects.filter(employee=one, superseded_at=None).order_by("-period")
        ],
    )


def disciplined(public_id: str, on: date) -> str:
    """Whether the person is "serving" a measure on the day or "in_process" of one; else the empty text."""
    rows = DisciplineRecord.objects.filter(employee__public_id=public_id, superseded_at=None)
    serving = rows.filter(in_process=False, starts__lte=on).filter(Q(ends=None) | Q(ends__gt=on))
    if serving.exists():
        return "serving"
    return "in_process" if rows.filter(in_process=True).exists() else ""


def headcounts(on: date) -> Mapping[str, int]:
    """People posted on the day per unit key, in that very unit."""
    rows = Posting.objects.filter(superseded_at=None, period__contains=on).values("unit__key")
    return {row["unit__key"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def summed(rows: Iterable[units.UnitRow], counts: Mapping[str, int]) -> dict[str, int]:
    """The head counts of each unit with everything below it."""
    parents = {row.key: row.parent_key for row in rows}
    total = dict.fromkeys(parents, 0)
    for key, count in counts.items():
        above, seen = key, set[str]()
        while above in parents and above not in seen:
            seen.add(above)
            total[above] += count
            above = parents[above]
    return total


def below(key: str, rows: Iterable[units.UnitRow]) -> set[str]:
    """The keys of a unit and of everything below it."""
    children: dict[str, list[str]] = {}
    for row in rows:
        children.setdefault(row.parent_key, []).append(row.key)
    found, waiting = {key}, [key]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def posted_in(unit_key: str, on: date) -> Sequence[PersonRow]:
    """Who holds a post in the unit itself on the day and is on duty, structural posts first, then by name."""
    rows = Posting.objects.filter(on_duty(on), unit__key=unit_key, superseded_at=None, period__contains=on)
    found = [
        (row.post is None or row.post.kind != PostKind.STRUCTURAL, row)
        for row in rows.select_related("employee", "post").order_by("employee__name_key", "employee_id")
    ]
    return [
        PersonRow(row.employee.public_id, row.employee.name, row.post.name if row.post else "", "", "", "")
        for _, row in sorted(found, key=lambda pair: pair[0])
    ]


@dataclass(frozen=True, slots=True)
class _Days:
    lower: date
    upper: date | None

    def __contains__(self, day: date) -> bool:
        return self.lower <= day and (self.upper is None or day < self.upper)


def _from(found: "QuerySet[Employee]", after: str) -> "QuerySet[Employee]":
    last = Employee.objects.filter(public_id=after).first() if after else None
    if last is None:
        return found
    return found.filter(Q(name_key__gt=last.name_key) | Q(name_key=last.name_key, pk__gt=last.pk))


def _services_on(on: date, people: Sequence[int]) -> dict[int, EmployeeVersion]:
    rows = EmployeeVersion.objects.filter(superseded_at=None, period__contains=on, employee__in=people)
    return {row.employee_id: row for row in rows}


def _unit_names(pks: set[int], on: date | None) -> dict[int, str]:
    """Names of units on the day; without a day the last name each carried."""
    rows = UnitVersion.objects.filter(unit__in=pks, superseded_at=None)
    if on is not None:
        rows = rows.filter(period__contains=on)
    return dict(rows.order_by("period").values_list("unit_id", "name"))


def _row(
    one: Employee, posting: Posting | None, service: EmployeeVersion | None, names: Mapping[int, str]
) -> PersonRow:
    return PersonRow(
        id=one.public_id,
        name=one.name,
        post=posting.post.name if posting and posting.post else "",
        unit_name=names.get(posting.unit_id, "") if posting else "",
        employment=service.employment if service else "",
        standing=service.standing if service else "",
    )
