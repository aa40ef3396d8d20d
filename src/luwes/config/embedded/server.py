"""Starting and stopping the embedded server."""

import fcntl
import os
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import psycopg

from luwes.config.embedded import binaries, layout
from luwes.config.embedded.account import current_account
from luwes.config.embedded.children import before_exec, processes_in
from luwes.config.embedded.cluster import ENVIRONMENT, ensure_cluster
from luwes.config.embedded.folders import make_folder, require_passage
from luwes.config.refusals import Refusal

PAUSE = 0.03
LARGEST_LOG_BYTES = 5_000_000
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_wal_size": "512MB",
    "io_method": "sync",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and values may hold personal data: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class ServerNotReady(Refusal):
    """The server ended by itself, or did not answer in time."""

    code = "server_not_ready"


class FolderNotOurs(Refusal):
    """The socket folder in /tmp exists and belongs to somebody else."""

    code = "folder_not_ours"


class EmbeddedServer:
    """One PostgreSQL server per data folder, owned by the process that started it first.

    A second `EmbeddedServer` on the same folder only connects: it owns nothing and stops nothing. The
    server is a child of its owner and ends with it, however the owner ends. Start it from the main thread.
    `durable=False` trades safety against a power cut for speed and is meant for throw-away data.
    """

    def __init__(self, root: Path, *, durable: bool = True) -> None:
        self.root = root.absolute()
        self.url = layout.url(self.root)
        self._durable = durable
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def owned(self) -> bool:
        return self._lock is not None

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        return self._process

    def start(self, timeout: float = 30.0) -> str:
        """Start the server, or wait for the one that runs, and return its address.

        Raises a `Refusal` when the server cannot be started or does not answer within `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        layout.make_root(self.root)
        while not self._acquire():
            if _answers(self.url):
                return self.url
            if time.monotonic() > deadline:
                raise ServerNotReady(folder=str(self.root), detail=self._log_tail())
            time.sleep(PAUSE)
        try:
            self._start_owned(deadline)
        except BaseException:
            self.stop()
            raise
        return self.url

    def keep_running(self, timeout: float = 30.0) -> None:
        """Called now and then by a program that needs the server for long.

        As owner: raises `ServerNotReady` if the server ended by itself. As guest: starts the server again if
        its owner has left and stopped it.
        """
        if self._process is not None:
            if self._process.poll() is not None:
                raise ServerNotReady(folder=str(self.root), detail=self._log_tail())
        elif self._acquire():
            self._start_owned(time.monotonic() + timeout)

    def stop(self, timeout: float = 20.0) -> None:
        """Stop the server if this object owns it: open transactions are rolled back, nothing is lost."""
        process, self._process = self._process, None
        if process is not None:
            for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                process.send_signal(request)
                try:
                    process.wait(timeout)
                    break
                except subprocess.TimeoutExpired:
                    continue
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _acquire(self) -> bool:
        if self._lock is not None:
            raise RuntimeError("this server object was started already")
        lock = os.open(self.root / "owner.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _start_owned(self, deadline: float) -> None:
        account = current_account()
        if account.is_root:
            require_passage(self.root)
        programs = binaries.shared_programs() if account.is_root else binaries.programs()
        cluster = layout.cluster_folder(self.root)
        ensure_cluster(cluster, programs, account, durable=self._durable)
        self._clear_leftovers(cluster, deadline)
        sockets = _socket_folder(self.root, account.run_as)
        settings = {**SETTINGS, "unix_socket_directories": str(sockets)}
        if not self._durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with self._open_log() as log:
            self._process = subprocess.Popen(
                [programs / "postgres", "-D", cluster, *options],
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A terminal's Ctrl-C reaches us, and we stop the server after its users.
                start_new_session=True,
                umask=0o077,
                preexec_fn=before_exec(signal.SIGINT),
                user=account.run_as,
                group=account.run_as,
                extra_groups=None if account.run_as is None else [],
            )
        self._wait_until_ready(deadline)

    def _clear_leftovers(self, cluster: Path, deadline: float) -> None:
        """Wait for a server whose owner was killed, then drop the pid file that a crash left.

        We hold the lock, so any process in the cluster is on its way out. A pid file without one is
        stale, even if its number meanwhile belongs to an unrelated process.
        """
        pid_file = cluster / "postmaster.pid"
        asked = False
        while left := processes_in(cluster):
            if time.monotonic() > deadline:
                raise ServerNotReady(folder=str(self.root), detail=f"PID {left}")
            if not asked and pid_file.exists() and (first := int(pid_file.read_text().split()[0])) in left:
                os.kill(first, signal.SIGINT)
                asked = True
            time.sleep(PAUSE)
        pid_file.unlink(missing_ok=True)

    def _wait_until_ready(self, deadline: float) -> None:
        maintenance = layout.url(self.root, "postgres")
        while not _answers(maintenance):
            ended = self._process is None or self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                raise ServerNotReady(folder=str(self.root), detail=self._log_tail())
            time.sleep(PAUSE)
        with psycopg.connect(maintenance, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [layout.DATABASE])
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {layout.DATABASE}")

    def _open_log(self) -> BinaryIO:
        file = self.root / "database.log"
        if file.exists() and file.stat().st_size > LARGEST_LOG_BYTES:
            file.replace(file.with_suffix(".log.old"))
        file.touch(mode=0o600)
        return file.open("ab")

    def _log_tail(self) -> str:
        file = self.root / "database.log"
        return "\n".join(file.read_text(errors="replace").splitlines()[-5:]) if file.exists() else ""


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _socket_folder(root: Path, owner: int | None) -> Path:
    folder = layout.socket_folder(root)
    make_folder(folder, 0o700)
    state = folder.lstat()
    # In /tmp anybody could have put a folder or link of this name there first.
    if folder.is_symlink() or state.st_uid not in (os.geteuid(), owner) or state.st_mode & 0o077:
        raise FolderNotOurs(folder=str(folder))
    if owner is not None:
        os.chown(folder, owner, owner)
    return folder
