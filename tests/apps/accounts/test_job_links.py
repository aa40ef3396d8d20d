"""Job links: one job, one unit, until a date; opening them changes nothing."""

from datetime import datetime, timedelta

import pytest

from luwes.apps.accounts import access, queries
from luwes.apps.accounts.access import Forbidden
from luwes.apps.accounts.actions import job_links
from luwes.apps.accounts.models import JobLink, User
from luwes.apps.accounts.roles import Job, Right, Role
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from tests.world import acting, add_person

pytestmark = pytest.mark.django_db
SECRET = "alamat-rahasia"


@pytest.fixture
def admin(now: datetime) -> User:
    return add_person(now, "admin@contoh.go.id")


def issue(admin: User, now: datetime, *, days: int = 14, secret: str = SECRET, role: Role = Role.ADMIN) -> JobLink:
    with unit_of_work(acting(admin, role), now):
        return job_links.issue_job_link(
            job=Job.BUDGET_NOTE,
            scope="unit1",
            person_name=" Wulan Sekar ",
            person_post="Kepala Subbagian Keuangan",
            days=days,
            secret=secret,
        )


def revoke(admin: User, link: JobLink, now: datetime) -> None:
    with unit_of_work(acting(admin, Role.ADMIN), now):
        job_links.revoke_job_link(link_id=link.public_id)


def test_an_open_link_lets_its_holder_do_its_job_alone(admin: User, now: datetime) -> None:
    link = issue(admin, now)
    actor = job_links.actor_of(job_links.open_link(SECRET, now))
    assert (actor.id, actor.scope) == (link.public_id, "unit1")
    assert actor.signature == "Wulan Sekar, Kepala Subbagian Keuangan"
    assert access.rights_of(actor) == {Right.WRITE_BUDGET_NOTE}


def test_opening_changes_nothing(admin: User, now: datetime) -> None:
    issue(admin, now)
    before = list(JobLink.objects.values()), AuditEntry.objects.count()
    for _ in range(5):
        job_links.open_link(SECRET, now)
    assert (list(JobLink.objects.values()), AuditEntry.objects.count()) == before


def test_name_and_post_stay_beside_the_chain(admin: User, now: datetime) -> None:
    issue(admin, now)
    entry = AuditEntry.objects.get(action="job_link.issued")
    assert "Wulan" not in entry.body
    assert "Wulan Sekar" in AuditDetail.objects.get(entry=entry).text
    assert SECRET not in entry.body


def test_expired_revoked_and_unknown_are_one_answer(admin: User, now: datetime) -> None:
    issue(admin, now, days=1)
    revoke(admin, issue(admin, now, secret="kedua"), now)
    answers = set()
    for secret, at in ((SECRET, now + timedelta(days=1)), ("kedua", now), ("tidak-ada", now)):
        with pytest.raises(job_links.LinkClosed) as closed:
            job_links.open_link(secret, at)
        answers.add((type(closed.value), closed.value.args))
    assert len(answers) == 1


@pytest.mark.parametrize("days", [0, -3, 61])
def test_a_link_lives_between_one_and_sixty_days(admin: User, now: datetime, days: int) -> None:
    with pytest.raises(job_links.LinkLifetime):
        issue(admin, now, days=days)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_admin_issues_links(admin: User, now: datetime, role: Role) -> None:
    with pytest.raises(Forbidden):
        issue(admin, now, role=role)


def test_revoking_twice_is_once(admin: User, now: datetime) -> None:
    link = issue(admin, now)
    revoke(admin, link, now)
    revoke(admin, link, now + timedelta(hours=1))
    link.refresh_from_db()
    assert link.revoked_at == now
    assert AuditEntry.objects.filter(action="job_link.revoked").count() == 1


def test_revoking_an_unknown_link_is_refused(admin: User, now: datetime) -> None:
    with pytest.raises(job_links.LinkClosed), unit_of_work(acting(admin, Role.ADMIN), now):
        job_links.revoke_job_link(link_id="tidakada")


def test_use_is_noted_while_the_link_is_open(admin: User, now: datetime) -> None:
    link = issue(admin, now)
    holder = job_links.actor_of(job_links.open_link(SECRET, now))
    with unit_of_work(holder, now):
        job_links.mark_used(link_id=link.public_id)
    link.refresh_from_db()
    assert link.used_at == now
    revoke(admin, link, now)
    with pytest.raises(job_links.LinkClosed), unit_of_work(holder, now):
        job_links.mark_used(link_id=link.public_id)


def test_the_list_tells_how_each_link_stands(admin: User, now: datetime) -> None:
    issue(admin, now, secret="habis", days=1)
    issue(admin, now, secret="buka", days=30)
    revoke(admin, issue(admin, now, secret="cabut"), now)
    used = issue(admin, now, secret="pakai")
    with unit_of_work(job_links.actor_of(job_links.open_link("pakai", now)), now):
        job_links.mark_used(link_id=used.public_id)
    page = queries.job_links(after="", now=now + timedelta(days=2))
    assert [row.state for row in page.rows] == ["used", "revoked", "open", "expired"]
    first = queries.job_links(after="", now=now, limit=3)
    rest = queries.job_links(after=first.next, now=now, limit=3)
    assert [len(first.rows), len(rest.rows), rest.next] == [3, 1, ""]
