"""Every address of the product with sample arguments, for the walk of `test_access`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from luwes.apps.accounts.actions import tokens
from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.accounts.secret import digest
from luwes.apps.attendance.outages import declare_outage
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.documents.models import IssuedDocument
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.calendars.blackouts import add_blackout
from luwes.apps.people.models import Employee, ServicePoint
from luwes.apps.people.programmes.actions import ProgramFacts, create_program
from luwes.apps.results.counters.actions import issue_seal, seal_of
from luwes.apps.results.counters.reports import report_closed
from luwes.apps.results.intake.posters import make_poster
from luwes.apps.results.intake.rounds import begin_round
from luwes.apps.results.models import (
    ClosedReport,
    ReportPhoto,
    RoundKind,
    SpotCheck,
    SpotDraw,
    SpotPhoto,
    SpotProcedure,
)
from luwes.apps.schedule.models import CalendarLink
from luwes.apps.sources.breaks import declare_break
from luwes.apps.sources.models import Changed, ImportBatch
from luwes.core.workdays.periods import Period
from tests.world import (
    SETUP,
    Units,
    acting,
    add_person,
    bring_figures,
    give_link,
    give_role,
    plant_service,
    plant_units,
    staff_of,
)

# The API's operations are walked by its own test, with tokens.
OWN_TEST = "api"
SECRET = "alamat-rahasia"


@dataclass(frozen=True, slots=True)
class World:
    """What the sample arguments name."""

    units: Units
    user: User
    assignment: RoleAssignment
    token_id: str
    link_id: str
    batch: ImportBatch
    document_code: str
    people: dict[str, str]
    blackout_id: str
    program_key: str
    break_id: str
    services: dict[str, tuple[str, str]]
    outage_id: str
    posters: dict[str, str]
    rounds: dict[str, str]
    reports: dict[str, str]
    checks: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """Arguments of an address; `unit` is the unit the page is about, for scoped pages."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern of the resolver."""

    name: str
    pattern: URLPattern


Make = Callable[[World], list[Sample]]


def _one(**names: str) -> Make:
    """A sample from dotted names of the world: `_one(user_id="user.public_id")`."""

    def make(world: World) -> list[Sample]:
        found: dict[str, Any] = {}
        for argument, path in names.items():
            value: Any = world
            for part in path.split("."):
                value = getattr(value, part)
            found[argument] = value
        return [Sample(found)]

    return make


def _each_unit(world: World) -> list[Sample]:
    return [Sample({"key": key}, unit=key) for key in (world.units.health, world.units.section, world.units.works)]


def _each_units_month(world: World) -> list[Sample]:
    return [Sample(sample.kwargs | {"month": "2026-10"}, sample.unit) for sample in _each_unit(world)]


def _each_person(world: World) -> list[Sample]:
    return [Sample({"person_id": person}, unit=unit) for unit, person in world.people.items()]


def _each_service(world: World) -> list[Sample]:
    return [Sample({"key": key}, unit=unit) for unit, (key, _) in world.services.items()]


def _each_point(world: World) -> list[Sample]:
    return [Sample({"key": key}, unit=unit) for unit, (_, key) in world.services.items()]


def _each_poster(world: World) -> list[Sample]:
    return [Sample({"code": code}, unit=unit) for unit, code in world.posters.items()]


# An address with arguments that is not here makes the walk fail: give it real ones.
SAMPLES: dict[str, Make] = {
    "accounts:token_revoke": _one(token_id="token_id"),
    "accounts:link_revoke": _one(link_id="link_id"),
    "accounts:user": _one(user_id="user.public_id"),
    "accounts:user_active": _one(user_id="user.public_id"),
    "accounts:user_password": _one(user_id="user.public_id"),
    "accounts:role_grant": _one(user_id="user.public_id"),
    "accounts:role_end": _one(user_id="user.public_id", assignment_id="assignment.public_id"),
    "monthly:board": lambda world: [Sample({"month": "2026-10"})],
    "monthly:book": lambda world: [Sample({"month": "2026-10"})],
    "monthly:report": lambda world: [Sample({"month": "2026-10"})],
    "monthly:download": lambda world: [Sample({"month": "2026-10"})],
    **{f"monthly:unit_{name}": _each_units_month for name in ("report", "download")},
    **{f"monthly:{name}": _each_units_month for name in ("form", "unit_book", "sign", "reopen")},
    "leadership:unit": _each_unit,
    "leadership:unit_print": _each_unit,
    "leadership:unit_download": _each_unit,
    "leadership:unit_note": _each_unit,
    "calendar:remove_holiday": lambda world: [Sample({"day": "2026-12-25"})],
    "calendar:ics": lambda world: [Sample({"year": 2026})],
    "calendar:decree": lambda world: [Sample({"year": 2028})],
    "calendar:withdraw_blackout": _one(blackout_id="blackout_id"),
    "calendar:program": _one(key="program_key"),
    "calendar:change_program": _one(key="program_key"),
    "people:unit": _each_unit,
    **{f"people:unit_{act}": _each_unit for act in ("create", "change", "merge", "split", "succeed", "head")},
    "people:person": _each_person,
    "people:head": _each_person,
    "attendance:unit": _each_unit,
    "attendance:discipline_unit": _each_unit,
    "attendance:revoke": _one(outage_id="outage_id"),
    "services:unit": _each_unit,
    "services:settle": _each_unit,
    "services:standards": _each_unit,
    "services:create": _each_unit,
    "services:workplace": _each_unit,
    "services:standard": _each_service,
    "services:chain": _each_service,
    "services:add_point": _each_service,
    "services:end": _each_service,
    "services:point": _each_point,
    "services:service": _each_service,
    "services:floor": _each_point,
    "survey:close": lambda world: [Sample({"key": key}, unit=unit) for unit, key in world.rounds.items()],
    "survey:service": _each_service,
    "survey:make_poster": _each_point,
    "survey:retire_poster": _each_poster,
    "survey:poster": lambda world: [Sample(one.kwargs | {"paper": "a4"}, one.unit) for one in _each_poster(world)],
    **{f"answer:{name}": lambda world: [Sample(_each_poster(world)[0].kwargs)] for name in ("survey", "thanks")},
    "counter:unit": _each_unit,
    "counter:note": _each_service,
    "counter:counter": _each_point,
    "counter:sheet": _each_point,
    "counter:inside": lambda world: [Sample({"key": key, "seal": seal_of(key)}) for _, key in world.services.values()],
    "spotcheck:photo": lambda world: [Sample({"check_id": one}, unit=unit) for unit, one in world.checks.items()],
    "public:service": lambda world: [Sample({"key": key}) for key, _ in world.services.values()],
    "public:closed": lambda world: [Sample({"key": key}) for key, _ in world.services.values()],
    "public:agency": lambda world: [Sample({"key": world.units.health})],
    "public:followed": lambda world: [Sample({"code": code}) for code in world.reports.values()],
    "public:photo": lambda world: [Sample({"code": code}) for code in world.reports.values()],
    "counter:photo": lambda world: [Sample({"code": code}, unit=unit) for unit, code in world.reports.items()],
    "documents:letterhead": lambda world: [Sample({"key": "pemerintah"}), Sample({"key": world.units.works})],
    "documents:check": lambda world: [Sample({"code": world.document_code})],
    "sources:template": lambda world: [Sample({"kind": "budget", "file_format": f}) for f in ("csv", "xlsx")],
    "sources:batch": _one(batch_id="batch.public_id"),
    "sources:values": _one(batch_id="batch.public_id"),
    "sources:confirm": _one(batch_id="batch.public_id"),
    "sources:discard": _one(batch_id="batch.public_id"),
    "sources:rejects": lambda world: [
        Sample({"batch_id": world.batch.public_id, "file_format": f}) for f in ("csv", "xlsx")
    ],
    "sources:owner": _one(source_id="batch.source.public_id"),
    "sources:revoke": _one(break_id="break_id"),
    "sources:source": _one(source_id="batch.source.public_id"),
    "sources:forget": _one(source_id="batch.source.public_id"),
    "audit:entry": lambda world: [Sample({"seq": 1})],
    "audit:detail": lambda world: [Sample({"seq": 1})],
    "own_days:ics": lambda world: [Sample({"secret": SECRET})],
    "jobs:job": lambda world: [Sample({"secret": SECRET})],
    "ui:state": lambda world: [Sample({"code": code}) for code in ("404", "403")],
}


def build(now: datetime) -> World:
    units = plant_units(now)
    batch = ImportBatch.objects.select_related("source").get(public_id=bring_figures(now))
    user = add_person(now, "contoh@contoh.go.id")
    assignment = give_role(now, user, Role.EMPLOYEE, until=timezone.localdate(now) + timedelta(days=60))
    with unit_of_work(acting(user), now):
        token = tokens.create_token(
            user=user, assignment_id=assignment.public_id, name="uji", days=30, secret="rahasia-token"
        )
    link_id = give_link(now, units.health, SECRET)
    with unit_of_work(SETUP, now):
        seed_calendars()
    with unit_of_work(SETUP, now):
        run = Period(timezone.localdate(now), timezone.localdate(now) + timedelta(days=30))
        blackout_id = add_blackout(unit_key="", period=run, name="Blackout 1", basis="SE 1")
        facts = ProgramFacts(name="Jalan desa", owner=units.works, team=[], period=run)
        program_key = create_program(facts=facts)
        today = timezone.localdate(now)
        break_id = declare_break(kind="budget", unit_key="", on=today, what=Changed.SYSTEM, description="Aplikasi baru")
    document = IssuedDocument.objects.create(
        kind="budget", format="pdf", sha256="a" * 64, audit_head="b" * 64, issued_by="uji", issued_at=now
    )
    people = staff_of(now, units)
    CalendarLink.objects.create(
        employee=Employee.objects.get(public_id=people[units.health]),
        digest=digest(SECRET),
        made_by="uji",
        created_at=now,
    )
    planted = {unit: plant_service(now, unit) for unit in (units.health, units.section, units.works)}
    return World(
        units,
        user,
        assignment,
        token.public_id,
        link_id,
        batch,
        document.public_id,
        people,
        blackout_id,
        program_key,
        break_id,
        planted,
        _outage(now),
        *_survey(now, planted),
        *_counters(now, planted),
    )


def _survey(now: datetime, planted: dict[str, tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """A poster at each point and a round of each unit, by the unit's key."""
    posters, rounds = {}, {}
    for unit, (_, point) in planted.items():
        with unit_of_work(SETUP, now):
            posters[unit] = make_poster(point_key=point, place="")
        with unit_of_work(SETUP, now):
            today = timezone.localdate(now)
            rounds[unit] = begin_round(kind=RoundKind.SHORT, name="Uji", unit_key=unit, since=today, last=None)
    return posters, rounds


def _counters(now: datetime, planted: dict[str, tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """A code behind each counter, a citizen's report and a spot check, both with a picture, by the unit's key."""
    today = timezone.localdate(now)
    procedure = SpotProcedure.objects.create(
        since=today, per_day=3, flexible_rate=1, base_share=0, digest="c" * 64, frozen_by="uji", frozen_at=now
    )
    draw = SpotDraw.objects.create(
        day=today,
        procedure=procedure,
        frame=[],
        frame_digest="d" * 64,
        audit_seq=1,
        audit_head="e" * 64,
        seed="f" * 64,
        drawn_at=now,
    )
    reports, checks = {}, {}
    for unit, (_, point) in planted.items():
        with unit_of_work(SETUP, now):
            issue_seal(point_key=point)
        with unit_of_work(SETUP, now):
            reports[unit] = report_closed(point_key=point, form=f"uji {unit}", address="203.0.113.1")
        row = ServicePoint.objects.get(key=point)
        check = SpotCheck.objects.create(
            draw=draw, service_id=row.service_id, point=row, kind="other", minute=480, chance_of=1, chance_in=2
        )
        picture = {"image": b"\xff\xd8\xff\xd9", "sha256": "a" * 64, "at": now}
        ReportPhoto.objects.create(report=ClosedReport.objects.get(code=reports[unit]), **picture)
        SpotPhoto.objects.create(check_row=check, **picture)
        checks[unit] = check.public_id
    return reports, checks


def _outage(now: datetime) -> str:
    with unit_of_work(SETUP, now):
        return declare_outage(
            unit_key="", day=timezone.localdate(now), from_minute=420, to_minute=480, cause="Server mati"
        )


def addresses() -> list[Address]:
    """Every pattern of the resolver but those that have their own test."""
    return [found for found in _walk(get_resolver(), "") if not found.name.startswith(f"{OWN_TEST}:")]


def _walk(resolver: URLResolver, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner)
        else:
            yield Address(f"{space}{entry.name}", entry)


def samples(address: Address, world: World) -> list[Sample]:
    """Sample arguments; an address without arguments needs none."""
    if not address.pattern.pattern.converters:
        return [Sample()]
    assert address.name in SAMPLES, f"{address.name} takes arguments: add a sample to tests/house/walk.py"
    return SAMPLES[address.name](world)


def path_of(address: Address, sample: Sample) -> str:
    return reverse(address.name, kwargs=sample.kwargs)
