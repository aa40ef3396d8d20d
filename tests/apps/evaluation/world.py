"""Twelve agencies with a service each, and days whose truth is known."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from luwes.apps.accounts.roles import Role as Held
from luwes.apps.attendance.models import PresenceDay
from luwes.apps.attendance.runs import PUNCHES
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.evaluation import days
from luwes.apps.evaluation.actions import Wanted, draft_plan, freeze_plan
from luwes.apps.evaluation.models import AnalysisPlan
from luwes.apps.evaluation.plans import Asked, Content, LotKind, LotSpec, Role
from luwes.apps.people import actions as people
from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.models import Counting, Service, Unit, UnitKind
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Standard
from luwes.apps.results.measures import AnswerSums, CaseSums, Measure
from luwes.apps.results.models import ServiceFigure
from luwes.apps.schedule.models import ExposureDay
from luwes.core.evaluation.panel import Floats
from luwes.core.indicators.speed import CaseCounts
from tests.world import SETUP, acting, add_person

START = date(2026, 8, 3)
WEEKS = 8
DRAFTED = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
RUN = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
AGENCIES = 12
LOT = LotSpec(LotKind.WEEKDAY, 11, every=2, weekdays=(1, 2, 3, 4, 5), shares=(0.0, 1.0), redraws=399)
TIMELY = Asked("within_time", Role.PRIMARY, 8.0, 4.0)


@dataclass(frozen=True, slots=True)
class World:
    """Keys of the agencies, and the service of each."""

    keys: tuple[str, ...]
    services: tuple[int, ...]


def plant(now: datetime = DRAFTED) -> World:
    """The government, its agencies and services."""
    with unit_of_work(SETUP, now):
        seed_calendars()
        top = people.create_unit(code="0", name="Provinsi Contoh", kind=UnitKind.GOVERNMENT, parent=None)
        keys = tuple(
            people.create_unit(code=f"1.{n:02}", name=f"Dinas {n:02}", kind=UnitKind.AGENCY, parent=top).key
            for n in range(AGENCIES)
        )
    with unit_of_work(SETUP, now):
        made = [
            services.create_service(
                standard=Standard(f"Layanan {n:02}", key, minutes=60, source="SK 1/2026"),
                since=ALWAYS,
                status=Counting.CONFIRMED,
                points=[],
            )
            for n, key in enumerate(keys)
        ]
    return World(keys, tuple(Service.objects.get(key=key).pk for key in made))


def timely(world: World, on: list[date], exposure: Floats, effect: float, *, seed: int = 1, cases: int = 60) -> None:
    """Cases of each day: about nine in ten in time, `effect` percentage points more per fully flexible day."""
    rng = np.random.default_rng(seed)
    share = 0.9 + rng.normal(0, 0.02, (AGENCIES, 1)) + rng.normal(0, 0.01, len(on)) + effect / 100 * exposure
    due = rng.poisson(cases, share.shape)
    kept = rng.binomial(due, share.clip(0, 1))
    rows = []
    for place, service in enumerate(world.services):
        for column, day in enumerate(on):
            n, k = int(due[place, column]), int(kept[place, column])
            sums = CaseSums(CaseCounts(on_time=k, late=n - k), n, n)
            rows.append(_figure(service, day, Measure.WITHIN_TIME, k, n, sums.to_json()))
    ServiceFigure.objects.bulk_create(rows)


def answers(world: World, on: list[date], exposure: Floats, effect: float, *, lost: float = 0.0, seed: int = 2) -> None:
    """Twenty short answers a day, most of the best; `effect` points of 100, `lost` of the unhappy silent."""
    rng = np.random.default_rng(seed)
    rows = []
    for place, service in enumerate(world.services):
        for column, day in enumerate(on):
            happy = 0.7 + effect / 25 * exposure[place, column]
            content = rng.multinomial(20, [0.05, 0.1, 0.85 - happy, happy])
            silent = rng.binomial(content[:2], lost * exposure[place, column])
            content[:2] -= silent
            n = int(content.sum())
            sums = AnswerSums(answers=n, content=tuple(int(one) for one in content), channels={"loket": n})
            kept = int(content[2:].sum())
            rows.append(_figure(service, day, Measure.SURVEY, kept, n, sums.to_json()))
    ServiceFigure.objects.bulk_create(rows)


def planned(world: World, content: Content, *, lived: float = 0.9) -> None:
    """The plan's days as the schedule has them, and where people punched: `lived` of the flexible share was real."""
    pks = dict(Unit.objects.filter(key__in=world.keys).values_list("key", "pk"))
    plans, punches = [], []
    for row, key in enumerate(content.units):
        for column, day in enumerate(content.days):
            share = content.exposure[row][column] if content.exposure else 0.0
            away = round(40 * share)
            plans.append(
                ExposureDay(
                    unit_id=pks[key],
                    day=day,
                    flexible=2 * away,
                    on_duty=80,
                    exposure=share,
                    largest=share,
                    silent_links=0,
                    kind="flexible" if share else "other",
                    threshold=0.25,
                    computed_at=DRAFTED,
                )
            )
            real = round(lived * away)
            punches.append(
                PresenceDay(
                    unit_id=pks[key],
                    day=day,
                    source=PUNCHES,
                    **dict.fromkeys(("late", "late_minutes", "early", "absent", "excused", "flexible_unknown"), 0),
                    **dict.fromkeys(("staff", "required", "present"), 40),
                    at_office=40 - real,
                    elsewhere=real,
                    flexible=away,
                    flexible_kept=real,
                    computed_at=RUN,
                )
            )
    ExposureDay.objects.bulk_create(plans)
    PresenceDay.objects.bulk_create(punches)


def _figure(service: int, day: date, measure: Measure, kept: int, of: int, sums: dict[str, object]) -> ServiceFigure:
    return ServiceFigure(
        service_id=service, day=day, measure=measure.value, kept=kept, of=of, sums=sums, computed_at=DRAFTED
    )


def past(weeks: int = 12) -> list[date]:
    """The working days before the start."""
    return list(days.working_days(date.fromordinal(START.toordinal() - 7 * weeks), START))


def wanted(world: World, **changed: object) -> Wanted:
    """A plan of both looks, unless told otherwise."""
    usual: dict[str, object] = {
        "name": "Evaluasi triwulan III",
        "policy": "SE 1/2026",
        "basis": "SE 1/2026 angka 9",
        "start": START,
        "weeks": WEEKS,
        "looks": (4, 8),
        "units": world.keys,
        "compared": (),
        "outcomes": (TIMELY,),
        "lot": LOT,
    }
    return Wanted(**{**usual, **changed})  # type: ignore[arg-type]


def frozen(world: World, **changed: object) -> AnalysisPlan:
    """A plan drafted by one person and frozen by another."""
    first = acting(add_person(DRAFTED, f"a{AnalysisPlan.objects.count()}@contoh.go.id"), Held.ORGANISATION)
    other = acting(add_person(DRAFTED, f"b{AnalysisPlan.objects.count()}@contoh.go.id"), Held.LEADER)
    with unit_of_work(first, DRAFTED):
        made = draft_plan(wanted=wanted(world, **changed))
    with unit_of_work(other, DRAFTED):
        freeze_plan(plan_id=made, signer="Rangga Wirya, Sekretaris Daerah")
    return AnalysisPlan.objects.get(public_id=made)
