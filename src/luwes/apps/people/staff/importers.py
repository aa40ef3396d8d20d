"""The import kind `staff`: SIASN's "Export Data ASN", as CSV or XLSX."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from luwes.apps.accounts.queries import offices_held
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.models import Employment, Standing
from luwes.apps.people.staff import headships, store, units, wording
from luwes.apps.people.staff.layout import STAFF, STAFF_EXAMPLE
from luwes.apps.people.staff.plan import Plan, make_plan
from luwes.apps.people.staff.units import Unor, UnorBook
from luwes.apps.sources.kinds import Comparison, Finding, ImportKind, Stage, Unmapped, Vocabulary
from luwes.core.names import name_key
from luwes.core.nip import ODDITIES

LISTED_ROWS = 20
A_YEAR = timedelta(days=366)


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    book = UnorBook.read(stage.today)
    return _comparison(make_plan(stage, book), book, stage.today)


def write(stage: Stage) -> Comparison:
    """Compare once more and store what is new or changed; returns what was really done.

    With `withdraw_gone` the postings of people no longer named end today. Nobody is deleted.
    """
    book = UnorBook.read(stage.today)
    plan = make_plan(stage, book)
    done = _comparison(plan, book, stage.today)
    if not plan.unmapped:
        gone_on = stage.today if stage.withdraw_gone else None
        headships.end_headships(headships.departures(plan, gone_on=gone_on))
        store.write_plan(plan, batch_pk=stage.batch_pk, now=current().now)
        if stage.withdraw_gone:
            store.end_postings(plan.gone, on=stage.today, now=current().now)
    return done


def _comparison(plan: Plan, book: UnorBook, today: date) -> Comparison:
    return Comparison(
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged + len(plan.repeated),
        gone=len(plan.gone),
        skipped=plan.skipped,
        unmapped_rows=sum(map(len, plan.unmapped.values())),
        rejects=tuple(sorted(plan.rejects, key=lambda reject: reject.row)),
        unmapped=tuple(_unmapped(unor, rows, book) for unor, rows in plan.unmapped.items()),
        findings=tuple(_findings(plan, today)),
        newest=max((row.as_of for row in plan.rows), default=None),
    )


def _unmapped(unor: Unor, rows: list[int], book: UnorBook) -> Unmapped:
    return Unmapped(value=unor.value, label=unor.label, count=len(rows), row=rows[0], nearest=book.nearest(unor))


def _findings(plan: Plan, today: date) -> Iterator[Finding]:
    yield from _finding("moved", (change.row.number for change in plan.changed if change.place_from))
    yield from _finding("left", (change.row.number for change in plan.changed if change.leaves_on))
    yield from _headships(plan, today)
    yield from _offices(plan, today)
    yield from _finding("strangers", plan.strangers)
    yield from _finding("older", plan.older)
    yield from _finding("repeated_rows", plan.repeated)
    part_time = [row for row in plan.rows if row.employment is Employment.PART_TIME]
    yield from _finding("hours_missing", (row.number for row in part_time if row.weekly_minutes is None))
    yield from _finding("post_missing", (row.number for row in plan.rows if row.post is None))
    yield from _finding("standing_unknown", (row.number for row in plan.rows if row.standing is Standing.OTHER))
    late = (row.number for row in plan.rows if row.since is not None and row.since > row.as_of + A_YEAR)
    yield from _finding("tmt_in_future", late)
    for code in sorted(ODDITIES):
        yield from _finding(f"nip_{code}", (row.number for row in plan.rows if code in row.nip.oddities))
    names = Counter((row.unor, name_key(row.name)) for row in plan.rows)
    doubled = {pair for pair, count in names.items() if count > 1}
    if doubled:
        first = [row.number for row in plan.rows if (row.unor, name_key(row.name)) in doubled]
        yield Finding("namesakes", {"count": len(doubled)}, tuple(first[:LISTED_ROWS]))
    answered = sum(row.domicile is not None for row in plan.rows)
    if answered:
        yield Finding("address_answered", {"count": answered})


def _headships(plan: Plan, today: date) -> Iterator[Finding]:
    """Whom units lose as their head by these rows, and who is named no more and still heads one."""
    over = headships.ending(headships.departures(plan, gone_on=None))
    yield from _finding("heads_end", {one.row: None for one, _ in over})
    gone = headships.ending([headships.Departure(one, today) for one in plan.gone])
    if gone:
        yield Finding("heads_gone", {"count": len(gone)})


def _offices(plan: Plan, today: date) -> Iterator[Finding]:
    """Roles in this software that end with the service of who holds them."""
    rows = {change.known.nip: change.row.number for change in plan.changed if change.leaves_on}
    held = offices_held(today, nips=rows) if rows else []
    yield from _finding("roles_end", [rows[one.nip] for one in held])


def _finding(code: str, rows: Iterable[int]) -> Iterator[Finding]:
    found = list(rows)
    if found:
        yield Finding(code, {"count": len(found)}, tuple(found[:LISTED_ROWS]))


STAFF_KIND = ImportKind(
    code="staff",
    label=wording.staff_kind,
    layout=STAFF,
    example=STAFF_EXAMPLE,
    asked=("per_tanggal",),
    vocabulary=Vocabulary(
        name="unor",
        label=wording.unor_vocabulary,
        columns=("unor_id", "unor_nama"),
        options=units.options,
        creatable=units.creatable,
        create=units.create,
    ),
    compare=compare,
    write=write,
    say=wording.say,
    max_rows=100_000,
    personal=True,
    cadence_days=45,
    affects=wording.staff_affects,
)
