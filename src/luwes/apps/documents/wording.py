"""Sentences and cells of documents."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.documents.report import Cell, CellKind
from luwes.core import formats

MISSING = "–"
HEAD_SHOWN = 16
# The three Indonesian zones by their offset from UTC, as people name them.
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "too_many_rows": _("PDF memuat paling banyak 1.000 baris tabel. Unduh berkas Excel, atau pilih satu unit."),
        "no_lines": _("Kop memerlukan sedikitnya satu baris nama instansi."),
    }[code]


def cell(value: Cell, kind: CellKind, language: str) -> str:
    """One table cell as text; the unit of its number stands in the column's heading."""
    if value is None:
        return MISSING
    if kind is CellKind.DATE and isinstance(value, date):
        return formats.short_date(value, language)
    if kind in (CellKind.RUPIAH, CellKind.COUNT) and isinstance(value, int):
        return formats.number(Decimal(value), 0, language)
    if kind in (CellKind.PERCENT, CellKind.POINTS) and isinstance(value, Decimal | int):
        return formats.number(value, 2, language)
    return str(value)


def moment(at: datetime, language: str) -> str:
    """A date with weekday, then the time with its zone: "Rabu, 2 Desember 2026, 10.15 WIB"."""
    local = timezone.localtime(at)
    between = "." if language == "id" else ":"
    return f"{formats.long_date(local.date(), language)}, {local:%H}{between}{local:%M} {zone_name(local)}"


def zone_name(local: datetime) -> str:
    """WIB, WITA or WIT; elsewhere what the zone calls itself."""
    offset = local.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0
    named = ZONES.get(int(hours)) if isinstance(local.tzinfo, ZoneInfo) else None
    return named or local.strftime("%Z")


def issued(at: datetime, language: str, place: str = "") -> str:
    """When a document was issued, and where if the letterhead says it."""
    if place:
        return _("Diterbitkan di %(place)s, %(moment)s") % {"place": place, "moment": moment(at, language)}
    return _("Diterbitkan %(moment)s") % {"moment": moment(at, language)}


def audit_head(head: str) -> str:
    """The beginning of the audit head, long enough to check the chain against."""
    return _("Kepala jejak audit %(head)s") % {"head": head[:HEAD_SHOWN]}


def document_code(code: str) -> str:
    """The code under which the document is recorded."""
    return _("Kode dokumen %(code)s") % {"code": code}
