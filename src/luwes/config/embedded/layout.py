"""Where the embedded server keeps its things, and how it is addressed."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import luwes
from luwes.config.embedded.folders import make_folder
from luwes.config.refusals import Refusal

SYSTEM_ROOT = Path("/var/lib/luwes")
DATABASE = "luwes"
SUPERUSER = "luwes"
SOCKET_NAME = ".s.PGSQL.5432"
# A Unix socket address holds 108 bytes with its closing zero.
LONGEST_SOCKET_PATH = 107


class SecretKeyMissing(Refusal):
    """In production the key comes from the environment and nowhere else."""

    code = "secret_key_missing"


def default_root(environ: Mapping[str, str]) -> Path:
    """The data folder: LUWES_DATA, else /var/lib/luwes/<instance> for root, else `var` in the checkout.

    An instance is named after its installation folder, so that two checkouts never share data. Installed
    without a checkout, other users keep their data in ~/.local/share/luwes/<instance>.
    """
    if chosen := environ.get("LUWES_DATA"):
        return Path(chosen).expanduser().absolute()
    package = Path(luwes.__file__).resolve().parent
    checkout = package.parent.parent
    instance = hashlib.sha256(os.fsencode(package)).hexdigest()[:12]
    if os.geteuid() == 0:
        return SYSTEM_ROOT / instance
    if (checkout / "pyproject.toml").exists():
        return checkout / "var"
    return Path("~/.local/share/luwes").expanduser() / instance


def make_root(root: Path) -> None:
    """Make the data folder: private, except that root's server account may pass through it."""
    make_folder(root, 0o711 if os.geteuid() == 0 else 0o700)


def cluster_folder(root: Path) -> Path:
    return root / "database"


def socket_folder(root: Path) -> Path:
    """Inside the data folder, or in /tmp where the path would be too long for a socket."""
    folder = root / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    instance = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    return Path(f"/tmp/luwes-{os.geteuid()}-{instance}")  # noqa: S108 - ownership is checked before use


def url(root: Path, database: str = DATABASE) -> str:
    """The libpq address of `database` on the embedded server of `root`, running or not."""
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(socket_folder(root)), safe='/')}"


def secret_key(root: Path, *, production: bool = False) -> str:
    """The key that signs sessions: made once per data folder and kept there, readable by its owner only.

    Raises `SecretKeyMissing` in production.
    """
    if production:
        raise SecretKeyMissing()
    file = root / "secret_key"
    make_root(root)
    if not file.exists():
        # Linking a finished file in place: of two first starts at once, both read the same key.
        handle, name = tempfile.mkstemp(prefix="secret_key.", dir=root)
        draft = Path(name)
        with os.fdopen(handle, "w") as opened:
            opened.write(secrets.token_urlsafe(64))
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text()
