"""`luwes purge`: delete what is past its retention, as the nightly task does."""

import argparse

from luwes.config.environment import database
from luwes.config.language import _

HELP = _("Hapus baris yang melewati masa simpannya")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: what is kept how long is declared on the tables."""


def run(args: argparse.Namespace) -> int:
    """Purge and print the rows deleted per table."""
    with database():
        from django.utils import timezone

        from luwes.apps.audit import retention
        from luwes.apps.audit.actor import system
        from luwes.apps.audit.unit_of_work import unit_of_work
        from luwes.config.migrations import require_migrated

        require_migrated()
        now = timezone.now()
        with unit_of_work(system("luwes purge"), now):
            deleted = retention.purge(now=now)
    for table, count in sorted(deleted.items()):
        print(f"{table}: {count}")
    if not deleted:
        print(_("Tidak ada yang melewati masa simpannya."))
    return 0
