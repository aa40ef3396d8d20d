"""Writing a staff plan: a handful of statements for 14,000 people, nothing updated that is dated."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.models import Employee, EmployeeVersion, PeopleChange, Post, Posting, Unit
from luwes.apps.people.staff.plan import Change, Known, Place, Plan, posts_known, started
from luwes.apps.people.staff.rows import StaffRow
from luwes.apps.people.staff.swift import insert, reserve
from luwes.apps.sources.models import ImportBatch
from luwes.core.names import name_key

AT_ONCE = 2_000


def write_plan(plan: Plan, *, batch_pk: int, now: datetime) -> None:
    """Store the plan's new people, changes and transfers, each traceable to batch and row."""
    posts = _posts([*plan.new, *((change.row, change.unit) for change in plan.changed)], now)
    made = [_employee(row) for row, _ in plan.new]
    for one, pk in zip(made, reserve(Employee, len(made)), strict=True):
        one.pk = pk
    insert(Employee, made)
    pairs = list(zip(made, plan.new, strict=True))
    _update_identities([change for change in plan.changed if change.identity])
    versions = [_version(one.pk, row, started(row), batch_pk, now) for one, (row, _) in pairs]
    versions += _changed_versions([change for change in plan.changed if change.service_from], batch_pk, now)
    insert(EmployeeVersion, versions)
    postings = [_posting(one.pk, row, unit, started(row), posts, batch_pk, now) for one, (row, unit) in pairs]
    moved = [change for change in plan.changed if change.place_from]
    leaving = [(change.known, change.leaves_on) for change in plan.changed if change.leaves_on]
    closing = [(change.known, change.place_from) for change in moved]
    postings += close_postings([*leaving, *closing], now)
    postings += [
        _posting(change.known.pk, change.row, change.unit, change.place_from, posts, batch_pk, now) for change in moved
    ]
    insert(Posting, postings)
    if plan.new:
        _announce_starters(batch_pk, min(started(row) for row, _ in plan.new), now)
    _announce("posting.moved", closing, now)
    _announce("posting.ended", leaving, now)


def end_postings(people: Iterable[Known], *, on: date, now: datetime) -> None:
    """Close the postings of people whom their own source no longer names; nobody is deleted."""
    ending: list[tuple[Known, date | None]] = [(one, on) for one in people]
    insert(Posting, close_postings(ending, now))
    _announce("posting.ended", ending, now)


def _announce_starters(batch_pk: int, since: date, now: datetime) -> None:
    """Tell the feed that people stand in a file for the first time: one entry for all, since the earliest start."""
    PeopleChange.objects.create(
        kind="posting.started",
        subject=ImportBatch.objects.get(pk=batch_pk).public_id,
        unit_key="",
        period=DateRange(since, None, "[)"),
        recorded_at=now,
    )


def _announce(kind: str, people: Sequence[tuple[Known, date | None]], now: datetime) -> None:
    """Tell the feed whose plans stand on a posting that is over; the unit told is the one that was left."""
    ids = dict(Employee.objects.filter(pk__in=[one.pk for one, _ in people]).values_list("pk", "public_id"))
    keys = dict(Unit.objects.filter(pk__in={one.place[0] for one, _ in people}).values_list("pk", "key"))
    told = [
        PeopleChange(
            kind=kind,
            subject=ids[one.pk],
            unit_key=keys.get(one.place[0], ""),
            period=DateRange(day, None, "[)"),
            recorded_at=now,
        )
        for one, day in people
    ]
    insert(PeopleChange, told)


def close_postings(closing: Sequence[tuple[Known, date | None]], now: datetime) -> list[Posting]:
    """Supersede open postings and give back their closed parts, to be inserted; a part of no day is left out."""
    until = {known.posting: day for known, day in closing if known.posting}
    old = list(Posting.objects.filter(pk__in=until))
    Posting.objects.filter(pk__in=until).update(superseded_at=now)
    return [
        Posting(
            employee_id=one.employee_id,
            unit_id=one.unit_id,
            post_id=one.post_id,
            period=DateRange(one.period.lower, until[one.pk], "[)"),
            batch_id=one.batch_id,
            row_number=one.row_number,
            recorded_at=now,
        )
        for one in old
        if (day := until[one.pk]) is not None and one.period.lower < day
    ]


def _posts(said: Sequence[tuple[StaffRow, int]], now: datetime) -> dict[Place, Post]:
    """The posts the rows name, created where missing; what a known post left open is filled in."""
    wanted: dict[Place, Post] = {}
    for row, unit in said:
        if row.post is not None:
            post = Post(
                unit_id=unit,
                name=row.post.name,
                name_key=row.post.key,
                siasn_id=row.post.siasn_id,
                kind=row.post.kind.value,
                job_class=row.post.job_class,
                level=row.post.level,
            )
            wanted.setdefault((unit, row.post.key), post)
    known = posts_known(unit for unit, _ in wanted)
    fuller = [post for place, post in known.items() if place in wanted and _filled(post, wanted[place], now)]
    Post.objects.bulk_update(fuller, ["siasn_id", "job_class", "level", "level_known_at"], batch_size=AT_ONCE)
    missing = [post for place, post in wanted.items() if place not in known]
    made = Post.objects.bulk_create(missing, batch_size=AT_ONCE)
    return known | {(post.unit_id, post.name_key): post for post in made}


def _filled(post: Post, said: Post, now: datetime) -> bool:
    before = (post.siasn_id, post.job_class, post.level)
    post.siasn_id = post.siasn_id or said.siasn_id
    post.job_class = post.job_class or said.job_class
    if said.level and not post.level:
        post.level, post.level_known_at = said.level, now
    return (post.siasn_id, post.job_class, post.level) != before


def _employee(row: StaffRow) -> Employee:
    return Employee(
        siasn_id=row.siasn_id or None,
        nip=row.nip.digits,
        name=row.name,
        name_key=name_key(row.name),
        oddities=list(row.nip.oddities),
    )


def _update_identities(changes: Sequence[Change]) -> None:
    people = Employee.objects.in_bulk([change.known.pk for change in changes])
    for change in changes:
        one, row = people[change.known.pk], change.row
        one.nip, one.name, one.name_key = row.nip.digits, row.name, name_key(row.name)
        one.oddities = list(row.nip.oddities)
        one.siasn_id = row.siasn_id or one.siasn_id
    columns = ["nip", "name", "name_key", "oddities", "siasn_id"]
    Employee.objects.bulk_update(people.values(), columns, batch_size=AT_ONCE)


def _version(employee: int, row: StaffRow, since: date, batch_pk: int, now: datetime) -> EmployeeVersion:
    employment, standing, grade, minutes, domicile = row.service
    return EmployeeVersion(
        employee_id=employee,
        period=DateRange(since, None, "[)"),
        employment=employment,
        standing=standing,
        grade=grade,
        weekly_minutes=minutes,
        domicile_on_record=domicile,
        batch_id=batch_pk,
        row_number=row.number,
        recorded_at=now,
    )


def _changed_versions(changes: Sequence[Change], batch_pk: int, now: datetime) -> list[EmployeeVersion]:
    """Supersede the open versions; give back their earlier parts and the new ones, to be inserted."""
    old = EmployeeVersion.objects.in_bulk([change.known.version for change in changes])
    EmployeeVersion.objects.filter(pk__in=old).update(superseded_at=now)
    made = []
    for change in changes:
        before, since = old[change.known.version], change.row.as_of
        if before.period.lower < since:
            made.append(
                EmployeeVersion(
                    employee_id=before.employee_id,
                    period=DateRange(before.period.lower, since, "[)"),
                    employment=before.employment,
                    standing=before.standing,
                    grade=before.grade,
                    weekly_minutes=before.weekly_minutes,
                    domicile_on_record=before.domicile_on_record,
                    batch_id=before.batch_id,
                    row_number=before.row_number,
                    recorded_at=now,
                )
            )
        after = _version(before.employee_id, change.row, since, batch_pk, now)
        if after.domicile_on_record is None:
            after.domicile_on_record = before.domicile_on_record
        made.append(after)
    return made


def _posting(
    employee: int,
    row: StaffRow,
    unit: int,
    since: date | None,
    posts: dict[Place, Post],
    batch_pk: int,
    now: datetime,
) -> Posting:
    return Posting(
        employee_id=employee,
        unit_id=unit,
        post=posts[unit, row.post.key] if row.post else None,
        period=DateRange(since, None, "[)"),
        batch_id=batch_pk,
        row_number=row.number,
        recorded_at=now,
    )
