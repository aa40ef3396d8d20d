"""`luwes report budget`: issue the budget report as a file, recorded like one from the page."""

import argparse
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Explained

if TYPE_CHECKING:
    from luwes.apps.reporting.actions import IssuedReport

HELP = _("Terbitkan laporan sebagai berkas")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, of which date and unit, and where to."""
    parser.add_argument("kind", choices=["budget"], metavar=_("JENIS"), help=_("jenis laporan: budget"))
    parser.add_argument(
        "--as-of", default="", metavar=_("TANGGAL"), help=_("tanggal data, misalnya 2026-10-31; bawaan: yang terbaru")
    )
    parser.add_argument("--format", choices=["pdf", "xlsx"], default="pdf", help=_("bentuk berkas"))
    parser.add_argument("--unit", default="", metavar=_("KODE"), help=_("kode unit; bawaan: seluruh pemerintah daerah"))
    parser.add_argument("--paper", choices=["a4", "f4"], default="a4", help=_("ukuran kertas"))
    parser.add_argument("--out", type=Path, metavar=_("BERKAS"), help=_("nama berkas hasil"))


def run(args: argparse.Namespace) -> int:
    """Issue, write, then print where the file is, its SHA-256 and the audit head on it."""
    as_of = _date(args.as_of)
    with database():
        issued, path = _issue(args, as_of)
    print(_("Laporan tersimpan: %(file)s") % {"file": path})
    print(f"SHA-256: {issued.sha256}")
    print(_("Kepala jejak audit: %(head)s") % {"head": issued.audit_head})
    print(_("Kode dokumen: %(code)s") % {"code": issued.code})
    return 0


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Explained(_("Tanggal harus berbentuk 2026-10-31.")) from None


def _issue(args: argparse.Namespace, as_of: date | None) -> tuple["IssuedReport", Path]:
    from django.utils import timezone

    from luwes.apps.accounts.access import Refused
    from luwes.apps.audit.actor import system
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.documents.report import Paper
    from luwes.apps.reporting.actions import issue_budget_report
    from luwes.config.migrations import require_migrated

    require_migrated()
    staged: Path | None = None
    try:
        with unit_of_work(system("luwes report"), timezone.now()) as work:
            issued = issue_budget_report(
                file_format=args.format,
                unit_key=_unit_key(args.unit, work.today),
                as_of=as_of,
                paper=Paper(args.paper),
            )
            path = args.out or Path(issued.file_name)
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
