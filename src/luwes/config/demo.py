"""What `luwes demo` fills in: units, recaps, staff, services and months of facts through the real importers, strategic
programmes, and one account per role."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luwes.apps.accounts import secret
from luwes.apps.accounts import wording as accounts_wording
from luwes.apps.accounts.actions import people as accounts
from luwes.apps.accounts.actions import role_holding
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import queries as people
from luwes.apps.people.actions import create_unit
from luwes.apps.people.calendars import queries as calendars
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.calendars.blackouts import add_blackout
from luwes.apps.people.models import UnitKind
from luwes.apps.people.programmes import queries as programmes
from luwes.apps.people.programmes.actions import Milestone, ProgramFacts, create_program
from luwes.apps.reporting import four
from luwes.apps.reporting.answers import leadership_answer
from luwes.apps.reporting.budget import leadership_page
from luwes.apps.results.models import OutputRow
from luwes.apps.sources import queries as sources
from luwes.apps.sources.actions import CREATE
from luwes.config import demo_counters, demo_facts, demo_forms, importing
from luwes.core.workdays.months import month_before
from luwes.core.workdays.periods import DAY, Period
from luwes.examples.invented.facts.government import budget_of
from luwes.examples.invented.facts.truths import Scenario
from luwes.examples.invented.names import GOVERNMENT
from luwes.examples.invented.people import invented_people
from luwes.examples.invented.programmes import BLACKOUTS, PROGRAMMES
from luwes.examples.invented.services import write_services
from luwes.examples.invented.staff_file import write_csv
from luwes.examples.invented.workbook import write_workbook

# Published on purpose, and refused in production.
PASSWORD = "contoh-luwes-2026"  # noqa: S105
# So many full months of facts a first start waits for.
MONTHS = 3
SOURCE = "Biro Administrasi Pembangunan (contoh)"
STAFF_SOURCE = "Badan Kepegawaian Daerah (contoh)"
SERVICE_SOURCE = "Biro Organisasi (contoh)"
GOVERNMENT_CODE = "PC"
SAMPLE_UNIT = "PC-04"
DATES = (
    *(date(2025, month, day) for month, day in ((3, 31), (6, 30), (9, 30), (10, 31), (12, 31))),
    *(date(2026, month, day) for month, day in ((3, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31))),
)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One invented person; `scoped` roles hold one agency, the others the whole government."""

    email: str
    name: str
    role: Role
    scoped: bool = False


ACCOUNTS = (
    DemoAccount("pimpinan@contoh.go.id", "Pimpinan Contoh", Role.LEADER),
    DemoAccount("kepala@contoh.go.id", "Kepala Dinas Contoh", Role.HEAD, scoped=True),
    DemoAccount("admin@contoh.go.id", "Admin BKD Contoh", Role.ADMIN),
    DemoAccount("organisasi@contoh.go.id", "Biro Organisasi Contoh", Role.ORGANISATION),
    DemoAccount("inspektorat@contoh.go.id", "Inspektur Contoh", Role.INSPECTOR),
    DemoAccount("atasan@contoh.go.id", "Atasan Contoh", Role.SUPERVISOR, scoped=True),
    DemoAccount("pegawai@contoh.go.id", "Pegawai Contoh", Role.EMPLOYEE, scoped=True),
    DemoAccount("operator@contoh.go.id", "Operator Contoh", Role.OPERATOR),
)


def fill(scenario: Scenario, *, months: int = MONTHS) -> demo_facts.Filled:
    """Create what is missing, among it the scenario's civil servants; nothing that exists is touched.

    `months` are the full months whose files of facts are brought.
    """
    now = timezone.now()
    if people.government(timezone.localdate(now)) is None:
        with unit_of_work(importing.CONSOLE, now):
            create_unit(code=GOVERNMENT_CODE, name=GOVERNMENT, kind=UnitKind.GOVERNMENT, parent=None)
    with unit_of_work(importing.CONSOLE, now):
        seed_calendars()
    stored = {row.name: row.newest for row in sources.last_arrivals(now)}.get(SOURCE)
    for as_of in DATES:
        if as_of <= timezone.localdate(now) and (stored is None or as_of > stored):
            _import(scenario, as_of)
    if STAFF_SOURCE not in {row.name for row in sources.last_arrivals(now)}:
        _import_staff(scenario.staff)
    if SERVICE_SOURCE not in {row.name for row in sources.last_arrivals(now)}:
        _import_services(scenario.staff)
    today = timezone.localdate(now)
    filled = demo_facts.fill(scenario, months, today)
    _plan(today)
    known = set(User.objects.filter(email__in=[one.email for one in ACCOUNTS]).values_list("email", flat=True))
    for account in ACCOUNTS:
        if account.email not in known:
            _create(account)
    if months:
        demo_counters.fill(scenario, today, now)
    # What somebody signs must be all there: what arrives afterwards makes another report of it.
    demo_forms.sign(filled.signing, today)
    return filled


def answer() -> str:
    """The four sentences a leader would read today, a line each."""
    today = timezone.localdate(timezone.now())
    page = leadership_page(None, Actor(kind=ActorKind.SYSTEM, id="demo"), today=today)
    asked = four.questions(month_before(today), today)
    return "\n".join([leadership_answer(page).sentence, *(one.answer.sentence for one in asked)])


def account_table() -> Sequence[Sequence[str]]:
    """E-mail and role of every demo account."""
    return [(account.email, accounts_wording.role(account.role)) for account in ACCOUNTS]


def _import(scenario: Scenario, as_of: date) -> None:
    """One recap as an official would send it, through the same steps as on the page."""
    file = io.BytesIO()
    write_workbook(file, budget_of(scenario, as_of), dirty=as_of.month == 6)
    batch = importing.staged(
        kind="budget",
        source=SOURCE,
        file_name=f"rekap-anggaran-{as_of.isoformat()}.xlsx",
        payload=file.getvalue(),
    )
    if batch.summary["unmapped"]:
        batch = importing.created(batch, government=GOVERNMENT_CODE)
    importing.confirmed(batch)


def _import_staff(staff: int) -> None:
    """The staff as SIASN exports it; units the province has not yet are created below their perangkat daerah."""
    file = io.BytesIO()
    write_csv(file, invented_people(staff))
    batch = importing.staged(
        kind="staff", source=STAFF_SOURCE, file_name="export-data-asn.csv", payload=file.getvalue()
    )
    if batch.summary["unmapped"]:
        batch = importing.chosen(batch, f"{CREATE}{UnitKind.UNIT.value}")
    importing.confirmed(batch)


def _import_services(staff: int) -> None:
    """The services as Biro Organisasi would send them; in a very small province some units are still missing."""
    file = io.BytesIO()
    write_services(file, invented_people(staff))
    batch = importing.staged(
        kind="services", source=SERVICE_SOURCE, file_name="standar-pelayanan.csv", payload=file.getvalue()
    )
    if batch.summary["unmapped"]:
        batch = importing.chosen(batch, f"{CREATE}{UnitKind.UNIT.value}")
    importing.confirmed(batch)


def _plan(today: date) -> None:
    """Programmes and the days closed to flexible work, where there are none yet."""
    keys = {unit.name: unit.key for unit in people.units_on(today, kinds=[UnitKind.AGENCY])}
    if not programmes.programs():
        for one in PROGRAMMES:
            facts = ProgramFacts(
                name=one.name,
                owner=keys[one.owner],
                team=[keys[name] for name in one.team],
                period=Period(one.first, one.last + DAY),
                milestones=[Milestone(step.due, step.name, step.reached) for step in one.steps],
                as_of=one.as_of,
                physical_target=one.physical_target,
                physical_progress=one.physical_progress,
                money_target=one.money_target,
                money_progress=one.money_progress,
            )
            with unit_of_work(importing.CONSOLE, timezone.now()):
                create_program(facts=facts)
    for closed in BLACKOUTS:
        period = Period(closed.first, closed.last + DAY)
        if not calendars.blackouts(closed.first, closed.last + DAY):
            with unit_of_work(importing.CONSOLE, timezone.now()):
                add_blackout(unit_key=keys.get(closed.unit, ""), period=period, name=closed.name, basis=closed.basis)


def _create(account: DemoAccount) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    temporary = secret.new_secret()
    nip = _sample_nip() if account.role is Role.EMPLOYEE else None
    with unit_of_work(importing.CONSOLE, now):
        user = accounts.create_user(name=account.name, email=account.email, nip=nip, password=temporary)
    with unit_of_work(importing.CONSOLE, now):
        role_holding.grant_role(
            user=user,
            role=account.role,
            scope=_sample_unit(today) if account.scoped else "",
            # They stand before what is told to them.
            since=today - demo_counters.LONGEST,
            until=None,
            basis="Akun peraga",
        )
    # A temporary password must be changed by its owner; here the owner takes the published one.
    with unit_of_work(Actor(kind=ActorKind.PERSON, id=user.public_id), now):
        accounts.change_password(user=user, present=temporary, password=PASSWORD)


def _sample_unit(today: date) -> str:
    units = people.units_on(today, kinds=[UnitKind.AGENCY])
    return next((unit.key for unit in units if unit.code == SAMPLE_UNIT), units[0].key)


def _sample_nip() -> str | None:
    """Somebody with results of work to look at; None where the files name no person."""
    row = OutputRow.objects.filter(employee__isnull=False, superseded_at=None).order_by("pk").first()
    return row.employee.nip if row is not None and row.employee is not None else None
