"""The purge deletes what is past its time, keeps the rest, and leaves the counts."""

import json
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from luwes.apps.accounts.models import SignInAttempt
from luwes.apps.audit import actions, retention
from luwes.apps.audit.actor import system
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.apps.audit.tasks import purge
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.audit.verify import verify


def fill(now: datetime) -> None:
    for age in (0, 2, 3):
        SignInAttempt.objects.create(subject="a", at=now - timedelta(days=age))
    Session.objects.create(session_key="lama", session_data="x", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="baru", session_data="x", expire_date=now + timedelta(hours=1))


@pytest.mark.django_db
def test_purge_deletes_by_age_and_keeps_the_sums(now: datetime) -> None:
    fill(now)
    with unit_of_work(system("t"), now):
        deleted = retention.purge(now=now)
    assert deleted == {"accounts_signinattempt": 2, "django_session": 1}
    assert SignInAttempt.objects.count() == 1
    assert Session.objects.get().session_key == "baru"
    entry = AuditEntry.objects.get(action="retention.purged")
    assert json.loads(entry.body)["facts"] == deleted


@pytest.mark.django_db
def test_purging_twice_changes_nothing_and_says_nothing(now: datetime) -> None:
    fill(now)
    for _ in range(2):
        with unit_of_work(system("t"), now):
            retention.purge(now=now)
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_old_personal_text_goes_and_the_chain_still_holds(now: datetime) -> None:
    with unit_of_work(system("t"), now - timedelta(days=6 * 365)):
        actions.record(action="thing.done", subject="s", detail={"nama": "lama"})
    with unit_of_work(system("t"), now):
        assert retention.purge(now=now) == {"audit_auditdetail": 1}
    assert not AuditDetail.objects.exists()
    assert verify().holds


def test_the_nightly_task_purges(fresh_database: str) -> None:
    long_ago = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    SignInAttempt.objects.create(subject="a", at=long_ago)
    purge(timestamp=0)
    assert not SignInAttempt.objects.exists()
    assert AuditEntry.objects.filter(action="retention.purged", actor="retention.purge").exists()


@pytest.mark.django_db
def test_a_role_that_does_not_own_the_tables_cannot_touch_the_chain(now: datetime) -> None:
    with unit_of_work(system("t"), now):
        actions.record(action="thing.done", subject="s")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE luwes_app_test")
        cursor.execute("GRANT USAGE ON SCHEMA public TO luwes_app_test")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO luwes_app_test")
        cursor.execute("SET LOCAL ROLE luwes_app_test")
        for statement in (
            "ALTER TABLE audit_auditentry DISABLE TRIGGER ALL",
            "DROP TRIGGER audit_entry_append_only ON audit_auditentry",
            "TRUNCATE audit_auditentry CASCADE",
            "DROP TABLE audit_auditentry CASCADE",
        ):
            with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"), transaction.atomic():
                cursor.execute(statement)
        transaction.set_rollback(True)
