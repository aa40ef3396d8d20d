"""Letterheads, and the record of a document that left the house."""

import hashlib
import json
from datetime import date, datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit import verify
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.documents import actions, queries, wording
from luwes.apps.documents.models import IssuedDocument, Letterhead
from luwes.apps.documents.report import Kop, Stamp
from tests.apps.documents.samples import STAMP

AS_OF = date(2025, 10, 31)


def person(role: Role, scope: str = "") -> Actor:
    return Actor(kind=ActorKind.PERSON, id="abcd", role=role.value, scope=scope)


def issue(now: datetime, actor: Actor, payload: bytes = b"isi") -> actions.Issued:
    with unit_of_work(actor, now):
        return actions.issue(kind="budget", subject="", as_of=AS_OF, file_format="pdf", render=lambda stamp: payload)


@pytest.mark.django_db
def test_what_leaves_is_recorded_by_its_hash(now: datetime) -> None:
    head = verify.head()
    issued = issue(now, person(Role.LEADER))
    assert issued.sha256 == hashlib.sha256(b"isi").hexdigest()
    assert issued.stamp.audit_head == head
    row = queries.issued_by_code(issued.stamp.code)
    assert row is not None
    assert (row.sha256, row.as_of, row.format, row.issued_by) == (issued.sha256, AS_OF, "pdf", "abcd")
    assert queries.issued() == [row]
    entry = AuditEntry.objects.get(action="report.issued")
    assert json.loads(entry.body)["facts"]["sha256"] == issued.sha256
    assert verify.verify(against=issued.stamp.audit_head).holds


@pytest.mark.django_db
def test_the_head_printed_is_the_one_before_the_record_itself(now: datetime) -> None:
    first = issue(now, system("t"))
    second = issue(now, system("t"))
    assert second.stamp.audit_head == AuditEntry.objects.get(seq=1).hash
    assert first.stamp.audit_head != second.stamp.audit_head
    assert first.stamp.code != second.stamp.code


@pytest.mark.django_db
def test_a_failed_rendering_leaves_no_record(now: datetime) -> None:
    def render(stamp: Stamp) -> bytes:
        raise actions.NoLines("x")

    with pytest.raises(actions.NoLines), unit_of_work(system("t"), now):
        actions.issue(kind="budget", subject="", as_of=AS_OF, file_format="pdf", render=render)
    assert not IssuedDocument.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.INSPECTOR, Role.OPERATOR])
def test_issuing_needs_its_right(now: datetime, role: Role) -> None:
    with pytest.raises(Forbidden):
        issue(now, person(role))


@pytest.mark.django_db
def test_a_letterhead_supersedes_the_one_before(now: datetime) -> None:
    for address in ("Jalan Lama 1", " Jalan   Baru 2 "):
        with unit_of_work(person(Role.ADMIN), now):
            actions.set_letterhead(unit_key="", lines=["PEMERINTAH KOTA CONTOH", "  "], address=address)
    assert queries.letterhead_of("") == Kop(("PEMERINTAH KOTA CONTOH",), "Jalan Baru 2")
    assert Letterhead.objects.count() == 2


@pytest.mark.django_db
def test_a_unit_without_letterhead_takes_the_governments(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert queries.letterhead_of("unit") is None
    with unit_of_work(system("t"), now):
        actions.set_letterhead(unit_key="", lines=["PEMERINTAH KOTA CONTOH"])
    with django_assert_num_queries(1):
        kop = queries.letterhead_of("unit")
    assert kop is not None
    assert kop.lines == ("PEMERINTAH KOTA CONTOH",)
    with unit_of_work(system("t"), now):
        actions.set_letterhead(unit_key="unit", lines=["PEMERINTAH KOTA CONTOH", "DINAS CONTOH"])
    own = queries.letterhead_of("unit")
    assert own is not None
    assert own.lines[-1] == "DINAS CONTOH"


@pytest.mark.django_db
def test_a_letterhead_names_somebody(now: datetime) -> None:
    with pytest.raises(actions.NoLines) as caught, unit_of_work(system("t"), now):
        actions.set_letterhead(unit_key="", lines=["  ", ""])
    assert "satu baris" in wording.refusal(caught.value.code)


@pytest.mark.django_db
def test_only_an_admin_of_the_whole_government_sets_letterheads(now: datetime) -> None:
    with pytest.raises(Forbidden), unit_of_work(person(Role.LEADER), now):
        actions.set_letterhead(unit_key="", lines=["X"])
    with pytest.raises(OutsideScope), unit_of_work(person(Role.ADMIN, scope="unit"), now):
        actions.set_letterhead(unit_key="", lines=["X"])


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Asia/Jakarta", "10.15 WIB"), ("Asia/Makassar", "11.15 WITA"), ("Asia/Jayapura", "12.15 WIT")],
)
def test_moments_name_the_zone(zone: str, shown: str) -> None:
    with timezone.override(zone):
        assert wording.moment(STAMP.issued_at, "id") == f"Senin, 3 November 2025, {shown}"


def test_moments_outside_indonesia_are_named_by_their_zone() -> None:
    with timezone.override("UTC"):
        assert wording.moment(STAMP.issued_at, "en") == "Monday, 3 November 2025, 03:15 UTC"
