"""Sentences of results: what an import of budget figures found, and refusals."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luwes.core import formats

Fact = str | int | None


def budget_kind() -> str:
    """The name of the import kind."""
    return _("Realisasi anggaran")


def agencies() -> str:
    """What completeness counts."""
    return _("perangkat daerah")


def budget_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: angka anggaran di halaman pimpinan dan laporan tidak terisi.")


def unit_vocabulary() -> str:
    """What the foreign codes of a recap name."""
    return _("Perangkat daerah")


def create_agency() -> str:
    """Choice for a foreign unit that is new to us."""
    return _("Buat baru sebagai perangkat daerah")


def create_government() -> str:
    """Choice for the total row of a recap."""
    return _("Buat baru sebagai pemerintah daerah (baris jumlah)")


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "note_empty": _("Catatan masih kosong. Tulis penyebab dan apa yang sedang dikerjakan."),
        "note_too_long": _("Catatan terlalu panjang. Paling banyak 4.000 karakter."),
        "no_figure_to_note": _("Belum ada angka anggaran untuk tanggal ini, jadi belum ada yang dicatat."),
    }[code]


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the budget kind, as one sentence."""
    rejects = {
        "rows_differ": _(
            "Perangkat daerah ini muncul lebih dari sekali pada tanggal yang sama dengan angka berbeda. "
            "Sisakan satu baris."
        ),
        "as_of_outside_year": _("Tanggal berada di luar tahun anggarannya. Periksa kolom tahun dan tanggal."),
        "own_target_pct_invalid": _("Target melebihi 100 %. Periksa kolom target."),
    }
    if code in rejects:
        return rejects[code]
    if code in ("total_differs", "units_missing"):
        return _dated(code, facts)
    return _counted(code, int(facts["count"] or 0))


def _counted(code: str, count: int) -> str:
    sentences = {
        "pct_disagrees": ngettext(
            "%(count)d baris: persen yang dilaporkan berbeda lebih dari 0,5 poin dari hitungan rupiahnya.",
            "%(count)d baris: persen yang dilaporkan berbeda lebih dari 0,5 poin dari hitungan rupiahnya.",
            count,
        ),
        "over_ceiling": ngettext(
            "%(count)d baris: realisasi melebihi pagu.", "%(count)d baris: realisasi melebihi pagu.", count
        ),
        "ceiling_zero": ngettext(
            "%(count)d baris: pagu nol, persentase tidak dapat dihitung.",
            "%(count)d baris: pagu nol, persentase tidak dapat dihitung.",
            count,
        ),
        "in_the_future": ngettext(
            "%(count)d baris: tanggalnya di masa depan.", "%(count)d baris: tanggalnya di masa depan.", count
        ),
        "ceiling_changed": ngettext(
            "%(count)d baris: pagu berubah sejak tanggal sebelumnya, jadi persennya tidak langsung sebanding.",
            "%(count)d baris: pagu berubah sejak tanggal sebelumnya, jadi persennya tidak langsung sebanding.",
            count,
        ),
        "realised_fell": ngettext(
            "%(count)d baris: realisasi lebih kecil daripada tanggal sebelumnya.",
            "%(count)d baris: realisasi lebih kecil daripada tanggal sebelumnya.",
            count,
        ),
        "name_differs": ngettext(
            "%(count)d baris: kodenya dikenal, tetapi namanya jauh berbeda dari nama unit kita.",
            "%(count)d baris: kodenya dikenal, tetapi namanya jauh berbeda dari nama unit kita.",
            count,
        ),
        "repeated_rows": ngettext(
            "%(count)d baris sama persis dengan baris lain dan dihitung sekali.",
            "%(count)d baris sama persis dengan baris lain dan dihitung sekali.",
            count,
        ),
    }
    return sentences[code] % {"count": count}


def _dated(code: str, facts: Mapping[str, Fact]) -> str:
    language = get_language() or "id"
    day = formats.long_date(date.fromisoformat(str(facts["as_of"])), language)
    if code == "units_missing":
        return _("%(count)d perangkat daerah tidak ada di berkas untuk %(day)s, antara lain: %(names)s.") % {
            "count": int(facts["count"] or 0),
            "day": day,
            "names": facts["names"],
        }
    return _(
        "Baris jumlah per %(day)s berbeda dari penjumlahan perangkat daerah: pagu %(ceiling)s, realisasi %(realised)s."
    ) % {
        "day": day,
        "ceiling": formats.rupiah(int(facts["ceiling"] or 0), language),
        "realised": formats.rupiah(int(facts["realised"] or 0), language),
    }
