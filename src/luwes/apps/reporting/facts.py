"""Short label–value pairs beside the answer, and how the numbers were made."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.reporting import wording
from luwes.apps.reporting.budget import LeadershipPage, UnitPage
from luwes.apps.results.queries import BudgetDate, BudgetNoteRow
from luwes.core import formats
from luwes.core.indicators.budget import (
    DEFAULT_MARGIN,
    REPORTED_TOLERANCE,
    TEPRA_MILESTONES,
    BudgetPace,
    BudgetTotal,
    HeadlineBasis,
)

HASH_SHOWN = 12

Pair = tuple[str, str]


def leadership_facts(page: LeadershipPage) -> list[Pair]:
    """Target, distance in rupiah, next milestone, physical realisation, coverage and source."""
    if page.total is None or page.shown is None:
        return []
    reported = page.expected - len(page.missing)
    covered = _("%(count)s dari %(expected)s perangkat daerah") % {"count": reported, "expected": page.expected}
    found = pace_facts(page.total.headline)
    if page.expected:
        found.append((_("Cakupan"), covered))
    return [*found, *((_("Sumber"), source_text(one.file_name, one.sha256)) for one in page.sources)]


def unit_facts(page: UnitPage) -> list[Pair]:
    """The same for one unit."""
    if page.line is None:
        return []
    source = source_text(page.line.fact.file_name, page.line.fact.file_sha256)
    row = _("%(file)s, baris %(row)s") % {"file": source, "row": page.line.fact.row_number}
    return [*pace_facts(page.line.pace), (_("Sumber"), row)]


def pace_facts(pace: BudgetPace) -> list[Pair]:
    """What one judged figure says beside its sentence."""
    found: list[Pair] = [(_("Realisasi"), formats.rupiah(pace.figure.realised, wording.language()))]
    found.append((_("Pagu"), formats.rupiah(pace.figure.ceiling, wording.language())))
    if pace.target is not None:
        basis = wording.target_basis(pace.target)
        found.append((_("Target"), f"{wording.target_pct(pace.target.pct)} ({basis})"))
    if pace.shortfall:
        found.append((_("Kekurangan terhadap target"), wording.rupiah(pace.shortfall)))
    if pace.next_milestone is not None and pace.next_needed:
        coming = _("%(target)s pada %(date)s, perlu realisasi %(amount)s lagi dari angka ini") % {
            "target": wording.target_pct(pace.next_milestone.pct),
            "date": wording.day(pace.next_milestone.on),
            "amount": wording.rupiah(pace.next_needed),
        }
        # Counted from the figures, not from today: the date may have passed when this is read.
        found.append((_("Target setelah tanggal data"), coming))
    if pace.figure.physical_pct is not None:
        found.append((_("Realisasi fisik"), _physical(pace.figure.physical_pct, pace.physical_gap)))
    return found


def _physical(physical: Decimal, gap: Decimal | None) -> str:
    shown = wording.pct(physical)
    if not gap:
        return shown
    said = _("%(points)s di atas keuangan") if gap > 0 else _("%(points)s di bawah keuangan")
    return f"{shown}, {said % {'points': wording.points(gap)}}"


def source_text(file_name: str, sha256: str) -> str:
    """A file by its name and the beginning of its SHA-256."""
    return f"{file_name} (SHA-256 {sha256[:HASH_SHOWN]}…)"


def total_label(total: BudgetTotal) -> str:
    """What the closing row of the units' table is."""
    if total.headline_basis is HeadlineBasis.REPORTED:
        return _("Jumlah pemerintah menurut berkas")
    return _("Jumlah %(count)s perangkat daerah") % {"count": total.n_units}


def bars_title(shown: int, of: int) -> str:
    """The heading of the bars: all units, or the worst of them."""
    if shown == of:
        return _("Perangkat daerah terhadap targetnya")
    return _("%(shown)s dari %(count)s perangkat daerah, terjauh di bawah target") % {"shown": shown, "count": of}


def signature(note: BudgetNoteRow) -> str:
    """Who wrote a note, and when."""
    written = wording.day(timezone.localdate(note.written_at))
    return _("%(who)s, %(date)s") % {"who": note.signed_by, "date": written}


def definitions(shown: BudgetDate | None, files: Sequence[tuple[str, str]]) -> list[Pair]:
    """How the numbers were made, so that a reader can make them again."""
    due = [] if shown is None else [(m.pct, date(shown.year, m.month, m.day)) for m in TEPRA_MILESTONES]
    milestones = "; ".join(
        _("%(target)s pada %(date)s") % {"target": wording.target_pct(pct), "date": wording.short_day(on)}
        for pct, on in due
    )
    language = wording.language()
    return [
        (_("Realisasi keuangan"), _("realisasi rupiah dibagi pagu pada tanggal yang sama.")),
        (
            _("Persentase yang dipakai"),
            _("persentase berkas bila selisihnya dengan rupiah paling banyak %(points)s; selain itu hasil hitung.")
            % {"points": formats.points(REPORTED_TOLERANCE, language)},
        ),
        (
            _("Target"),
            _("target pada berkas bila diisi; selain itu target TEPRA yang terakhir jatuh tempo: %(list)s.")
            % {"list": milestones},
        ),
        (
            _("Memerlukan keputusan"),
            _("kurang %(points)s atau lebih dari target.") % {"points": formats.points(DEFAULT_MARGIN, language)},
        ),
        *((_("Berkas sumber"), f"{name}, SHA-256 {sha256}") for name, sha256 in files),
    ]
