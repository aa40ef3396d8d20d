"""`luwes serve` with real processes: how it starts, answers, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from luwes.config.embedded import layout
from luwes.config.embedded.children import processes_in
from luwes.config.serve.address import answer
from tests.config.processes import PROJECT, environment, eventually, left_of, luwes, temporary_root

SERVE = [sys.executable, "-m", "luwes.config.cli", "serve"]


@pytest.fixture(scope="module")
def installation() -> Iterator[Path]:
    """One installation for all tests: every start after the first is a second start on the same data."""
    with temporary_root() as root:
        assert luwes(root, "migrate").returncode == 0
        yield root


@pytest.fixture
def root(installation: Path) -> Iterator[Path]:
    yield installation
    eventually(lambda: left_of(installation) == set())
    left = left_of(installation)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == set(), "a process was left behind"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ignoring_everything() -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)


@contextmanager
def serving(
    root: Path, *, command: list[str] | None = None, inherit_ignored: bool = False, **extra: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running site and its port; killed at the end if the test did not stop it."""
    port = free_port()
    process = subprocess.Popen(
        [*(command or SERVE), "--port", str(port)],
        env=environment(root, **extra),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=ignoring_everything if inherit_ignored else None,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert f"http://127.0.0.1:{port}" in first, first + process.communicate()[1]
        yield process, port
    finally:
        process.kill()
        # A process left behind would hold the pipes open for ever.
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=20)


def status_of(port: int) -> int:
    """The status of the first page; 599 when nobody answers."""
    return answer("127.0.0.1", port) or 599


def children_of(parent: int) -> dict[int, str]:
    """Process number → command line of every child of `parent`."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"PPid:\t{parent}\n" in (entry / "status").read_text():
                found[int(entry.name)] = (entry / "cmdline").read_bytes().decode().replace("\0", " ")
        except OSError:
            continue
    return found


def child_running(supervisor: int, part: str) -> int:
    """The supervisor's own child whose command line has `part`."""
    (found,) = (pid for pid, line in children_of(supervisor).items() if f"{part} " in line)
    return found


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_answers_and_stops_in_order_on_every_signal_even_inherited_as_ignored(
    root: Path, signum: signal.Signals
) -> None:
    with serving(root, inherit_ignored=True) as (process, port):
        assert status_of(port) < 500
        assert len(left_of(root)) >= 5
        process.send_signal(signum)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "Luwes berhenti." in out
        assert "Traceback" not in err
        assert left_of(root) == set()


def test_a_killed_supervisor_leaves_nothing(root: Path) -> None:
    with serving(root) as (process, _):
        process.kill()
        process.wait()
        assert eventually(lambda: left_of(root) == set())


def test_a_supervisor_killed_while_the_site_is_starting_leaves_nothing(root: Path) -> None:
    """The web processes are held at their birth, before they could bind themselves to their parent."""
    process = subprocess.Popen(
        [*SERVE, "--port", str(free_port())],
        env=environment(root),
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    held: set[int] = set()

    def hold_the_newborn() -> bool:
        for web in (pid for pid, line in children_of(process.pid).items() if "granian " in line):
            for newborn in set(children_of(web)) - held:
                os.kill(newborn, signal.SIGSTOP)
                held.add(newborn)
        return bool(held)

    try:
        assert eventually(hold_the_newborn)
    finally:
        process.kill()
        process.wait()
    assert eventually(lambda: left_of(root) <= held)
    for newborn in held:
        os.kill(newborn, signal.SIGCONT)
    assert eventually(lambda: left_of(root) == set())


@pytest.mark.parametrize(("part", "name"), [("granian", "situs"), ("luwes.config.serve.worker", "pekerja latar")])
def test_a_part_that_dies_stops_the_whole_with_its_code(root: Path, part: str, name: str) -> None:
    with serving(root) as (process, _):
        os.kill(child_running(process.pid, part), signal.SIGKILL)
        _, err = process.communicate(timeout=20)
        assert process.returncode == 128 + signal.SIGKILL
        assert name in err
        assert "137" in err
        assert "Traceback" not in err


def test_a_web_process_that_dies_is_replaced(root: Path) -> None:
    with serving(root) as (process, port):
        web = child_running(process.pid, "granian")
        workers = {pid for pid, line in children_of(web).items() if "resource_tracker" not in line}
        assert workers
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        assert eventually(lambda: not workers & set(children_of(web)) and status_of(port) < 500)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        assert process.returncode == 0


def test_a_database_that_dies_stops_the_whole_with_a_line(root: Path) -> None:
    with serving(root) as (process, _):
        os.kill(child_running(process.pid, "postgres"), signal.SIGKILL)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "database.log" in err
        assert "Traceback" not in err.splitlines()[-1]


def test_a_port_in_use_is_said_before_anything_starts() -> None:
    with temporary_root() as folder, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = luwes(folder, "serve", "--port", str(port))
        assert done.returncode == 1
        assert done.stderr.startswith(f"Porta {port} di 127.0.0.1 sudah dipakai")
        assert "PORT=" in done.stderr
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--host", "192.0.2.1"], ["--port", "70000"], ["--host", "tidak.ada.invalid"]])
def test_an_address_that_is_not_ours_is_said(arguments: list[str]) -> None:
    with temporary_root() as folder:
        done = luwes(folder, "serve", *arguments)
        assert done.returncode == 1
        assert "tidak dapat memakai alamat" in done.stderr
        assert list(folder.iterdir()) == []


def test_production_asks_for_what_a_person_must_choose() -> None:
    with temporary_root() as folder:
        port = str(free_port())
        done = luwes(folder, "serve", "--port", port, LUWES_PRODUCTION="1")
        assert (done.returncode, "LUWES_SECRET_KEY" in done.stderr) == (1, True)
        done = luwes(folder, "serve", "--port", port, LUWES_PRODUCTION="1", LUWES_SECRET_KEY="k" * 64)
        assert (done.returncode, "LUWES_EMBEDDED=1" in done.stderr) == (1, True)
        assert list(folder.iterdir()) == []


def make_like(signals: str) -> list[str]:
    """A parent that starts `luwes serve --with-parent` and, like make, waits for it in its handler."""
    program = (
        "import os, signal, subprocess, sys\n"
        f"child = subprocess.Popen([*{SERVE!r}, '--with-parent', *sys.argv[1:]])\n"
        f"signal.pthread_sigmask(signal.SIG_BLOCK, {signals})\n"
        "sys.exit(child.wait())\n"
    )
    return [sys.executable, "-c", program]


def test_a_killed_parent_stops_the_site(root: Path) -> None:
    with serving(root, command=make_like("[]")) as (parent, _):
        parent.kill()
        parent.wait()
        assert eventually(lambda: left_of(root) == set())


def test_make_interrupted_alone_stops_the_site(root: Path, tmp_path: Path) -> None:
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@exec {' '.join(SERVE)} --with-parent --port $(PORT)\n")
    port = free_port()
    process = subprocess.Popen(
        ["make", "-f", str(makefile), "run", f"PORT={port}"],
        env=environment(root),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert str(port) in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    finally:
        process.kill()
        process.communicate()
    assert "Luwes berhenti." in out
    assert left_of(root) == set()


def test_the_site_goes_on_when_the_owner_of_the_database_leaves(root: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-m", "tests.config.embedded.owner", str(root)],
        env=environment(root),
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert owner.stdout is not None
    assert owner.stdout.readline().endswith("owner\n")
    with serving(root) as (process, port):
        owner.communicate(timeout=20)
        assert eventually(lambda: process.poll() is None and bool(processes_in(layout.cluster_folder(root))))
        assert eventually(lambda: status_of(port) < 500)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
        assert process.returncode == 0
