"""`luwes migrate`: bring the database to the state this version needs."""

import argparse

from luwes.config.environment import database
from luwes.config.language import _

HELP = _("Sesuaikan basis data dengan versi ini")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the database is named by the environment."""


def run(args: argparse.Namespace) -> int:
    """Apply what is pending and say how much it was."""
    from luwes.config.migrations import apply_migrations

    with database():
        applied = apply_migrations()
    if applied:
        print(_("Basis data disesuaikan: %(count)s perubahan.") % {"count": applied})
    else:
        print(_("Basis data sudah sesuai dengan versi ini."))
    return 0
