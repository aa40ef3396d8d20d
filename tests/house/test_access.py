"""The walk: every address as every role, inside and outside scope, against what the page declares.

A new address fails here until it declares its access and, if it takes arguments, has a sample.
"""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from luwes.api.app import api
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import RIGHTS, Right, Role
from luwes.apps.audit.models import AuditEntry
from luwes.web.access import Declared, Open, declared
from luwes.web.frame import once
from luwes.web.frame.middleware import Access
from tests.house import walk
from tests.house.walk import Address, Sample, World
from tests.world import add_person, give_role, scope_for

# Answers of a page that let the visitor in: shown, sent on, refused by method, or the form incomplete.
LET_IN = {200, 302, 405, 422}
ALL = walk.addresses()
# Citizens send without an account and without any cookie, so there is no token to ask for; see their modules.
WITHOUT_COOKIE = ("answer:survey", "public:closed", "public:photo")
NO_ROLE = ("nobody", "without_role", "expired")


@pytest.fixture
def now() -> datetime:
    # The pages read the real clock, so the world must stand in the real present.
    return timezone.now()


@pytest.fixture
def world(db: None, now: datetime) -> World:
    return walk.build(now)


def visitor(kind: str, world: World, now: datetime) -> Client:
    """A browser of a role's only holder, of somebody whose role expired, without role, or of nobody."""
    client = Client()
    if kind == "nobody":
        return client
    user = add_person(now, f"{kind}@contoh.go.id")
    if kind == "expired":
        give_role(now, user, Role.ADMIN, until=timezone.localdate(now))
    elif kind != "without_role":
        role = Role(kind)
        give_role(now, user, role, scope_for(role, world.units.health))
    client.force_login(user)
    return client


def expected(rule: Declared, kind: str, sample: Sample, world: World) -> set[int]:
    """The answers the declaration allows this visitor."""
    if rule.access in (Open.PUBLIC, Open.JOB_LINK):
        return (
            LET_IN
            | ({404} if sample.kwargs.get("code") == "404" else set())
            | ({403} if sample.kwargs.get("code") == "403" else set())
        )
    if kind == "nobody":
        return {302}
    if rule.access is Open.SIGNED_IN:
        return LET_IN
    assert isinstance(rule.access, Right)
    role = None if kind in NO_ROLE else Role(kind)
    holds = role is not None and rule.access in RIGHTS[role]
    scope = scope_for(role, world.units.health) if role else ""
    if rule.scoped and scope and sample.unit == world.units.works:
        return {404}
    if not holds:
        return {403}
    return LET_IN if rule.scoped or rule.own or not scope else {404}


def rule_of(address: Address) -> Declared:
    rule = declared(address.pattern.callback)
    assert rule is not None
    return rule


def test_every_address_declares_its_access() -> None:
    assert len(ALL) > 30
    assert [address.name for address in ALL if declared(address.pattern.callback) is None] == []


def test_every_address_has_a_name_of_its_own() -> None:
    names = [address.name for address in ALL]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith("None")]


def test_no_sample_outlives_its_address() -> None:
    assert set(walk.SAMPLES) - {address.name for address in ALL} == set()


def test_scoped_addresses_are_tried_inside_below_and_outside(world: World) -> None:
    # A page whose address names nothing shows the reader's own scope.
    scoped = [one for one in ALL if rule_of(one).scoped and one.pattern.pattern.regex.groups]
    assert scoped
    for address in scoped:
        units = {sample.unit for sample in walk.samples(address, world)}
        assert units >= {world.units.health, world.units.section, world.units.works}, address.name


@pytest.mark.parametrize("kind", [*Role, *NO_ROLE])
def test_reading_as(kind: str, world: World, now: datetime) -> None:
    client = visitor(kind, world, now)
    faults = []
    for address in ALL:
        for sample in walk.samples(address, world):
            path = walk.path_of(address, sample)
            answer = client.get(path)
            allowed = expected(rule_of(address), kind, sample, world)
            # A scoped page asks with its unit inside the view, after the method; its POST is walked below.
            tolerated = allowed | ({405} if rule_of(address).scoped else set())
            if answer.status_code not in tolerated:
                faults.append((address.name, path, answer.status_code, allowed))
            elif (
                answer.status_code == 302 and kind != "nobody" and answer["Location"].startswith(("/masuk/", "/sandi/"))
            ):
                faults.append((address.name, path, answer["Location"], "let in"))
            elif kind == "nobody" and allowed == {302} and not answer["Location"].startswith("/masuk/?lanjut="):
                faults.append((address.name, path, answer["Location"], "/masuk/"))
    assert faults == []


@pytest.mark.parametrize("kind", [*Role, *NO_ROLE])
def test_writing_where_it_is_refused_as(kind: str, world: World, now: datetime) -> None:
    """Only visitors whom the declaration refuses write here: nothing may change, whatever they send."""
    client = visitor(kind, world, now)
    before = AuditEntry.objects.count()
    faults = []
    for address in ALL:
        for sample in walk.samples(address, world):
            allowed = expected(rule_of(address), kind, sample, world)
            if allowed >= LET_IN:
                continue
            answer = client.post(walk.path_of(address, sample), {once.FIELD: once.new_token(), "aktif": "tidak"})
            if answer.status_code not in allowed | {405}:
                faults.append((address.name, answer.status_code, allowed))
    assert faults == []
    assert AuditEntry.objects.count() == before


def test_a_temporary_password_opens_no_page_but_its_own(world: World, now: datetime) -> None:
    client = visitor(Role.ADMIN, world, now)
    User.objects.filter(email="admin_bkd@contoh.go.id").update(must_change_password=True)
    for address in ALL:
        if rule_of(address).access in (Open.PUBLIC, Open.JOB_LINK) or address.name == "accounts:password":
            continue
        for sample in walk.samples(address, world):
            answer = client.get(walk.path_of(address, sample))
            assert (answer.status_code, answer.headers.get("Location")) == (302, "/sandi/"), address.name
    assert client.get("/sandi/").status_code == 200


def test_every_address_that_writes_refuses_a_post_without_csrf_token(world: World, now: datetime) -> None:
    client = Client(enforce_csrf_checks=True)
    user = add_person(now, "admin@contoh.go.id")
    for role in (Role.ADMIN, Role.INSPECTOR, Role.OPERATOR, Role.LEADER):
        give_role(now, user, role)
    client.force_login(user)
    before = AuditEntry.objects.count()
    refused = [
        client.post(walk.path_of(address, sample), {once.FIELD: once.new_token()}).status_code
        for address in ALL
        if address.name not in WITHOUT_COOKIE
        for sample in walk.samples(address, world)
    ]
    assert set(refused) == {403}
    assert AuditEntry.objects.count() == before


def test_an_expired_role_carries_nothing_from_its_first_day_without(now: datetime, db: None) -> None:
    today = timezone.localdate(now)
    for until, status in ((today, 403), (today + timedelta(days=1), 200)):
        user = add_person(now, f"{until}@contoh.go.id")
        give_role(now, user, Role.ADMIN, until=until)
        client = Client()
        client.force_login(user)
        assert client.get("/pengguna/").status_code == status


def test_a_page_that_declares_nothing_is_refused(rf: RequestFactory, now: datetime) -> None:
    middleware = Access(lambda request: HttpResponse())
    request = rf.get("/")
    with pytest.raises(ImproperlyConfigured):
        middleware.process_view(request, lambda request: HttpResponse(), (), {})


def test_every_operation_of_the_api_asks_for_a_token(world: World) -> None:
    """Signed in on the pages is nobody to the API: only a token counts."""
    client = visitor(Role.ADMIN, world, timezone.now())
    operations = [
        (path, method)
        for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
        for method in methods
    ]
    assert operations
    for path, method in operations:
        told = client.generic(method.upper(), path.replace("{year}", "2026").replace("{as_of}", "2026-10-31"))
        assert told.status_code == 401, path
