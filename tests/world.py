"""A small invented province for tests: two perangkat daerah, people, their roles."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.actions import job_links, role_holding
from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import UNIT_ONLY, Capacity, Job, Role
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import actions as units
from luwes.apps.people.models import Counting, Employee, UnitKind
from luwes.apps.people.services import actions as services
from luwes.apps.people.services import queries as service_queries
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.sources import actions as imports
from luwes.core.names import name_key
from luwes.core.services.hours import Window
from tests.apps.budget_files import csv_bytes, row
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, person

PASSWORD = "rawa-teduh-pagi-hari"
SETUP = system("test")


@dataclass(frozen=True, slots=True)
class Units:
    """The keys of the tree: `section` lies below `health`, beside both stands `works`."""

    government: str
    health: str
    section: str
    works: str


def plant_units(now: datetime) -> Units:
    with unit_of_work(SETUP, now):
        top = units.create_unit(code="0", name="Provinsi Contoh", kind=UnitKind.GOVERNMENT, parent=None)
        health = units.create_unit(code="1.02", name="Dinas Kesehatan", kind=UnitKind.AGENCY, parent=top)
        section = units.create_unit(code="1.02.1", name="UPT Laboratorium", kind=UnitKind.UNIT, parent=health)
        works = units.create_unit(code="1.03", name="Dinas Pekerjaan Umum", kind=UnitKind.AGENCY, parent=top)
    return Units(top.key, health.key, section.key, works.key)


@cache
def password_hash() -> str:
    # The slow hash once for all tests; the tests of sign-in check it for real.
    return make_password(PASSWORD)


def add_person(now: datetime, email: str, *, name: str = "Rangga Wirya", nip: str | None = None) -> User:
    """An account past its first sign-in."""
    return User.objects.create(
        name=name, name_key=name_key(name), email=email, nip=nip, password=password_hash(), created_at=now
    )


def give_role(
    now: datetime,
    user: User,
    role: Role,
    scope: str = "",
    *,
    since: date | None = None,
    until: date | None = None,
    capacity: Capacity = Capacity.DEFINITIVE,
    basis: str = "",
) -> RoleAssignment:
    with unit_of_work(SETUP, now):
        return role_holding.grant_role(
            user=user,
            role=role,
            scope=scope,
            since=since or timezone.localdate(now) - timedelta(days=30),
            until=until,
            capacity=capacity,
            basis=basis,
        )


def acting(user: User, role: Role | None = None, scope: str = "") -> Actor:
    """The person as an actor."""
    return Actor(
        kind=ActorKind.PERSON,
        id=user.public_id,
        role=role.value if role else "",
        scope=scope,
        capacity=Capacity.DEFINITIVE.value if role else "",
    )


def client_as(now: datetime, role: Role, scope: str = "", *, email: str = "") -> Client:
    """A browser signed in as somebody holding this role alone."""
    user = add_person(now, email or f"{role.value}.{scope or 'semua'}@contoh.go.id")
    give_role(now, user, role, scope)
    client = Client()
    client.force_login(user)
    return client


def scope_for(role: Role, unit_key: str) -> str:
    """The unit for roles held over one unit, nothing for those held over all."""
    return unit_key if role in UNIT_ONLY else ""


def bring_figures(now: datetime, *, year: int = 2026, as_of: str = "2026-10-31") -> str:
    """Budget figures of both perangkat daerah through the real import; gives the batch's id."""
    rows = [
        row("1.02", "Dinas Kesehatan", 1_000_000_000, 600_000_000, as_of=as_of, year=year),
        row("1.03", "Dinas Pekerjaan Umum", 2_000_000_000, 1_900_000_000, as_of=as_of, year=year),
    ]
    with unit_of_work(SETUP, now):
        batch = imports.stage(kind="budget", source_name="Biro", file_name="rekap.csv", payload=csv_bytes(rows))
    with unit_of_work(SETUP, now):
        imports.confirm(batch_id=batch.public_id, version=batch.version)
    return batch.public_id


def give_link(now: datetime, scope: str, secret: str = "alamat-rahasia", *, job: Job = Job.BUDGET_NOTE) -> str:
    """A job link for the unit; gives its id."""
    with unit_of_work(SETUP, now):
        link = job_links.issue_job_link(
            job=job,
            scope=scope,
            person_name="Wulan Sekar",
            person_post="Kepala Subbagian Keuangan",
            days=14,
            secret=secret,
        )
    return link.public_id


def staff_of(now: datetime, units: Units) -> dict[str, str]:
    """One person in each of the three units through the real import: unit key → the person's id."""
    bring(
        now,
        person(YOSE, "Yosé Limbong", unor_nama="Dinas Kesehatan"),
        person(RINA, "Rina D'Arcy"),
        person(MARUF, "Ma’ruf", unor_nama="Dinas Pekerjaan Umum", satuan_kerja_kerja_nama="Dinas Pekerjaan Umum"),
    )
    ids = dict(Employee.objects.values_list("nip", "public_id"))
    return {units.health: ids[YOSE], units.section: ids[RINA], units.works: ids[MARUF]}


def plant_service(now: datetime, unit: str, *, name: str = "Pengujian sampel") -> tuple[str, str]:
    """A confirmed service of the unit with one point; gives the keys of both."""
    week = tuple(Window(day, 480, 900) for day in range(1, 6))
    standard = Standard(name, unit, minutes=120, cost=0, implementers=3, windows=week, source="SK 1/2026")
    with unit_of_work(SETUP, now):
        key = services.create_service(
            standard=standard, since=units.ALWAYS, status=Counting.CONFIRMED, points=[Point("Loket 1", unit)]
        )
    return key, service_queries.points(timezone.localdate(now), service_keys=[key])[0].key
