"""Reads of accounts: paged by key, found by name, a constant number of queries."""

import importlib
import pkgutil
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts import access, actions, queries, secret, wording
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Capacity, Job, Right, Role
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.web.frame import once
from tests.world import acting, add_person, give_role

TODAY = date(2026, 11, 25)


def several(count: int, now: datetime) -> None:
    User.objects.bulk_create(
        User(name=f"Orang {i:03}", name_key=f"orang {i:03}", email=f"o{i}@contoh.go.id", created_at=now)
        for i in range(count)
    )


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repeat(now: datetime) -> None:
    several(25, now)
    User.objects.create(name="Orang 003", name_key="orang 003", email="kembar@contoh.go.id", created_at=now)
    seen: list[str] = []
    after = ""
    while True:
        page = queries.users(search="", after=after, on=TODAY, limit=4)
        seen += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 26
    names = [User.objects.get(public_id=public_id).name for public_id in seen]
    assert names == sorted(names)


@pytest.mark.django_db
def test_people_are_found_by_part_of_the_name_email_or_whole_nip(now: datetime) -> None:
    add_person(now, "dian@contoh.go.id", name="Yosé D’Arcy", nip="199001012020121009")
    for words in ("yose", "D'Arcy", "dArcY", "dian@", "199001012020121009"):
        assert [row.name for row in queries.users(search=words, after="", on=TODAY).rows] == ["Yosé D’Arcy"], words
    for words in ("19900101", "lain", "%", "_"):
        assert queries.users(search=words, after="", on=TODAY).rows == [], words


@pytest.mark.django_db
def test_the_list_takes_two_queries_however_long(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    several(30, now)
    give_role(now, User.objects.get(email="o1@contoh.go.id"), Role.LEADER)
    with django_assert_num_queries(2):
        page = queries.users(search="", after="", on=TODAY)
    assert [role.role for role in page.rows[1].roles] == ["pimpinan"]


@pytest.mark.django_db
def test_a_nip_stays_out_of_the_list(now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id", nip="199001012020121009")
    User.objects.filter(pk=user.pk).update(email=None)
    assert queries.users(search="", after="", on=TODAY).rows[0].login == "NIP …1009"


@pytest.mark.django_db
def test_roles_held_come_first(now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    give_role(now, user, Role.EMPLOYEE, until=TODAY)
    give_role(now, user, Role.LEADER)
    give_role(now, user, Role.HEAD, "u", since=TODAY + timedelta(days=3))
    assert [(row.role, row.held) for row in queries.roles_of(user, TODAY)] == [
        ("pimpinan", True),
        ("kepala_pd", False),
        ("pegawai", False),
    ]


@pytest.mark.django_db
def test_names_are_found_behind_ids_and_ids_behind_names(now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id", name="Kirana Asih")
    assert queries.names([user.public_id, "tidakada"]) == {user.public_id: "Kirana Asih"}
    assert queries.ids_by_name("KIRANA") == [user.public_id]
    assert queries.ids_by_name("lain") == []


def test_a_visitor_is_no_account() -> None:
    with pytest.raises(TypeError):
        queries.signed_in(object())


def test_what_is_stored_about_a_person_has_words_and_a_term() -> None:
    kept = queries.stored_about_a_person()
    assert len(kept) == 8
    for table, retention in kept:
        assert len(wording.stored(table)) > 5
        assert len(wording.kept_for(retention.days)) > 3


def test_every_code_has_words() -> None:
    for role in Role:
        assert wording.role(role)
    for capacity in Capacity:
        assert wording.capacity(capacity) or capacity is Capacity.DEFINITIVE
    for right in Right:
        assert wording.right(right)
        assert access.holders(right), right
    for job in Job:
        assert wording.job(job)
    for state in ("open", "used", "revoked", "expired"):
        assert wording.state(state)


def test_every_refusal_of_accounts_has_words() -> None:
    for module in pkgutil.iter_modules(actions.__path__, f"{actions.__name__}."):
        importlib.import_module(module.name)
    modules = ("luwes.apps.accounts.", once.__name__)
    found = {cls for cls in Refused.__subclasses__() if cls.__module__.startswith(modules)}
    spoken = {cls.code for cls in found} - {"forbidden", "outside_scope"}
    assert len(spoken) > 12
    for code in spoken:
        assert len(wording.refusal(code)) > 20, code


@pytest.mark.parametrize(("days", "words"), [(None, "Selama"), (0, "Sampai"), (730, "2 tahun"), (90, "90 hari")])
def test_terms_in_words(days: int | None, words: str) -> None:
    assert wording.kept_for(days).startswith(words)


def test_rights_follow_the_role_and_the_software_holds_all() -> None:
    nobody = Actor(kind=ActorKind.PERSON, id="x")
    assert access.rights_of(nobody) == frozenset()
    assert access.rights_of(system("nightly")) == set(Right)
    leader = Actor(kind=ActorKind.TOKEN, id="x", role="pimpinan")
    assert access.allows(leader, Right.SEE_GOVERNMENT)
    assert not access.allows(leader, Right.MANAGE_ACCOUNTS)


def test_a_derived_secret_repeats_for_its_form_and_for_no_other() -> None:
    assert secret.derived("token", "a") == secret.derived("token", "a")
    others = {secret.derived("token", "b"), secret.derived("password", "a"), secret.new_secret(), secret.new_secret()}
    assert len(others | {secret.derived("token", "a")}) == 5
    assert all(len(found) == 43 for found in others)


def test_a_readable_password_has_four_groups_of_letters_that_are_not_confused() -> None:
    groups = secret.readable("apa saja").split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(secret.READABLE)
    assert not set(secret.READABLE) & set("il1o0")


@pytest.mark.django_db
def test_actor_carries_the_role_chosen(now: datetime) -> None:
    user = add_person(now, "x@contoh.go.id")
    give_role(now, user, Role.HEAD, "unit1")
    row = queries.roles_of(user, TODAY)[0]
    assert queries.actor_in(user, row) == acting(user, Role.HEAD, "unit1")
    assert queries.actor_in(user, None) == acting(user)
