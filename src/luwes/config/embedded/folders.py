"""Making folders with exactly the permissions meant, without touching those that exist."""

import os
import stat
from pathlib import Path

from luwes.config.refusals import Refusal


class FolderNotUsable(Refusal):
    """The data folder cannot be made or written."""

    code = "folder_not_usable"


class FolderUnreachable(Refusal):
    """Started by root, but the server's own account may not pass through a parent folder."""

    code = "folder_unreachable"


def make_folder(folder: Path, mode: int) -> None:
    """Make `folder` and its missing parents with `mode`, whatever the umask. Raises `FolderNotUsable`."""
    missing = [path for path in [folder, *folder.parents] if not path.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            path.chmod(mode)
    except OSError as error:
        raise FolderNotUsable(folder=str(folder), reason=error.strerror or str(error)) from error
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise FolderNotUsable(folder=str(folder), reason=os.strerror(13))


def require_passage(folder: Path) -> None:
    """Raise `FolderUnreachable` unless everybody may pass through `folder` and all its parents."""
    for path in [folder, *folder.parents]:
        if not path.stat().st_mode & stat.S_IXOTH:
            raise FolderUnreachable(folder=str(folder), blocked=str(path))


def give(folder: Path, owner: int) -> None:
    """Hand `folder` and everything in it to the account `owner`."""
    for parent, names, files in os.walk(folder):
        for name in [*names, *files]:
            os.chown(Path(parent) / name, owner, owner, follow_symlinks=False)
    os.chown(folder, owner, owner)
