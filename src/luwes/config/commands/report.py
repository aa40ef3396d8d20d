"""`luwes report budget|monthly`: issue a report as a file, recorded like one from the page."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Explained
from luwes.core.workdays.months import month_before

if TYPE_CHECKING:
    from luwes.apps.reporting.actions import IssuedReport

HELP = _("Terbitkan laporan sebagai berkas")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, of which date and unit, and where to."""
    kinds = _("jenis laporan: budget atau monthly")
    parser.add_argument("kind", choices=["budget", "monthly"], metavar=_("JENIS"), help=kinds)
    parser.add_argument(
        "--as-of", default="", metavar=_("TANGGAL"), help=_("tanggal data, misalnya 2026-10-31; bawaan: yang terbaru")
    )
    parser.add_argument(
        "--month", default="", metavar=_("BULAN"), help=_("bulan laporan monthly, misalnya 2026-10; bawaan: bulan lalu")
    )
    parser.add_argument("--format", choices=["pdf", "xlsx"], default="pdf", help=_("bentuk berkas"))
    parser.add_argument("--unit", default="", metavar=_("KODE"), help=_("kode unit; bawaan: seluruh pemerintah daerah"))
    parser.add_argument("--paper", choices=["a4", "f4"], default="a4", help=_("ukuran kertas"))
    parser.add_argument(
        "--all", action="store_true", help=_("laporan monthly setiap perangkat daerah dan pemerintah, ke satu folder")
    )
    parser.add_argument("--out", type=Path, metavar=_("BERKAS"), help=_("nama berkas hasil, atau foldernya"))


def run(args: argparse.Namespace) -> int:
    """Issue, write, then print where each file is, its SHA-256 and the audit head on it."""
    asked = _asked(args)
    with database():
        for issued, path in _reports(args, asked):
            print(_("Laporan tersimpan: %(file)s") % {"file": path})
            print(f"SHA-256: {issued.sha256}")
            print(_("Kepala jejak audit: %(head)s") % {"head": issued.audit_head})
            print(_("Kode dokumen: %(code)s") % {"code": issued.code})
    return 0


def _asked(args: argparse.Namespace) -> date | None:
    """The date or month asked for; options of the other kind are refused, not overlooked."""
    if args.kind == "budget":
        if args.month or args.all:
            raise Explained(_("--month dan --all hanya untuk laporan monthly."))
        return _date(args.as_of)
    if args.as_of:
        raise Explained(_("--as-of hanya untuk laporan budget. Untuk laporan monthly pakai --month."))
    if args.all and args.unit:
        raise Explained(_("Pilih --all atau --unit, tidak keduanya."))
    return _month(args.month)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        raise Explained(_("Bulan harus berbentuk 2026-10.")) from None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Explained(_("Tanggal harus berbentuk 2026-10-31.")) from None


def _reports(args: argparse.Namespace, asked: date | None) -> Iterator[tuple["IssuedReport", Path]]:
    """One report, or with --all one per perangkat daerah and one of the government; each is final by itself."""
    from django.utils import timezone

    from luwes.apps.people import queries
    from luwes.apps.people.models import UnitKind
    from luwes.config.migrations import require_migrated

    require_migrated()
    today = timezone.localdate()
    if not args.all:
        yield _issue(args, asked, _unit_key(args.unit, today), args.out)
        return
    folder = args.out or Path()
    if not folder.is_dir():
        raise Explained(_("--out bersama --all harus folder yang ada: %(folder)s.") % {"folder": folder})
    agencies = [unit.key for unit in queries.units_on(today, kinds=[UnitKind.AGENCY])]
    for key in ["", *agencies]:
        yield _issue(args, asked, key, folder)


def _issue(
    args: argparse.Namespace, asked: date | None, unit_key: str, out: Path | None
) -> tuple["IssuedReport", Path]:
    from django.utils import timezone

    from luwes.apps.accounts.access import Refused
    from luwes.apps.audit.actor import system
    from luwes.apps.audit.unit_of_work import unit_of_work

    staged: Path | None = None
    try:
        with unit_of_work(system("luwes report"), timezone.now()) as work:
            issued = _made(args, asked, unit_key, work.today)
            path = Path(issued.file_name) if out is None else out / issued.file_name if out.is_dir() else out
            # Written before the record is final: a full disk leaves neither file nor record.
            staged = _staged(path, issued.payload)
        staged.replace(path)
    except Refused as refused:
        raise Explained(_sentence(refused.code)) from refused
    except OSError as error:
        raise Explained(_("Berkas tidak dapat ditulis: %(reason)s.") % {"reason": error.strerror}) from error
    finally:
        if staged is not None:
            staged.unlink(missing_ok=True)
    return issued, path


def _made(args: argparse.Namespace, asked: date | None, unit_key: str, today: date) -> "IssuedReport":
    from luwes.apps.documents.report import Paper
    from luwes.apps.reporting.actions import issue_budget_report
    from luwes.apps.reporting.monthly_actions import issue_monthly_report

    paper = Paper(args.paper)
    if args.kind == "budget":
        return issue_budget_report(file_format=args.format, unit_key=unit_key, as_of=asked, paper=paper)
    month = asked or month_before(today)
    return issue_monthly_report(file_format=args.format, unit_key=unit_key, month=month, paper=paper)


def _unit_key(code: str, today: date) -> str:
    from luwes.apps.people import queries

    if not code:
        return ""
    for unit in queries.units_on(today):
        if unit.code == code:
            return unit.key
    raise Explained(_("Tidak ada unit dengan kode %(code)s.") % {"code": code})


def _staged(path: Path, payload: bytes) -> Path:
    """A synced file beside the target, to be renamed onto it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(payload)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp keeps others out; the report is for those who may read the folder.
        Path(name).chmod(0o644)
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)


def _sentence(code: str) -> str:
    from luwes.apps.documents import wording as documents
    from luwes.apps.reporting import wording

    return documents.refusal(code) if code == "too_many_rows" else wording.refusal(code)
