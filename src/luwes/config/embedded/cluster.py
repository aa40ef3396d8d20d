"""The cluster on disk: made once, checked for its version, its access rules rewritten at every start."""

import os
import shutil
import subprocess
from pathlib import Path

from luwes.config.embedded.account import Account
from luwes.config.embedded.binaries import MAJOR
from luwes.config.embedded.folders import give
from luwes.config.embedded.layout import SUPERUSER
from luwes.config.refusals import Refusal

ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC"}
INITDB = [f"--username={SUPERUSER}", "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8"]


class OtherMajorVersion(Refusal):
    """The data were written by another major version of PostgreSQL, which this one cannot read."""

    code = "other_major_version"


class ClusterNotCreated(Refusal):
    """`initdb` failed."""

    code = "cluster_not_created"


def ensure_cluster(folder: Path, programs: Path, account: Account, *, durable: bool) -> None:
    """Make the cluster in `folder` if it is missing and write who may connect.

    Raises `OtherMajorVersion`, `ClusterNotCreated`. A start broken off leaves no half cluster: it is made
    beside its place and renamed.
    """
    if not folder.exists():
        _create(folder, programs, account, [] if durable else ["--no-sync"])
    found = (folder / "PG_VERSION").read_text().strip()
    if found != str(MAJOR):
        raise OtherMajorVersion(found=found, expected=MAJOR, folder=str(folder))
    # Peer: the kernel vouches for the account at the other end of the socket; no password exists.
    _write(folder / "pg_hba.conf", f"local all {SUPERUSER} peer map=luwes\n", account)
    _write(folder / "pg_ident.conf", f'luwes "{account.client_name}" {SUPERUSER}\n', account)


def _create(folder: Path, programs: Path, account: Account, options: list[str]) -> None:
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if account.create_as is not None:
        os.chown(draft, account.create_as, account.create_as)
    made = subprocess.run(
        [programs / "initdb", "-D", draft, *INITDB, *options],
        env=ENVIRONMENT,
        cwd="/",
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        user=account.create_as,
        group=account.create_as,
        extra_groups=None if account.create_as is None else [],
    )
    if made.returncode:
        raise ClusterNotCreated(folder=str(folder), detail=made.stderr.strip()[-2000:])
    if account.run_as is not None:
        give(draft, account.run_as)
    draft.rename(folder)


def _write(file: Path, text: str, account: Account) -> None:
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
        if account.run_as is not None:
            os.chown(file, account.run_as, account.run_as)
