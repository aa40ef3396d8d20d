"""The lines of `luwes check`, on real tables and a real chain."""

from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import override_settings
from django.utils import timezone

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.audit.verify import Verification
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.sources.models import BatchState, ImportBatch, Source
from luwes.config.health import audit, checks, database, imports, machine
from luwes.config.health.line import State
from tests.world import SETUP

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


def test_a_standing_installation_has_no_failing_line() -> None:
    now = timezone.now()
    with unit_of_work(SETUP, now):
        seed_calendars()
    lines = [line for check in [checks.FIRST, *checks.CHECKS] for line in check(now)]
    assert {line.state for line in lines} <= {State.OK, State.WARN}
    assert all(line.remedy for line in lines if line.state is not State.OK)
    assert all(line.line.endswith(".") for line in lines)


def test_the_version_of_the_database_is_shown() -> None:
    (line,) = database.reachable(NOW)
    assert line.state is State.OK
    assert "PostgreSQL 1" in line.line


def test_a_version_too_old_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_SUPPORTED", 990000)
    (line,) = database.reachable(NOW)
    assert line.state is State.FAIL
    assert line.remedy


def test_a_database_that_does_not_answer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\nmore")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    (line,) = database.reachable(NOW)
    assert line.state is State.FAIL
    assert "(connection refused)" in line.line


def test_pending_migrations_fail() -> None:
    assert database.migrations(NOW)[0].state is State.OK
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    (line,) = database.migrations(NOW)
    assert line.state is State.FAIL
    assert "1 perubahan" in line.line
    assert imports.last_import_per_source(NOW) == []


@pytest.mark.parametrize(("seconds", "state"), [(0, State.OK), (30, State.WARN), (300, State.FAIL)])
def test_clocks_that_differ(seconds: int, state: State) -> None:
    (line,) = database.clock(timezone.now() - timedelta(seconds=seconds))
    assert line.state is state


@pytest.mark.parametrize(
    ("zone", "state", "text"),
    [
        ("Asia/Jakarta", State.OK, "WIB"),
        ("Asia/Makassar", State.OK, "WITA"),
        ("Asia/Jayapura", State.OK, "WIT"),
        ("Europe/Paris", State.WARN, "bukan zona waktu Indonesia"),
    ],
)
def test_the_zone(zone: str, state: State, text: str) -> None:
    with override_settings(TIME_ZONE=zone):
        (line,) = machine.zone(NOW)
    assert line.state is state
    assert text in line.line


@pytest.mark.parametrize(
    ("free", "state", "shown"),
    [(83_840_000_000, State.OK, "83,8 GB"), (1_500_000_000, State.WARN, "1,5 GB"), (90_000_000, State.FAIL, "0,1 GB")],
)
def test_the_disk(monkeypatch: pytest.MonkeyPatch, free: int, state: State, shown: str) -> None:
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: Usage(10**12, 0, free))
    (line,) = machine.disk(NOW)
    assert line.state is state
    assert shown in line.line


def batch(source: Source, state: BatchState, settled_at: datetime | None) -> None:
    ImportBatch.objects.create(
        source=source,
        file_name="rekap.xlsx",
        file_sha256="0" * 64,
        file_size=1,
        state=state,
        staged_by="uji",
        staged_at=NOW,
        settled_at=settled_at,
    )


def test_ownership_of_the_audit_table_matters_in_production_alone() -> None:
    assert database.ownership(NOW) == []
    with override_settings(PRODUCTION=True):
        (line,) = database.ownership(NOW)
        assert line.state is State.WARN
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE luwes_app_health")
            cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO luwes_app_health")
            cursor.execute("SET LOCAL ROLE luwes_app_health")
        (line,) = database.ownership(NOW)
        assert line.state is State.OK


def test_without_sources_the_imports_say_so() -> None:
    (line,) = imports.last_import_per_source(NOW)
    assert line.state is State.OK


def test_the_last_confirmed_import_of_each_source_is_dated_in_local_time() -> None:
    first = Source.objects.create(kind="budget", name="Biro Contoh")
    second = Source.objects.create(kind="budget", name="Dinas Contoh")
    batch(first, BatchState.CONFIRMED, datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    # 18:30 in UTC is already the next day in Jakarta.
    batch(first, BatchState.CONFIRMED, datetime(2026, 12, 1, 18, 30, tzinfo=UTC))
    batch(first, BatchState.DISCARDED, NOW)
    batch(second, BatchState.STAGED, None)
    lines = imports.last_import_per_source(NOW)
    assert [line.state for line in lines] == [State.OK, State.WARN]
    assert lines[0].line == "Impor Realisasi anggaran dari Biro Contoh: terakhir Rabu, 2 Desember 2026."
    assert "belum pernah" in lines[1].line


def test_a_source_that_only_brought_discarded_files_is_no_news() -> None:
    batch(Source.objects.create(kind="budget", name="Biro Contoh"), BatchState.DISCARDED, NOW)
    (line,) = imports.last_import_per_source(NOW)
    assert "belum ada sumber data" in line.line


def test_old_figures_are_a_warning_with_the_remedy() -> None:
    old = Source.objects.create(kind="budget", name="Biro Contoh")
    batch(old, BatchState.CONFIRMED, NOW - timedelta(days=60))
    (line,) = imports.last_import_per_source(NOW)
    assert line.state is State.WARN
    assert "Minta berkas terbaru" in line.remedy


def test_the_audit_chain_is_read_again() -> None:
    line = audit.audit_chain("")
    assert line.state is State.OK
    assert "catatan utuh" in line.line
    unknown = audit.audit_chain("f" * 64)
    assert unknown.state is State.FAIL
    assert "tidak ada" in unknown.line


@pytest.mark.parametrize("fault", ["missing", "hash", "detail"])
def test_the_first_broken_entry_is_named(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(audit, "verify", lambda against: Verification(41, "ab", 42, fault))
    line = audit.audit_chain("")
    assert line.state is State.FAIL
    assert "nomor 42" in line.line
    assert line.remedy
