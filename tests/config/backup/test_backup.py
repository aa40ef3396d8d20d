"""`luwes backup` and `luwes restore` on a real server: the one these tests run on."""

import hashlib
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from luwes.config.backup import archive, servers
from luwes.config.backup.restore import ADVISORY_LOCK
from tests.config.processes import PROJECT, environment, eventually, luwes, temporary_root

SERVER = os.environ["LUWES_DATABASE_URL"]
NAME = f"luwes_backup_{os.getpid()}"
URL = servers.on_same_server(SERVER, NAME)


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []


def broken(root: Path) -> list[str]:
    """The failing lines of the check; a new installation has no calendar yet, which is no matter of the backup."""
    lines = run(root, "check").stdout.splitlines()
    return [line for line in lines if line.startswith("[gagal]") and "Kalender" not in line]


pytestmark = pytest.mark.storing


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """An installation with its own database on the server, with one row and one stored file to lose."""
    with temporary_root() as folder:
        execute(SERVER, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        execute(SERVER, f"CREATE DATABASE {NAME}")
        done = run(folder, "migrate")
        assert done.returncode == 0, done.stderr
        yield folder
        folder.with_suffix(".tar").unlink(missing_ok=True)
        execute(SERVER, f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.fixture(scope="module")
def made(root: Path) -> Path:
    """A backup of the state "before"."""
    put_state(root, "before")
    target = root.with_suffix(".tar")
    done = run(root, "backup", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    assert str(target) in done.stdout
    return target


@pytest.fixture
def backup(root: Path, made: Path, tmp_path: Path) -> Path:
    """A copy of that backup, when the state is already "after"."""
    put_state(root, "after")
    return Path(shutil.copy2(made, tmp_path / "cadangan.tar"))


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return luwes(root, *arguments, LUWES_DATABASE_URL=URL)


def put_state(root: Path, word: str) -> None:
    execute(URL, f"DROP TABLE IF EXISTS state; CREATE TABLE state AS SELECT '{word}' AS word")
    (root / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (root / "files" / "ab" / "letter.txt").write_text(word)


def state(root: Path) -> tuple[object, str]:
    return execute(URL, "SELECT word FROM state")[0][0], (root / "files" / "ab" / "letter.txt").read_text()


def databases() -> list[object]:
    listed = f"SELECT datname FROM pg_database WHERE starts_with(datname, '{NAME}') ORDER BY 1"
    return [name for (name,) in execute(SERVER, listed)]


def require_untouched(root: Path) -> None:
    assert state(root) == ("after", "after")
    assert databases() == [NAME]
    assert [path.name for path in root.iterdir() if path.name.startswith(".restore")] == []


def rewrite(file: Path, **changed: bytes) -> None:
    """Write the archive again with changed members; the manifest follows unless it is itself changed."""
    with tarfile.open(file) as tar:
        members = {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]
    manifest = json.loads(members.pop(archive.MANIFEST))
    members |= {name: content for name, content in changed.items() if name != archive.MANIFEST}
    manifest["sha256"] = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    listing = changed.get(archive.MANIFEST, json.dumps(manifest).encode())
    write_tar(file, {archive.MANIFEST: listing, **members})


def write_tar(file: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(file, "w") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_a_backup_holds_dump_files_and_a_manifest_and_is_private(root: Path, backup: Path) -> None:
    with tarfile.open(backup) as tar:
        assert tar.getnames() == ["manifest.json", "database.dump", "files/ab/letter.txt"]
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert manifest["postgresql"] == servers.server_major(URL)
    assert manifest["sha256"]["files/ab/letter.txt"] == hashlib.sha256(b"before").hexdigest()
    assert backup.stat().st_mode & 0o777 == 0o600


def test_restoring_brings_back_database_and_files(root: Path, backup: Path) -> None:
    done = run(root, "restore", str(backup), "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert state(root) == ("before", "before")
    assert databases() == [NAME]
    assert broken(root) == []


def test_a_database_with_content_is_only_replaced_on_purpose(root: Path, backup: Path) -> None:
    done = run(root, "restore", str(backup))
    assert done.returncode == 1
    assert "--force" in done.stderr
    require_untouched(root)


def test_an_empty_database_and_a_missing_folder_are_filled(root: Path, backup: Path) -> None:
    execute(SERVER, f"DROP DATABASE {NAME} WITH (FORCE)")
    execute(SERVER, f"CREATE DATABASE {NAME}")
    with temporary_root() as fresh:
        done = run(fresh, "restore", str(backup))
        assert (done.returncode, done.stderr) == (0, "")
        assert state(fresh) == ("before", "before")


def test_a_restored_database_is_brought_to_this_version(root: Path, tmp_path: Path) -> None:
    execute(URL, "DELETE FROM django_migrations WHERE app = 'sessions'; DROP TABLE django_session")
    old = tmp_path / "old.tar"
    assert run(root, "backup", str(old)).returncode == 0
    assert len(broken(root)) == 1
    done = run(root, "restore", str(old), "--force")
    assert (done.returncode, done.stderr) == (0, "")
    assert broken(root) == []


def test_those_connected_are_sent_away_and_come_back_to_the_new_state(root: Path, backup: Path) -> None:
    with psycopg.connect(URL, autocommit=True) as connected:
        connected.execute("SELECT 1")
        assert run(root, "restore", str(backup), "--force").returncode == 0
        with pytest.raises(psycopg.OperationalError):
            connected.execute("SELECT 1")
    assert state(root)[0] == "before"


def test_nobody_is_signed_in_after_a_restore(root: Path, tmp_path: Path) -> None:
    put_state(root, "before")
    execute(URL, "INSERT INTO django_session VALUES ('k', 'd', now() + interval '1 day')")
    file = tmp_path / "dengan-sesi.tar"
    assert run(root, "backup", str(file)).returncode == 0
    assert run(root, "restore", str(file), "--force").returncode == 0
    assert execute(URL, "SELECT count(*) FROM django_session") == [(0,)]


def test_a_backup_never_overwrites(root: Path, backup: Path) -> None:
    content = backup.read_bytes()
    done = run(root, "backup", str(backup))
    assert done.returncode == 1
    assert "sudah ada" in done.stderr
    assert backup.read_bytes() == content


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_changed_byte_is_noticed(root: Path, backup: Path, at: float) -> None:
    content = bytearray(backup.read_bytes())
    content[int(len(content) * at) // 512 * 512 + 5] ^= 0xFF
    backup.write_bytes(content)
    done = run(root, "restore", str(backup), "--force")
    assert done.returncode == 1
    assert "tidak utuh" in done.stderr
    require_untouched(root)


@pytest.mark.parametrize("kept", [0, 100, 1500, 20_000])
def test_a_backup_cut_short_is_noticed(root: Path, backup: Path, kept: int) -> None:
    backup.write_bytes(backup.read_bytes()[:kept])
    done = run(root, "restore", str(backup), "--force")
    assert done.returncode == 1
    assert "tidak utuh" in done.stderr
    require_untouched(root)


@pytest.mark.parametrize(
    "name", ["../outside.txt", "files/../../outside.txt", "/tmp/luwes-outside.txt", "secret_key", "files"]
)
def test_an_archive_that_names_other_places_is_refused(root: Path, backup: Path, name: str) -> None:
    rewrite(backup, **{name: b"x"})
    done = run(root, "restore", str(backup), "--force")
    assert done.returncode == 1
    assert "tidak utuh" in done.stderr
    assert not Path("/tmp/luwes-outside.txt").exists()
    require_untouched(root)


def test_an_archive_with_a_link_is_refused(root: Path, backup: Path) -> None:
    with tarfile.open(backup, "a") as tar:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    done = run(root, "restore", str(backup), "--force")
    assert (done.returncode, "files/link" in done.stderr) == (1, True)
    require_untouched(root)


@pytest.mark.parametrize("listing", [b"", b"[]", b'{"luwes": "1"}', b"\xff"])
def test_an_archive_with_a_broken_manifest_is_refused(root: Path, backup: Path, listing: bytes) -> None:
    rewrite(backup, **{archive.MANIFEST: listing})
    done = run(root, "restore", str(backup), "--force")
    assert (done.returncode, "manifest.json" in done.stderr) == (1, True)
    require_untouched(root)


def test_a_file_the_manifest_does_not_know_is_refused(root: Path, backup: Path) -> None:
    with tarfile.open(backup, "a") as tar:
        tar.addfile(tarfile.TarInfo("files/more"))
    done = run(root, "restore", str(backup), "--force")
    assert (done.returncode, "files/more" in done.stderr) == (1, True)
    require_untouched(root)


def test_a_dump_that_cannot_be_loaded_leaves_the_old_state(root: Path, backup: Path) -> None:
    with tarfile.open(backup) as tar:
        dump = tar.extractfile(archive.DUMP).read()  # type: ignore[union-attr]
    rewrite(backup, **{archive.DUMP: dump[: len(dump) // 2]})
    done = run(root, "restore", str(backup), "--force")
    assert (done.returncode, "tetap berlaku" in done.stderr) == (1, True)
    require_untouched(root)


def test_a_backup_of_a_newer_server_is_refused(root: Path, backup: Path) -> None:
    with tarfile.open(backup) as tar:
        manifest = json.load(tar.extractfile(archive.MANIFEST))  # type: ignore[arg-type]
    rewrite(backup, **{archive.MANIFEST: json.dumps({**manifest, "postgresql": 99}).encode()})
    done = run(root, "restore", str(backup), "--force")
    assert (done.returncode, "PostgreSQL 99" in done.stderr) == (1, True)
    require_untouched(root)


def test_a_missing_backup_is_named(root: Path, tmp_path: Path) -> None:
    done = run(root, "restore", str(tmp_path / "tidak-ada.tar"))
    assert (done.returncode, "tidak-ada.tar" in done.stderr) == (1, True)


def test_a_folder_that_cannot_be_written_is_said(root: Path) -> None:
    done = run(root, "backup", "/proc/cadangan.tar")
    assert done.returncode == 1
    assert done.stderr.startswith("Cadangan tidak dapat dibuat")


def test_a_server_that_does_not_answer_is_said(root: Path, tmp_path: Path) -> None:
    nowhere = f"postgresql://luwes@/luwes?host={tmp_path}"
    for command in ("backup", "restore"):
        done = luwes(root, command, str(tmp_path / "x.tar"), LUWES_DATABASE_URL=nowhere)
        assert done.returncode == 1
        assert done.stderr.startswith("Basis data tidak dapat dihubungi")
        assert "Traceback" not in done.stderr


def test_two_restores_do_not_run_at_once(root: Path, backup: Path) -> None:
    with psycopg.connect(servers.on_same_server(URL, "postgres"), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s::int, hashtext(%s))", [ADVISORY_LOCK, NAME])
        done = run(root, "restore", str(backup), "--force")
    assert (done.returncode, "sedang berjalan" in done.stderr) == (1, True)
    require_untouched(root)


def test_an_account_that_may_not_create_databases_is_told_what_it_lacks(root: Path, backup: Path) -> None:
    role = f"{NAME}_role"
    # Peer authentication knows no second account: the session itself takes the lesser role.
    with psycopg.connect(servers.on_same_server(URL, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
    lesser = f"{URL} options='-c role={role}'" if "=" in URL.split("?")[0] else f"{URL}&options=-c%20role%3D{role}"
    try:
        done = luwes(root, "restore", str(backup), "--force", LUWES_DATABASE_URL=lesser)
        assert (done.returncode, "CREATEDB" in done.stderr) == (1, True), done.stderr
        require_untouched(root)
    finally:
        execute(SERVER, f"DROP ROLE {role}")


def test_a_full_disk_leaves_no_half_backup(root: Path, tmp_path: Path) -> None:
    put_state(root, "before")
    (root / "files" / "large").write_bytes(os.urandom(400_000))
    target = tmp_path / "cadangan.tar"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "luwes.config.cli", "backup", str(target)],
            env=environment(root, LUWES_DATABASE_URL=URL),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
            # The dump still fits, the archive does not.
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (350_000, 350_000)),
        )
    finally:
        (root / "files" / "large").unlink()
    assert done.returncode == 1
    assert done.stderr.startswith("Cadangan tidak dapat dibuat")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("delay", [0.2, 0.5, 0.9])
def test_a_restore_killed_at_any_point_leaves_one_whole_state(root: Path, backup: Path, delay: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "luwes.config.cli", "restore", str(backup), "--force"],
        env=environment(root, LUWES_DATABASE_URL=URL),
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert state(root) in {("after", "after"), ("before", "before")}
    # The server notices the lost connection a moment later; then the next restore clears what was left.
    assert eventually(lambda: run(root, "restore", str(backup), "--force").returncode == 0)
    assert state(root) == ("before", "before")
    assert databases() == [NAME]
    assert [path.name for path in root.iterdir() if path.name.startswith(".restore")] == []
