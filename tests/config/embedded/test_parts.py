"""Accounts, folders, binaries and the bond between parent and child."""

import os
import pwd
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from luwes.config.embedded import binaries
from luwes.config.embedded.account import SERVER_ID, AccountWithoutName, current_account
from luwes.config.embedded.children import before_exec, processes_in
from luwes.config.embedded.folders import FolderUnreachable, make_folder, require_passage
from tests.config.processes import eventually


def test_an_ordinary_user_runs_the_server_as_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = next(entry for entry in pwd.getpwall() if entry.pw_uid)
    monkeypatch.setattr(os, "geteuid", lambda: somebody.pw_uid)
    account = current_account()
    assert (account.client_name, account.run_as, account.is_root) == (somebody.pw_name, None, False)


def test_root_runs_it_under_a_number_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    account = current_account()
    assert (account.client_name, account.run_as, account.is_root) == ("root", SERVER_ID, True)
    assert account.create_as == pwd.getpwnam("nobody").pw_uid


def test_an_account_without_a_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 61999)
    with pytest.raises(AccountWithoutName) as refused:
        current_account()
    assert refused.value.values == {"uid": 61999}


def test_folders_get_the_mode_meant_and_existing_ones_keep_theirs(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    before = os.umask(0o077)
    try:
        make_folder(tmp_path / "a" / "b", 0o711)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")]
    assert modes == [0o750, 0o711, 0o711]


def test_the_closed_folder_is_named(tmp_path: Path) -> None:
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)
    with pytest.raises(FolderUnreachable) as refused:
        require_passage(inner)
    assert refused.value.values["blocked"] == str(inner.parent)


def test_the_installed_programs_are_of_the_major_version_expected() -> None:
    shown = subprocess.run([binaries.programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    assert f" {binaries.MAJOR}." in shown.stdout


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")
    with pytest.raises(binaries.BinariesMissing):
        binaries.programs()


def test_a_package_without_this_major_version_is_as_good_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "MAJOR", 99)
    with pytest.raises(binaries.BinariesMissing):
        binaries.programs()


def test_the_shared_copy_is_complete_readable_and_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path / "shared")
    monkeypatch.setattr(binaries, "require_passage", lambda folder: None)
    before = os.umask(0o077)
    try:
        folder = binaries.shared_programs()
    finally:
        os.umask(before)
    made = folder.stat().st_ino
    for path in folder.parents[2].rglob("*"):
        if not path.is_symlink():
            assert path.stat().st_mode & 0o005 == (0o005 if path.is_dir() else path.stat().st_mode & 0o001 | 0o004)
    subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True)
    assert binaries.shared_programs().stat().st_ino == made
    assert len(list((tmp_path / "shared").iterdir())) == 1


def test_a_copy_broken_off_is_not_taken_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "SYSTEM_ROOT", tmp_path)
    monkeypatch.setattr(binaries, "_open_for_reading", lambda folder: os.kill(os.getpid(), 0) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        binaries.shared_programs()
    assert list(tmp_path.iterdir()) == []


def test_a_child_ends_with_its_parent_and_ignores_nothing_inherited() -> None:
    """A middle process that ignores all signals starts a child and is killed."""
    program = (
        "import signal, subprocess, sys\n"
        "from luwes.config.embedded.children import before_exec\n"
        "for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):\n"
        "    signal.signal(each, signal.SIG_IGN)\n"
        "child = subprocess.Popen(['sleep', '60'], preexec_fn=before_exec(signal.SIGTERM))\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    middle = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert middle.stdout is not None
    child = int(middle.stdout.readline())
    ignored = Path(f"/proc/{child}/status").read_text().split("SigIgn:")[1].split()[0]
    assert int(ignored, 16) & (1 << signal.SIGINT - 1 | 1 << signal.SIGTERM - 1 | 1 << signal.SIGHUP - 1) == 0
    middle.kill()
    middle.communicate()
    assert eventually(lambda: not Path(f"/proc/{child}").exists())


def test_a_child_whose_parent_is_already_gone_ends_itself() -> None:
    """The bond is made for a parent that is not the real one: as if it had ended between fork and prctl."""
    prepare = before_exec(signal.SIGTERM)
    child = os.fork()
    if child == 0:
        grandchild = os.fork()
        if grandchild == 0:
            prepare()
            os._exit(0)
        _, status = os.waitpid(grandchild, 0)
        os._exit(0 if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_processes_are_found_by_their_folder(tmp_path: Path) -> None:
    assert processes_in(tmp_path) == []
    child = subprocess.Popen(["sleep", "60"], cwd=tmp_path)
    assert processes_in(tmp_path) == [child.pid]
    child.kill()
    child.wait()
    assert processes_in(tmp_path) == []
