"""`luwes import KIND FILE`: the import flow at the console, with the same checks as on the page."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Refusal

if TYPE_CHECKING:
    from luwes.apps.sources.kinds import ImportKind
    from luwes.apps.sources.models import ImportBatch

HELP = _("Impor satu berkas (CSV atau XLSX)")

# Beside 0 (stored), 1 (refused) and 2 (usage): rows were refused, or a choice is missing.
SOME_REJECTED, CHOICE_NEEDED = 3, 4
SHOWN = 20


class FileMissing(Refusal):
    """The file named does not exist or cannot be read."""

    code = "import_file_missing"


class ImportRefused(Refusal):
    """The file or its rows were refused; the sentence says why."""

    code = "explained"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Kind and file, and what a person would choose on the page."""
    parser.add_argument("kind", metavar=_("JENIS"), help=_("jenis berkas, misalnya: budget"))
    parser.add_argument("file", metavar=_("BERKAS"), type=Path)
    parser.add_argument("--dry-run", action="store_true", help=_("periksa saja, jangan simpan"))
    parser.add_argument("--source", "--mapping", default="", metavar=_("SUMBER"),
                        help=_("nama sumber; cara baca yang tersimpan untuk sumber ini dipakai"))  # fmt: skip
    parser.add_argument("--create-units", action="store_true", help=_("buat unit yang belum dikenal"))
    parser.add_argument("--government", default="", metavar=_("KODE"),
                        help=_("kode baris jumlah pemerintah daerah (dengan --create-units)"))  # fmt: skip
    parser.add_argument("--year", default="", metavar=_("TAHUN"), help=_("tahun, bila tidak ada di berkas"))
    parser.add_argument("--as-of", default="", metavar=_("TANGGAL"), help=_("tanggal, bila tidak ada di berkas"))
    parser.add_argument("--money-unit", type=int, choices=[1, 10**3, 10**6, 10**9], metavar=_("RUPIAH"),
                        help=_("satuan uang di berkas: 1, 1000, 1000000 atau 1000000000 rupiah"))  # fmt: skip
    parser.add_argument("--fractions", action="store_true", help=_("persen ditulis sebagai pecahan (0,61)"))


def run(args: argparse.Namespace) -> int:
    """Stage, tell, and unless it is a dry run confirm."""
    try:
        payload = args.file.read_bytes()
    except OSError as error:
        raise FileMissing(file=str(args.file), reason=error.strerror or "") from None
    with database():
        return _import(args, payload)


def _import(args: argparse.Namespace, payload: bytes) -> int:
    from luwes.apps.sources.kinds import kind_of
    from luwes.config import importing
    from luwes.config.migrations import require_migrated

    require_migrated()
    with importing.explained():
        kind = kind_of(args.kind)
        batch = importing.staged(
            kind=args.kind,
            source=args.source or kind.label(),
            file_name=args.file.name,
            payload=payload,
            constants=_constants(args),
            fractions=args.fractions,
            money_unit=args.money_unit,
        )
        if args.create_units and batch.summary["unmapped"] and not args.dry_run:
            batch = importing.created(batch, government=args.government)
        _tell(batch, kind)
        if args.dry_run:
            importing.dropped(batch)
            print(_("Uji coba: tidak ada yang disimpan."))
        elif batch.counts["unmapped"]:
            importing.dropped(batch)
            print(_("Tidak ada yang disimpan. Pilih artinya di halaman Sumber data, atau pakai --create-units."))
            return CHOICE_NEEDED
        else:
            batch = importing.confirmed(batch)
            print(_("Tersimpan: %(new)d baru, %(changed)d berubah, %(unchanged)d tetap.") % batch.counts)
    return SOME_REJECTED if batch.counts["rejected"] else 0


def _constants(args: argparse.Namespace) -> dict[str, str]:
    given = {"tahun": args.year, "per_tanggal": args.as_of}
    if args.year and not (args.year.isdigit() and len(args.year) == 4):
        raise ImportRefused(sentence=_("Tahun harus empat angka, misalnya 2026."))
    if args.as_of:
        try:
            date.fromisoformat(args.as_of)
        except ValueError:
            raise ImportRefused(sentence=_("Tanggal harus berbentuk 2026-10-31.")) from None
    return {column: value for column, value in given.items() if value}


def _tell(batch: "ImportBatch", kind: "ImportKind") -> None:
    from luwes.apps.sources import wording
    from luwes.apps.sources.models import RejectedCell

    counts = batch.counts
    told = _(
        "Baris: %(rows)d · baru %(new)d · berubah %(changed)d · tetap %(unchanged)d · tidak disebut lagi %(gone)d"
        " · ditolak %(rejected)d · belum dikenal %(unmapped)d"
    )
    print(told % counts)
    if batch.summary["same_as"]:
        print(_("Berkas yang sama sudah pernah disimpan."))
    for finding in batch.summary["findings"]:
        print("  ! " + kind.say(finding["code"], finding["facts"]))
    for found in batch.summary["drift"]:
        print("  ! " + wording.drift(found))
    for cell in RejectedCell.objects.filter(batch=batch).order_by("row_number")[:SHOWN]:
        nearest = _(" Mungkin maksudnya: %(nearest)s.") % {"nearest": cell.nearest} if cell.nearest else ""
        place = _("  x baris %(row)d, %(column)s “%(value)s”: ") % {
            "row": cell.row_number,
            "column": cell.column,
            "value": cell.value,
        }
        print(place + wording.reject(kind, cell.code) + nearest)
    for each in batch.summary["unmapped"][:SHOWN]:
        options = ", ".join(option["label"] for option in each["nearest"]) or "–"
        told = _("  ? %(value)s “%(label)s” belum dikenal (%(count)d baris). Terdekat: %(nearest)s")
        print(told % {**each, "nearest": options})
