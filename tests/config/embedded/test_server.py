"""The embedded server with real processes, crashes and folders."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from luwes.config.embedded import EmbeddedServer, layout
from luwes.config.embedded.account import SERVER_ID
from luwes.config.embedded.children import processes_in
from luwes.config.embedded.cluster import ClusterNotCreated, OtherMajorVersion
from luwes.config.embedded.folders import FolderNotUsable, FolderUnreachable
from luwes.config.embedded.server import FolderNotOurs, ServerNotReady
from tests.config.processes import PROJECT, environment, eventually, remove_sockets, temporary_root


@pytest.fixture
def root() -> Iterator[Path]:
    with temporary_root() as folder:
        yield folder / "data"
        remove_sockets(folder / "data")


def throwaway(root: Path) -> EmbeddedServer:
    return EmbeddedServer(root, durable=False)


def ask(url: str, query: LiteralString) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def execute(url: str, statement: LiteralString) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def start_owner(root: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.config.embedded.owner", str(root)],
        env=environment(root),
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().split()[-1]


def end_owner(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=20)


def running(root: Path) -> list[int]:
    return processes_in(layout.cluster_folder(root))


def test_it_serves_a_private_utf8_database_and_stops_with_its_data_kept(root: Path) -> None:
    with EmbeddedServer(root) as server:
        assert server.owned
        assert ask(server.url, "SELECT current_database() || ' ' || current_user") == "luwes luwes"
        assert ask(server.url, "SHOW server_encoding") == "UTF8"
        assert ask(server.url, "SHOW fsync") == "on"
        assert ask(server.url, "SHOW listen_addresses") == ""
        assert ask(server.url, "SELECT datcollate FROM pg_database WHERE datname = 'luwes'") == "C.UTF-8"
        assert ask(server.url, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules") == "peer"
        execute(server.url, "CREATE TABLE kept AS SELECT 7 AS n")
        assert (root / "database").stat().st_mode & 0o777 == 0o700
        assert (root / "socket").stat().st_mode & 0o777 == 0o700
        assert (root / "database.log").stat().st_mode & 0o777 == 0o600
    assert running(root) == []
    with EmbeddedServer(root) as server:
        assert ask(server.url, "SELECT n FROM kept") == 7


def test_the_server_runs_without_rights_of_root(root: Path) -> None:
    owners = set()
    with throwaway(root):
        for pid in running(root):
            # A backend may end between being listed and being looked at.
            with contextlib.suppress(FileNotFoundError):
                owners.add(Path(f"/proc/{pid}").stat().st_uid)
    assert owners == {SERVER_ID if os.geteuid() == 0 else os.geteuid()}


def test_another_account_of_the_database_is_refused(root: Path) -> None:
    with (
        throwaway(root) as server,
        psycopg.connect(server.url, autocommit=True) as connection,
    ):
        connection.execute("CREATE ROLE other LOGIN")
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
            psycopg.connect(server.url.replace("luwes@", "other@"))


def test_a_guest_neither_owns_nor_stops(root: Path) -> None:
    with throwaway(root) as owner:
        guest = throwaway(root)
        assert guest.start() == owner.url
        assert not guest.owned
        guest.keep_running()
        assert not guest.owned
        guest.stop()
        assert ask(owner.url, "SELECT 1") == 1


def test_a_guest_that_stays_starts_the_server_when_its_owner_leaves(root: Path) -> None:
    owner, guest = throwaway(root), throwaway(root)
    owner.start()
    guest.start()
    owner.stop()
    assert running(root) == []
    guest.keep_running()
    assert guest.owned
    assert ask(guest.url, "SELECT 1") == 1
    guest.stop()
    assert running(root) == []


def test_the_same_object_is_started_once(root: Path) -> None:
    with throwaway(root) as server, pytest.raises(RuntimeError, match="already"):
        server.start()
    assert running(root) == []


def test_two_programs_started_at_once_share_one_server(root: Path) -> None:
    pair = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.config.embedded.owner", str(root)],
            env=environment(root),
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    kinds = sorted(process.stdout.readline().split()[-1] for process in pair if process.stdout)
    for process in pair:
        end_owner(process)
    assert kinds == ["guest", "owner"]
    assert running(root) == []


def test_killing_the_owner_ends_the_server_and_loses_nothing_committed(root: Path) -> None:
    owner, _ = start_owner(root)
    execute(layout.url(root), "CREATE TABLE kept AS SELECT 8 AS n")
    owner.kill()
    owner.wait()
    # Started at once, while the old server may still be shutting down.
    with throwaway(root) as server:
        assert ask(server.url, "SELECT n FROM kept") == 8
    assert running(root) == []
    end_owner(owner)


def test_a_killed_owner_leaves_no_process(root: Path) -> None:
    owner, _ = start_owner(root)
    assert running(root)
    owner.kill()
    owner.wait()
    assert eventually(lambda: running(root) == [])
    end_owner(owner)


def test_a_crash_recovers_even_when_the_stale_number_belongs_to_another_process(root: Path) -> None:
    server = EmbeddedServer(root)
    url = server.start()
    execute(url, "CREATE TABLE kept AS SELECT 9 AS n")
    assert server.process is not None
    server.process.kill()
    server.process.wait()
    with pytest.raises(ServerNotReady):
        server.keep_running()
    server.stop()
    assert eventually(lambda: running(root) == [])
    stale = root / "database" / "postmaster.pid"
    lines = stale.read_text().splitlines()
    stale.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with EmbeddedServer(root) as again:
        assert ask(again.url, "SELECT n FROM kept") == 9


def test_data_of_another_major_version_are_refused_and_left_alone(root: Path) -> None:
    with throwaway(root):
        pass
    (root / "database" / "PG_VERSION").write_text("17\n")
    before = sorted(path.name for path in (root / "database").iterdir())
    with pytest.raises(OtherMajorVersion) as refused:
        throwaway(root).start()
    assert refused.value.values == {"found": "17", "expected": 18, "folder": str(root / "database")}
    assert sorted(path.name for path in (root / "database").iterdir()) == before
    # The refusal gave the lock back.
    (root / "database" / "PG_VERSION").write_text("18\n")
    with throwaway(root) as server:
        assert server.owned


def test_a_first_start_broken_off_leaves_no_half_cluster(root: Path) -> None:
    draft = root / "database.new"
    draft.mkdir(parents=True, mode=0o711)
    root.chmod(0o711)
    (draft / "PG_VERSION").write_text("18\n")
    with throwaway(root) as server:
        assert ask(server.url, "SELECT 1") == 1
    assert not draft.exists()


def test_initdb_that_fails_is_reported_with_its_own_words(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luwes.config.embedded.cluster.INITDB", ["--encoding=NOSUCH"])
    with pytest.raises(ClusterNotCreated) as refused:
        throwaway(root).start()
    assert "NOSUCH" in str(refused.value.values["detail"])
    assert not (root / "database").exists()


def test_a_server_that_ends_at_once_is_reported_with_its_log(root: Path) -> None:
    with throwaway(root):
        pass
    (root / "database" / "postgresql.auto.conf").write_text("shared_preload_libraries = 'no_such_library'\n")
    with pytest.raises(ServerNotReady) as refused:
        throwaway(root).start()
    assert "no_such_library" in str(refused.value.values["detail"])
    assert running(root) == []


def test_a_guest_waits_no_longer_than_told(root: Path) -> None:
    owner, _ = start_owner(root)
    (running_first, *_) = running(root)
    # The owner holds its lock, but its server does not answer any more.
    for pid in running(root):
        os.kill(pid, signal.SIGSTOP)
    (root / "socket" / layout.SOCKET_NAME).rename(root / "socket" / "hidden")
    try:
        with pytest.raises(ServerNotReady):
            throwaway(root).start(timeout=0.3)
    finally:
        (root / "socket" / "hidden").rename(root / "socket" / layout.SOCKET_NAME)
        for pid in running(root):
            os.kill(pid, signal.SIGCONT)
        end_owner(owner)
    assert running_first not in running(root)


def test_a_deep_data_folder_has_its_socket_elsewhere(root: Path) -> None:
    deep = root.parent / ("d" * 90) / "data"
    assert not layout.socket_folder(deep).is_relative_to(deep)
    with throwaway(deep) as server:
        assert ask(server.url, "SELECT 1") == 1
        assert layout.socket_folder(deep).stat().st_mode & 0o777 == 0o700
    remove_sockets(deep)


def test_a_socket_folder_open_to_others_is_refused(root: Path) -> None:
    folder = layout.socket_folder(root)
    folder.mkdir(parents=True)
    root.chmod(0o711)
    folder.chmod(0o777)
    with pytest.raises(FolderNotOurs):
        throwaway(root).start()
    assert running(root) == []


def test_a_socket_folder_that_is_a_link_is_refused(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    root.mkdir(mode=0o711)
    layout.socket_folder(root).symlink_to(elsewhere)
    with pytest.raises(FolderNotOurs):
        throwaway(root).start()


def test_a_data_folder_that_cannot_be_made_is_refused(root: Path) -> None:
    root.parent.joinpath("file").write_text("")
    with pytest.raises(FolderNotUsable):
        throwaway(root.parent / "file" / "data").start()


def test_a_large_log_is_put_aside(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luwes.config.embedded.server.LARGEST_LOG_BYTES", 10)
    for _ in range(2):
        with throwaway(root):
            pass
    assert (root / "database.log.old").stat().st_size > 10


def test_root_never_opens_a_closed_parent_folder(root: Path) -> None:
    closed = root.parent / "closed"
    closed.mkdir(mode=0o700)
    if os.geteuid() == 0:
        with pytest.raises(FolderUnreachable) as refused:
            throwaway(closed / "data").start()
        assert refused.value.values["blocked"] == str(closed)
    else:
        with throwaway(closed / "data") as server:
            assert server.owned
    assert closed.stat().st_mode & 0o777 == 0o700
