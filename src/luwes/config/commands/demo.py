"""`luwes demo`: the invented province, its accounts, and the answer its figures give."""

import argparse
import os
from datetime import date
from pathlib import Path

from luwes.config import demo_files
from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Refusal
from luwes.examples.invented.facts.truths import Rollout, Scenario, Truth
from luwes.examples.invented.people import STAFF

HELP = _("Isi data contoh dan akun peraga (bukan untuk pemakaian sungguhan)")

MOST_STAFF, MOST_MONTHS, MONTHS = 50_000, 24, 3


class DemoNotInProduction(Refusal):
    """Accounts with a published password have no place among real ones."""

    code = "demo_not_in_production"


class FolderNotWritable(Refusal):
    """The files cannot be written where they were wanted."""

    code = "folder_not_writable"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How large the province is; with the same number it is the same for everyone."""
    parser.add_argument("--staff", type=_count, default=STAFF, metavar=_("JUMLAH"), help=_("banyaknya pegawai contoh"))
    parser.add_argument(
        "--facts", type=_months, default=MONTHS, metavar=_("BULAN"), help=_("bulan penuh terakhir yang diisi (0-24)")
    )
    parser.add_argument(
        "--rollout",
        choices=[one.value for one in Rollout],
        default=Rollout.WEEKDAY_LOT.value,
        help=_("cara hari fleksibel dimulai"),
    )
    parser.add_argument(
        "--truth",
        choices=[one.value for one in Truth],
        default=Truth.NONE.value,
        help=_("dampak yang ditanam, untuk menguji penilaian"),
    )
    parser.add_argument(
        "--write", type=Path, metavar=_("FOLDER"), help=_("tulis berkasnya ke folder ini, tidak mengisi apa pun")
    )


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_STAFF:
        raise argparse.ArgumentTypeError(_("tulis bilangan antara 1 dan 50000"))
    return int(text)


def _months(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_MONTHS:
        raise argparse.ArgumentTypeError(_("tulis bilangan antara 0 dan 24"))
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Fill what is missing, then print the sentences and the accounts. A second run changes nothing."""
    scenario = Scenario(Rollout(args.rollout), Truth(args.truth), staff=args.staff)
    if args.write is not None:
        return _write(scenario, args.facts, args.write)
    if os.environ.get("LUWES_PRODUCTION") == "1":
        raise DemoNotInProduction()
    with database():
        from luwes.config import demo
        from luwes.config.migrations import require_migrated

        require_migrated()
        filled = demo.fill(scenario, months=args.facts)
        if filled.files and filled.offices is not None:
            print(
                _("Berkas per pegawai (presensi, rekap, hasil kerja): bulan terakhir, %(count)d perangkat daerah saja.")
                % {"count": len(filled.offices)}
            )
        print()
        print(demo.answer())
        print()
        print(_("Akun peraga (kata sandi semuanya: %(password)s)") % {"password": demo.PASSWORD})
        rows = demo.account_table()
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _write(scenario: Scenario, months: int, folder: Path) -> int:
    try:
        written = demo_files.write(scenario, months, date.today(), folder)  # noqa: DTZ011 - whole months of plain days
    except OSError as error:
        raise FolderNotWritable(folder=folder, reason=error.strerror) from error
    print(_("%(count)d berkas ditulis di %(folder)s") % {"count": len(written), "folder": folder})
    return 0
