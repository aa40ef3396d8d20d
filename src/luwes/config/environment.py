"""What a command needs around it: a database, and Django set up for it."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from luwes.config.embedded import EmbeddedServer, SecretKeyMissing, default_root
from luwes.config.refusals import Refusal

# Who guesses the key can sign in as anybody; a word or a short password is guessed.
SHORTEST_KEY = 32


class EmbeddedNotAllowed(Refusal):
    """In production a database is named, or the embedded one chosen, on purpose."""

    code = "embedded_not_allowed"


def data_root() -> Path:
    """The data folder of this installation."""
    return default_root(os.environ)


def require_production_settings(environ: Mapping[str, str]) -> None:
    """Raise a `Refusal` if production runs without what must be chosen by a person."""
    if environ.get("LUWES_PRODUCTION") != "1":
        return
    if len(environ.get("LUWES_SECRET_KEY", "")) < SHORTEST_KEY:
        raise SecretKeyMissing()
    if not environ.get("LUWES_DATABASE_URL") and environ.get("LUWES_EMBEDDED") != "1":
        raise EmbeddedNotAllowed()


def files_folder() -> Path:
    """Where stored files lie; `luwes backup` takes all of it."""
    return data_root() / "files"


@contextmanager
def database() -> Iterator[EmbeddedServer | None]:
    """Make the database available to this process and its children, and set up Django.

    Without LUWES_DATABASE_URL the embedded server runs for the duration, unless it runs already.
    Yields it, or None for an outside database.
    """
    require_production_settings(os.environ)
    # An address given wins over LUWES_EMBEDDED: our own children receive the address of the embedded server.
    if os.environ.get("LUWES_DATABASE_URL"):
        django_ready()
        yield None
        return
    with EmbeddedServer(data_root()) as server:
        # Children and settings then agree on the address, whatever their working folder.
        os.environ["LUWES_DATABASE_URL"] = server.url
        os.environ["LUWES_DATA"] = str(server.root)
        django_ready()
        yield server


def django_ready() -> None:
    """Load the settings and the apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    import django

    django.setup()
