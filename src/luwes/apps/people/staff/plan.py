"""A staff file held against what is known: who is new, who changed, who moved, who is no longer named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from luwes.apps.people.models import Employee, EmployeeVersion, Post, Posting
from luwes.apps.people.models.staff import ENDED
from luwes.apps.people.staff.layout import STAFF
from luwes.apps.people.staff.rows import RowRefused, StaffRow, read_row
from luwes.apps.people.staff.units import Unor, UnorBook
from luwes.apps.sources.kinds import SKIP, Stage
from luwes.apps.sources.reading.contract import Reject

Place = tuple[int, str]  # unit pk and key of the post's name, "" without a post


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored about one person now; without an open posting `posting` is 0 and `free_from` its end."""

    pk: int
    siasn_id: str
    nip: str
    name: str
    version: int
    version_since: date
    service: tuple[str, str, str, int | None, bool | None]
    source: int
    posting: int
    posting_since: date | None
    free_from: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class Change:
    """What a row does to a known person; a date is the day from which the new state holds."""

    row: StaffRow
    unit: int
    known: Known
    identity: bool
    service_from: date | None
    place_from: date | None
    leaves_on: date | None


@dataclass(slots=True)
class Plan:
    """What confirming would do."""

    new: list[tuple[StaffRow, int]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    rows: list[StaffRow] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    older: list[int] = field(default_factory=list)
    strangers: list[int] = field(default_factory=list)
    gone: list[Known] = field(default_factory=list)
    skipped: int = 0
    rejects: list[Reject] = field(default_factory=list)
    unmapped: dict[Unor, list[int]] = field(default_factory=dict)


def make_plan(stage: Stage, book: UnorBook) -> Plan:
    """Read the stage and compare; reads only."""
    plan = Plan()
    people = _one_row_each(stage, plan)
    known = read_known()
    by_siasn = {one.siasn_id: one for one in known.values() if one.siasn_id}
    named: set[int] = set()
    for row in people:
        found, clash = _same_person(row, known, by_siasn)
        if found is not None:
            named.add(found.pk)
        if clash:
            plan.rejects.append(_reject(row.number, "pns_id", "identity_clash", row.siasn_id))
            continue
        if stage.values.get(row.unor.value) == SKIP:
            plan.skipped += 1
            continue
        unit = book.resolve(row.unor, stage.values)
        if unit is None:
            plan.unmapped.setdefault(row.unor, []).append(row.number)
            continue
        plan.rows.append(row)
        _place(row, unit, found, plan)
    plan.gone = [one for one in known.values() if one.posting and one.source == stage.source_pk and one.pk not in named]
    return plan


def _one_row_each(stage: Stage, plan: Plan) -> list[StaffRow]:
    """The readable rows, one per person; rows that contradict each other are all refused."""
    read: dict[str, list[StaffRow]] = {}
    for staged in stage.rows():
        try:
            row = read_row(staged, stage.today)
        except RowRefused as refused:
            plan.rejects.append(_reject(staged.number, refused.column, refused.code, refused.value))
        else:
            read.setdefault(row.nip.digits, []).append(row)
    people = []
    for same in read.values():
        if len(same) == 1 or len({row.said for row in same}) == 1:
            people.append(same[0])
            plan.repeated.extend(row.number for row in same[1:])
        else:
            plan.rejects.extend(_reject(row.number, "nip_baru", "rows_differ", row.nip.digits) for row in same)
    return people


def _same_person(row: StaffRow, known: dict[str, Known], by_siasn: dict[str, Known]) -> tuple[Known | None, bool]:
    """The person a row means, by SIASN id (a NIP may be corrected) or NIP, and whether both name different people."""
    by_id, by_nip = by_siasn.get(row.siasn_id), known.get(row.nip.digits)
    clash = by_nip is not None and (
        (by_id is not None and by_id.pk != by_nip.pk)
        or bool(row.siasn_id and by_nip.siasn_id and by_nip.siasn_id != row.siasn_id)
    )
    return (by_nip if clash else by_id or by_nip), clash


def _place(row: StaffRow, unit: int, known: Known | None, plan: Plan) -> None:
    if known is None:
        if row.standing.value in ENDED:
            # Who had left before we heard of them is not stored at all.
            plan.strangers.append(row.number)
            plan.skipped += 1
        else:
            plan.new.append((row, unit))
        return
    service = row.service != _comparable(known.service, row)
    ended = row.standing.value in ENDED
    place = (unit, row.post.key if row.post else "")
    moved = not ended and (not known.posting or place != known.place)
    if (service and row.as_of < known.version_since) or (moved and _before(row, known)):
        # An older file must not rewrite the present.
        plan.older.append(row.number)
        plan.unchanged += 1
        return
    identity = (row.name, row.nip.digits) != (known.name, known.nip) or row.siasn_id not in ("", known.siasn_id)
    leaves = max(row.as_of, known.posting_since or row.as_of) if ended and known.posting else None
    if not (service or moved or identity or leaves):
        plan.unchanged += 1
        return
    plan.changed.append(
        Change(
            row=row,
            unit=unit,
            known=known,
            identity=identity,
            service_from=row.as_of if service else None,
            place_from=_moved_on(row, known) if moved else None,
            leaves_on=leaves,
        )
    )


def _comparable(
    service: tuple[str, str, str, int | None, bool | None], row: StaffRow
) -> tuple[str, str, str, int | None, bool | None]:
    """The stored state, as if a file that is silent about the domicile had repeated it."""
    return (*service[:4], row.domicile if row.domicile is None else service[4])


def _before(row: StaffRow, known: Known) -> bool:
    if known.posting_since is not None:
        return row.as_of < known.posting_since
    return known.free_from is not None and row.as_of < known.free_from


def _moved_on(row: StaffRow, known: Known) -> date:
    """The day a new posting starts: the post's TMT where it lies after the present posting began, else the file's day.

    A transfer in mid-month thus closes one posting and opens the next on the same day.
    """
    start = known.posting_since or known.free_from
    if row.since is not None and (start is None or row.since > start):
        return row.since
    return row.as_of


def started(row: StaffRow) -> date:
    """The day a new person's first posting starts: since the TMT, or since the file's day where it is silent."""
    return min(row.since or row.as_of, row.as_of)


def read_known() -> dict[str, Known]:
    """Everybody by NIP as stored now, in three queries."""
    versions: dict[int, tuple[object, ...]] = {}
    columns = ("employee_id", "pk", "period", "employment", "standing", "grade", "weekly_minutes", "domicile_on_record")
    for found in (
        EmployeeVersion.objects.filter(superseded_at=None).order_by("period").values_list(*columns, "batch__source_id")
    ):
        versions[found[0]] = found
    postings = {
        found[0]: found
        for found in Posting.objects.filter(superseded_at=None)
        .order_by("period")
        .values_list("employee_id", "pk", "period", "unit_id", "post__name_key")
    }
    people = Employee.objects.values_list("pk", "siasn_id", "nip", "name")
    return {nip: _known(pk, siasn or "", nip, name, versions[pk], postings.get(pk)) for pk, siasn, nip, name in people}


def _known(pk: int, siasn: str, nip: str, name: str, version: tuple, posting: tuple | None) -> Known:  # type: ignore[type-arg] # rows of values_list
    _, version_pk, period, *service, source = version
    still = posting is not None and posting[2].upper is None
    return Known(
        pk=pk,
        siasn_id=siasn,
        nip=nip,
        name=name,
        version=version_pk,
        version_since=period.lower,
        service=tuple(service),
        source=source,
        posting=posting[1] if posting and still else 0,
        posting_since=posting[2].lower if posting and still else None,
        free_from=posting[2].upper if posting and not still else None,
        place=(posting[3], posting[4] or "") if posting else (0, ""),
    )


def posts_known(units: Iterable[int]) -> dict[Place, Post]:
    """The posts of these units by unit and key of the name."""
    return {(post.unit_id, post.name_key): post for post in Post.objects.filter(unit__in=set(units))}


def _reject(number: int, column: str, code: str, value: str) -> Reject:
    return Reject(row=number, column=STAFF.column(column).label, code=code, value=value[:40])
