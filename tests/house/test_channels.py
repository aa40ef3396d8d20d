"""The same deed is refused in the same way, whichever door it comes through."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.actions import job_links, people, role_holding, tokens
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import JOB_RIGHTS, RIGHTS, Job, Right, Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.access import in_scope, require_unit
from luwes.apps.results import actions as results
from luwes.apps.results.models import BudgetNote
from luwes.apps.sources import actions as imports
from luwes.apps.sources.models import ImportBatch
from tests.apps.budget_files import TWO, csv_bytes
from tests.world import Units, add_person, bring_figures, plant_units, scope_for

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 31)
PEOPLE = (ActorKind.PERSON, ActorKind.TOKEN)


@pytest.fixture
def units(now: datetime) -> Units:
    found = plant_units(now)
    bring_figures(now)
    return found


def actor(kind: ActorKind, role: str, scope: str = "", signature: str = "") -> Actor:
    return Actor(kind=kind, id="someone", role=role, scope=scope, signature=signature)


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("role", Role)
def test_a_unit_is_reached_by_right_and_scope_alone(kind: ActorKind, role: Role, units: Units, now: datetime) -> None:
    today = timezone.localdate(now)
    who = actor(kind, role.value, scope_for(role, units.health))
    for right in Right:
        for unit in (units.health, units.section, units.works):
            outside = bool(who.scope) and unit == units.works
            refusal = OutsideScope if outside else Forbidden
            if not outside and right in RIGHTS[role]:
                require_unit(who, right, unit, today)
            else:
                with pytest.raises(refusal):
                    require_unit(who, right, unit, today)
    assert not in_scope(who, "tidakada", today)


@pytest.mark.parametrize(
    "who",
    [*((kind, "kepala_pd") for kind in PEOPLE), (ActorKind.JOB_LINK, Job.BUDGET_NOTE.value)],
)
def test_a_note_on_the_unit_next_door_is_refused_alike(who: tuple[ActorKind, str], units: Units, now: datetime) -> None:
    kind, role = who
    for unit, ok in ((units.health, True), (units.works, False)):
        writer = actor(kind, role, units.health, "Wulan Sekar, Kasubag")
        before = BudgetNote.objects.count()
        if ok:
            with unit_of_work(writer, now):
                results.write_budget_note(unit_key=unit, year=2026, as_of=OCTOBER, text="x")
        else:
            with pytest.raises(OutsideScope), unit_of_work(writer, now):
                results.write_budget_note(unit_key=unit, year=2026, as_of=OCTOBER, text="x")
        assert BudgetNote.objects.count() == before + ok


def refused(who: Actor, now: datetime, user: User) -> list[type[Exception]]:
    """What each deed of the admin answers this actor."""
    today = timezone.localdate(now)
    deeds = [
        lambda: people.create_user(name="x", email="y@contoh.go.id", nip=None, password="abcd-efgh-jkmn"),
        lambda: people.set_active(user_id=user.public_id, active=False, version=1),
        lambda: people.reset_password(user_id=user.public_id, password="abcd-efgh-jkmn"),
        lambda: role_holding.grant_role(user=user, role=Role.LEADER, scope="", since=today, until=None),
        lambda: role_holding.end_role(assignment_id="x", on=today, reason="x"),
        lambda: job_links.revoke_job_link(link_id="x"),
        lambda: imports.stage(kind="budget", source_name="B", file_name="f", payload=csv_bytes(TWO)),
        lambda: imports.confirm(batch_id=ImportBatch.objects.get().public_id, version=1),
    ]
    answers: list[type[Exception]] = []
    for deed in deeds:
        with pytest.raises((Forbidden, OutsideScope)) as answer, unit_of_work(who, now):
            deed()
        answers.append(answer.type)
    return answers


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_page_and_program_of_other_roles_are_refused_alike(role: Role, units: Units, now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    by_page, by_token = (refused(actor(kind, role.value), now, user) for kind in PEOPLE)
    assert by_page == by_token == [Forbidden] * 8


def test_a_job_link_is_refused_everything_but_its_job(units: Units, now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    assert refused(actor(ActorKind.JOB_LINK, Job.BUDGET_NOTE.value, units.health), now, user) == [Forbidden] * 8
    assert JOB_RIGHTS[Job.BUDGET_NOTE] == {Right.WRITE_BUDGET_NOTE}


def test_an_admin_of_one_unit_is_refused_as_if_nothing_were_there(units: Units, now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    assert refused(actor(ActorKind.PERSON, Role.ADMIN.value, units.health), now, user) == [OutsideScope] * 8


def test_a_person_without_a_role_is_refused(units: Units, now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    assert refused(actor(ActorKind.PERSON, ""), now, user) == [Forbidden] * 8


def test_own_matters_stay_with_the_person(now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    for who in (
        Actor(kind=ActorKind.TOKEN, id=user.public_id, role="pimpinan"),
        Actor(kind=ActorKind.JOB_LINK, id=user.public_id, role=Job.BUDGET_NOTE.value),
        Actor(kind=ActorKind.PERSON, id="lain", role="admin_bkd"),
    ):
        with pytest.raises(OutsideScope), unit_of_work(who, now):
            people.change_password(user=user, present="x", password="y")
        with pytest.raises(OutsideScope), unit_of_work(who, now):
            tokens.revoke_token(user=user, token_id="x")
