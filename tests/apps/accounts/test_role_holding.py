"""Roles: dated, scoped, never granted to oneself, never leaving the house without an admin."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luwes.apps.accounts import queries
from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.apps.accounts.actions import people, role_holding
from luwes.apps.accounts.actions.last_admin import LastAdmin
from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import UNIT_ONLY, WHOLE_ONLY, Capacity, Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from tests.conftest import NOW
from tests.world import SETUP, acting, add_person, give_role

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def admin(db: None, now: datetime) -> User:
    user = add_person(now, "admin@contoh.go.id", name="Kirana Asih")
    give_role(now, user, Role.ADMIN)
    return user


@pytest.fixture
def other(db: None, now: datetime) -> User:
    return add_person(now, "lain@contoh.go.id")


def grant(by: User, user: User, role: Role, scope: str = "", **more: object) -> RoleAssignment:
    words = {"since": TODAY, "until": None} | more
    with unit_of_work(acting(by, Role.ADMIN), NOW):
        return role_holding.grant_role(user=user, role=role, scope=scope, **words)  # type: ignore[arg-type]


def end(by: User, assignment: RoleAssignment, on: date) -> None:
    with unit_of_work(acting(by, Role.ADMIN), NOW):
        role_holding.end_role(assignment_id=assignment.public_id, on=on, reason="Pindah tugas")


def held(user: User, on: date) -> list[str]:
    return [row.role for row in queries.roles_of(user, on) if row.held]


def test_a_role_holds_from_its_first_day_up_to_its_end(admin: User, other: User) -> None:
    grant(admin, other, Role.HEAD, "unit1", since=TODAY, until=TODAY + 7 * DAY)
    assert held(other, TODAY - DAY) == []
    assert held(other, TODAY) == ["kepala_pd"]
    assert held(other, TODAY + 6 * DAY) == ["kepala_pd"]
    assert held(other, TODAY + 7 * DAY) == []
    row = queries.roles_of(other, TODAY)[0]
    assert row.last_day == TODAY + 6 * DAY


def test_granting_is_on_the_trail_with_period_and_basis(admin: User, other: User) -> None:
    grant(admin, other, Role.HEAD, "unit1", until=TODAY + DAY, capacity=Capacity.ACTING, basis="SP 800/12/2026")
    entry = AuditEntry.objects.filter(action="role.granted", subject=other.public_id).get()
    for part in ('"capacity":"plt"', '"since":"2026-11-25"', '"until":"2026-11-26"', '"basis":"SP 800/12/2026"'):
        assert part in entry.body


def test_nobody_grants_themselves_a_role(admin: User) -> None:
    for role in (Role.INSPECTOR, Role.OPERATOR, Role.LEADER):
        with pytest.raises(role_holding.OwnRole):
            grant(admin, admin, role)
    assert held(admin, TODAY) == ["admin_bkd"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_other_roles_grant_and_end_nothing(admin: User, other: User, now: datetime, role: Role) -> None:
    assignment = grant(admin, other, Role.LEADER)
    with pytest.raises(Forbidden), unit_of_work(acting(other, role), now):
        role_holding.grant_role(user=admin, role=Role.LEADER, scope="", since=TODAY, until=None)
    with pytest.raises(Forbidden), unit_of_work(acting(other, role), now):
        role_holding.end_role(assignment_id=assignment.public_id, on=TODAY, reason="x")


@pytest.mark.parametrize("role", sorted(WHOLE_ONLY))
def test_roles_over_all_take_no_unit(admin: User, other: User, role: Role) -> None:
    with pytest.raises(role_holding.ScopeDoesNotFit):
        grant(admin, other, role, "unit1")


@pytest.mark.parametrize("role", sorted(UNIT_ONLY))
def test_roles_over_a_unit_need_one(admin: User, other: User, role: Role) -> None:
    with pytest.raises(role_holding.ScopeDoesNotFit):
        grant(admin, other, role)


@pytest.mark.parametrize("until", [TODAY, TODAY - DAY])
def test_a_period_has_at_least_one_day(admin: User, other: User, until: date) -> None:
    with pytest.raises(role_holding.PeriodEmpty):
        grant(admin, other, Role.LEADER, until=until)


@pytest.mark.parametrize("words", [{"until": None, "basis": "SP 1"}, {"until": TODAY + DAY, "basis": "  "}])
def test_an_acting_holder_has_an_end_and_a_basis(admin: User, other: User, words: dict[str, object]) -> None:
    for capacity in (Capacity.ACTING, Capacity.DAILY):
        with pytest.raises(role_holding.ActingNeedsEnd):
            grant(admin, other, Role.LEADER, capacity=capacity, **words)


def test_the_same_role_over_the_same_unit_does_not_overlap(admin: User, other: User) -> None:
    grant(admin, other, Role.HEAD, "unit1", until=TODAY + 7 * DAY)
    with pytest.raises(role_holding.RoleOverlaps):
        grant(admin, other, Role.HEAD, "unit1", since=TODAY + 6 * DAY)
    grant(admin, other, Role.HEAD, "unit1", since=TODAY + 7 * DAY)
    grant(admin, other, Role.HEAD, "unit2")
    assert held(other, TODAY) == ["kepala_pd", "kepala_pd"]


def test_ending_keeps_the_days_before(admin: User, other: User) -> None:
    assignment = grant(admin, other, Role.LEADER, since=TODAY - 10 * DAY)
    end(admin, assignment, TODAY)
    assert held(other, TODAY - DAY) == ["pimpinan"]
    assert held(other, TODAY) == []
    assignment.refresh_from_db()
    assert assignment.superseded_at == NOW


def test_a_role_ended_before_it_began_was_never_held(admin: User, other: User) -> None:
    assignment = grant(admin, other, Role.LEADER, since=TODAY + 5 * DAY)
    end(admin, assignment, TODAY)
    assert list(queries.roles_of(other, TODAY)) == []


def test_ending_cannot_make_a_role_longer(admin: User, other: User) -> None:
    assignment = grant(admin, other, Role.LEADER, until=TODAY + 3 * DAY)
    for on in (TODAY + 3 * DAY, TODAY + 30 * DAY):
        with pytest.raises(role_holding.PeriodEmpty):
            end(admin, assignment, on)
    assert queries.roles_of(other, TODAY)[0].until == TODAY + 3 * DAY


def test_a_role_already_ended_elsewhere_is_refused(admin: User, other: User) -> None:
    assignment = grant(admin, other, Role.LEADER)
    end(admin, assignment, TODAY + DAY)
    with pytest.raises(role_holding.NoSuchRole):
        end(admin, assignment, TODAY + DAY)
    with pytest.raises(role_holding.NoSuchRole), unit_of_work(acting(admin, Role.ADMIN), NOW):
        role_holding.end_role(assignment_id="tidakada", on=TODAY, reason="x")


def test_the_last_admin_stays(admin: User) -> None:
    with pytest.raises(LastAdmin):
        end(admin, RoleAssignment.objects.get(user=admin), TODAY)
    assert held(admin, TODAY) == ["admin_bkd"]


def test_with_a_second_admin_the_first_may_go(admin: User, other: User) -> None:
    give_role(NOW, other, Role.ADMIN)
    end(other, RoleAssignment.objects.get(user=admin), TODAY)
    assert held(admin, TODAY) == []


def test_an_acting_admin_does_not_count_for_later(admin: User, other: User) -> None:
    give_role(NOW, other, Role.ADMIN, until=TODAY + 7 * DAY, capacity=Capacity.DAILY, basis="SP 2")
    with pytest.raises(LastAdmin):
        end(admin, RoleAssignment.objects.get(user=admin), TODAY)
    end(admin, RoleAssignment.objects.get(user=other), TODAY + DAY)
    assert held(other, TODAY + DAY) == []


def test_an_admin_to_come_or_switched_off_does_not_count(admin: User, other: User) -> None:
    give_role(NOW, other, Role.ADMIN, since=TODAY + DAY)
    third = add_person(NOW, "tiga@contoh.go.id")
    give_role(NOW, third, Role.ADMIN)
    User.objects.filter(pk=third.pk).update(is_active=False)
    with pytest.raises(LastAdmin):
        end(admin, RoleAssignment.objects.get(user=admin), TODAY)


def test_the_console_may_end_the_last_admin(admin: User) -> None:
    with unit_of_work(SETUP, NOW):
        role_holding.end_role(assignment_id=RoleAssignment.objects.get().public_id, on=TODAY, reason="Dipulihkan")
    assert held(admin, TODAY) == []


@pytest.mark.parametrize("way", ["role", "account"])
def test_two_admins_removing_each_other_at_once_leave_one(
    fresh_database: str, django_db_blocker: object, way: str
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        pair = [add_person(NOW, f"admin{i}@contoh.go.id") for i in range(2)]
        roles = [give_role(NOW, user, Role.ADMIN) for user in pair]

        def remove(i: int) -> str:
            try:
                with unit_of_work(acting(pair[i], Role.ADMIN), NOW):
                    if way == "role":
                        role_holding.end_role(assignment_id=roles[1 - i].public_id, on=TODAY, reason="x")
                    else:
                        people.set_active(user_id=pair[1 - i].public_id, active=False, version=1)
            except LastAdmin as refused:
                return refused.code
            finally:
                connections.close_all()
            return "done"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(remove, range(2))) == ["done", "last_admin"]
        left = [user for user in User.objects.filter(is_active=True) if held(user, TODAY)]
        assert len(left) == 1


class AnyHistory(TestCase):
    """Whatever is granted and ended: no overlap of one role over one unit, and days once held stay readable."""

    @given(
        steps=st.lists(
            st.tuples(st.sampled_from(["grant", "end"]), st.integers(-20, 20), st.integers(1, 15)), max_size=8
        )
    )
    @settings(max_examples=15, deadline=None)
    def test_any_history(self, steps: list[tuple[str, int, int]]) -> None:
        refusals: set[str] = set()
        user = User.objects.create(name="x", name_key="x", email="x@contoh.go.id", created_at=NOW)
        for step, start, length in steps:
            since = TODAY + start * DAY
            try:
                with unit_of_work(SETUP, NOW):
                    if step == "grant":
                        role_holding.grant_role(
                            user=user, role=Role.LEADER, scope="", since=since, until=since + length * DAY
                        )
                    elif row := RoleAssignment.objects.filter(user=user, superseded_at=None).last():
                        role_holding.end_role(assignment_id=row.public_id, on=since, reason="x")
            except Refused as refused:
                refusals.add(refused.code)
        assert refusals <= {"role_overlaps", "period_empty"}
        for offset in range(-25, 40):
            assert len(held(user, TODAY + offset * DAY)) <= 1
        user.assignments.all().delete()
        user.delete()


def test_a_unit_outside_is_answered_as_missing(other: User) -> None:
    with pytest.raises(OutsideScope), unit_of_work(acting(other, Role.ADMIN, "unit1"), NOW):
        role_holding.grant_role(user=other, role=Role.LEADER, scope="", since=TODAY, until=None)
