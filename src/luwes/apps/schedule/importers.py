"""The import kinds of days: `leave`, `trips` and `flexdays`. One path for all three, so all refuse alike."""

from collections.abc import Mapping

from django.db import connection

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.changes import announce
from luwes.apps.people.staff import swift
from luwes.apps.schedule import layout, wording
from luwes.apps.schedule.claims import Plan, Reading, make_plan
from luwes.apps.schedule.exposure import recompute
from luwes.apps.schedule.models import How, LotRecord, Origin, PersonDay
from luwes.apps.sources.kinds import NO_CODES, Comparison, Finding, ImportKind, Stage
from luwes.apps.sources.ledger import noted
from luwes.core.exposure.states import State
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import Period

Values = Mapping[str, str | int | float | None]
DUTIES = {"Dinas luar": State.TRIP, "Pelatihan": State.TRAINING}
PLACES = {
    "Rumah": State.HOME,
    "Kantor lain": State.OTHER_OFFICE,
    "Tempat lain": State.OTHER_PLACE,
    "Kantor": State.OFFICE,
}
WAYS = {
    "Undian": How.LOT.value,
    "Peringkat": How.RANK.value,
    "Permohonan": How.REQUEST.value,
    "Penunjukan": How.LEADER.value,
    "Wajib": How.MANDATE.value,
}


def _leave(values: Values) -> tuple[State, str, str]:
    return State.LEAVE, "", ""


def _trip(values: Values) -> tuple[State, str, str]:
    return DUTIES[str(values["jenis"])], "", ""


def _flexible(values: Values) -> tuple[State, str, str]:
    how = WAYS[str(values["cara"])]
    lot = str(values["kode_undian"] or "") if how == How.LOT else ""
    return PLACES[str(values["tempat"])], how, lot[:60]


READINGS = {
    "leave": Reading(Origin.LEAVE, layout.LEAVE, "mulai", "sampai", _leave),
    "trips": Reading(Origin.TRIPS, layout.TRIPS, "mulai", "sampai", _trip),
    "flexdays": Reading(Origin.FLEXDAYS, layout.FLEXDAYS, "tanggal", "tanggal", _flexible),
}


def _compare(stage: Stage, code: str) -> Comparison:
    return _comparison(make_plan(stage, READINGS[code]))


def _write(stage: Stage, code: str) -> Comparison:
    with connection.cursor() as cursor:
        # Files of different kinds claim the same days, and each kind's own lock knows nothing of the others.
        cursor.execute(f'LOCK TABLE "{PersonDay._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
    plan = make_plan(stage, READINGS[code])
    now = current().now
    PersonDay.objects.filter(pk__in=plan.superseded).update(superseded_at=now)
    swift.insert(
        PersonDay,
        [
            PersonDay(
                employee_id=one.place[0],
                day=one.place[1],
                part=one.place[2],
                origin=str(one.origin),
                state=one.value[0],
                how=one.value[1],
                lot=one.value[2],
                yields_to=one.yields_to,
                batch_id=one.batch,
                row_number=one.row,
                roster_id=one.roster,
                recorded_at=now,
            )
            for one in plan.inserts
        ],
    )
    recompute(days=plan.touched)
    for month in sorted({day.replace(day=1) for day in plan.touched}):
        announce(kind="days", subject="", period=Period(month, next_month(month)))
    return _comparison(plan)


def _comparison(plan: Plan) -> Comparison:
    return Comparison(
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=len(plan.unchanged),
        gone=len({one.place[:2] for one in plan.gone}),
        rejects=tuple(sorted(plan.rejects, key=lambda reject: reject.row)),
        findings=tuple(_findings(plan)),
        newest=max((one.last for one in plan.said), default=None),
    )


def _findings(plan: Plan) -> list[Finding]:
    notes = dict(plan.notes)
    drawn = [one for one in plan.said if one.how == How.LOT]
    known = set(LotRecord.objects.filter(superseded_at=None).values_list("code", flat=True)) if drawn else set()
    unknown = {one.row for one in drawn if one.lot not in known}
    if unknown:
        notes["lot_unknown"] = unknown
    return noted(notes)


def compare_leave(stage: Stage) -> Comparison:
    """Hold a leave file against what is stored; reads only."""
    return _compare(stage, "leave")


def write_leave(stage: Stage) -> Comparison:
    """Store leave, decide every half day it meets, and bring the exposure of its months up to date."""
    return _write(stage, "leave")


def compare_trips(stage: Stage) -> Comparison:
    """Hold a file of duty trips and trainings against what is stored; reads only."""
    return _compare(stage, "trips")


def write_trips(stage: Stage) -> Comparison:
    """Store duty trips and trainings, as `write_leave` does leave."""
    return _write(stage, "trips")


def compare_flexdays(stage: Stage) -> Comparison:
    """Hold a file of planned flexible days against what is stored; reads only."""
    return _compare(stage, "flexdays")


def write_flexdays(stage: Stage) -> Comparison:
    """Store planned flexible days and how each was assigned, as `write_leave` does leave."""
    return _write(stage, "flexdays")


LEAVE_KIND = ImportKind(
    code="leave",
    label=wording.leave_kind,
    layout=layout.LEAVE,
    example=layout.LEAVE_EXAMPLE,
    asked=(),
    vocabulary=NO_CODES,
    compare=compare_leave,
    write=write_leave,
    say=wording.say,
    max_rows=200_000,
    personal=True,
    cadence_days=45,
    affects=wording.leave_affects,
)
TRIPS_KIND = ImportKind(
    code="trips",
    label=wording.trips_kind,
    layout=layout.TRIPS,
    example=layout.TRIPS_EXAMPLE,
    asked=(),
    vocabulary=NO_CODES,
    compare=compare_trips,
    write=write_trips,
    say=wording.say,
    max_rows=200_000,
    personal=True,
)
FLEXDAYS_KIND = ImportKind(
    code="flexdays",
    label=wording.flexdays_kind,
    layout=layout.FLEXDAYS,
    example=layout.FLEXDAYS_EXAMPLE,
    asked=(),
    vocabulary=NO_CODES,
    compare=compare_flexdays,
    write=write_flexdays,
    say=wording.say,
    max_rows=500_000,
    personal=True,
    cadence_days=45,
    affects=wording.flexdays_affects,
)
