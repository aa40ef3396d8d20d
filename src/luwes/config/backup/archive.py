"""The backup file: a tar with a manifest first, which holds the SHA-256 of everything after it."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from luwes.config.refusals import Refusal

MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files"
FORMAT = 1


class BackupExists(Refusal):
    """A backup never overwrites a file."""

    code = "backup_exists"


class BackupMissing(Refusal):
    """There is no such file, or it may not be read."""

    code = "backup_missing"


class BackupDamaged(Refusal):
    """The file is not a backup, or not the one that was written."""

    code = "backup_damaged"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`sha256` maps every other member of the archive to its digest; `made_at` is ISO 8601 with zone."""

    luwes: str
    postgresql: int
    made_at: str
    sha256: dict[str, str]
    format: int = FORMAT


def digest(file: Path) -> str:
    """The SHA-256 of the file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def stored_files(folder: Path) -> dict[str, Path]:
    """Archive name → path of every regular file below `folder`, which may be missing."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(PurePosixPath(FILES, *path.relative_to(folder).parts)): path for path in found}


@contextmanager
def finished_or_nothing(target: Path) -> Iterator[Path]:
    """A draft beside `target`, on the disk and renamed when the block succeeds, removed when it fails."""
    if target.exists():
        raise BackupExists(file=str(target))
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.rename(target)
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        draft.unlink(missing_ok=True)


def write(draft: Path, manifest: Manifest, members: dict[str, Path], scratch: Path) -> None:
    """Write the archive to `draft`. `scratch` is a folder for the manifest until it is in the archive."""
    listing = scratch / MANIFEST
    listing.write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True))
    with tarfile.open(draft, "w") as tar:
        for name, path in {MANIFEST: listing, **members}.items():
            tar.add(path, arcname=name, recursive=False, filter=_without_owner)


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def unpack(file: Path, folder: Path) -> Manifest:
    """Unpack a backup into the empty `folder` and verify every member against the manifest.

    Raises `BackupMissing`, `BackupDamaged` (naming the first part that does not hold).
    """
    try:
        with tarfile.open(file) as tar:
            for member in tar:
                _unpack_member(tar, member, folder)
    except (tarfile.TarError, EOFError) as error:
        raise BackupDamaged(file=str(file), part=str(error)) from error
    except OSError as error:
        raise BackupMissing(file=str(file)) from error
    manifest = _read_manifest(file, folder / MANIFEST)
    for name, expected in manifest.sha256.items():
        unpacked = folder / name
        if not unpacked.is_file() or digest(unpacked) != expected:
            raise BackupDamaged(file=str(file), part=name)
    unlisted = {str(PurePosixPath(path.relative_to(folder))) for path in folder.rglob("*") if path.is_file()}
    if extra := sorted(unlisted - {MANIFEST, *manifest.sha256}):
        raise BackupDamaged(file=str(file), part=extra[0])
    return manifest


def _unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Only plain files at the places a backup has: an archive made by others could name any path."""
    parts = PurePosixPath(member.name).parts
    placed = member.name in (MANIFEST, DUMP) or (len(parts) > 1 and parts[0] == FILES)
    opened = tar.extractfile(member) if placed and ".." not in parts and member.isreg() else None
    if opened is None:
        raise BackupDamaged(file=str(tar.name), part=member.name)
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with opened, target.open("wb") as written:
        shutil.copyfileobj(opened, written)


def _read_manifest(file: Path, listing: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads(listing.read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise BackupDamaged(file=str(file), part=MANIFEST) from error
    if manifest.format != FORMAT or DUMP not in manifest.sha256:
        raise BackupDamaged(file=str(file), part=MANIFEST)
    return manifest
