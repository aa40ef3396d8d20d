"""`luwes demo`: the invented province, its accounts, and the answer its figures give."""

import argparse
import os

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Refusal

HELP = _("Isi data contoh dan akun peraga (bukan untuk pemakaian sungguhan)")


class DemoNotInProduction(Refusal):
    """Accounts with a published password have no place among real ones."""

    code = "demo_not_in_production"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments: the demo is the same for everyone."""


def run(args: argparse.Namespace) -> int:
    """Fill what is missing, then print the sentence and the accounts. A second run changes nothing."""
    if os.environ.get("LUWES_PRODUCTION") == "1":
        raise DemoNotInProduction()
    with database():
        from luwes.config import demo
        from luwes.config.migrations import require_migrated

        require_migrated()
        demo.fill()
        print()
        print(demo.answer())
        print()
        print(_("Akun peraga (kata sandi semuanya: %(password)s)") % {"password": demo.PASSWORD})
        rows = demo.account_table()
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0
