"""`luwes demo`: the invented province, its accounts, and the answer its figures give."""

import argparse
import os

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Refusal
from luwes.examples.invented.people import STAFF

HELP = _("Isi data contoh dan akun peraga (bukan untuk pemakaian sungguhan)")


MOST_STAFF = 50_000


class DemoNotInProduction(Refusal):
    """Accounts with a published password have no place among real ones."""

    code = "demo_not_in_production"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How large the province is; with the same number it is the same for everyone."""
    parser.add_argument("--staff", type=_count, default=STAFF, metavar=_("JUMLAH"), help=_("banyaknya pegawai contoh"))


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_STAFF:
        raise argparse.ArgumentTypeError(_("tulis bilangan antara 1 dan 50000"))
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Fill what is missing, then print the sentence and the accounts. A second run changes nothing."""
    if os.environ.get("LUWES_PRODUCTION") == "1":
        raise DemoNotInProduction()
    with database():
        from luwes.config import demo
        from luwes.config.migrations import require_migrated

        require_migrated()
        demo.fill(args.staff)
        print()
        print(demo.answer())
        print()
        print(_("Akun peraga (kata sandi semuanya: %(password)s)") % {"password": demo.PASSWORD})
        rows = demo.account_table()
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0
