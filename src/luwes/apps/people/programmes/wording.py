"""Sentences of the kind `programs`: why a row is refused and what was found."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def kind() -> str:
    """The name of the import kind."""
    return _("Program strategis")


def vocabulary() -> str:
    """What the names of owners and teams name."""
    return _("Unit")


def covers() -> str:
    """What completeness counts."""
    return _("program")


def affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: capaian program strategis di halaman pimpinan tidak terisi.")


def from_file(name: str) -> str:
    """Why a version was made."""
    return _("Dari berkas “%(name)s”") % {"name": name}


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    rejects = _rejects()
    if code in rejects:
        return rejects[code]
    count = int(facts.get("count") or 0)
    return f"{ngettext('%(count)d baris:', '%(count)d baris:', count) % {'count': count}} {_findings()[code]}"


def _rejects() -> dict[str, str]:
    return {
        "ends_before_start": _("Tanggal sampai lebih awal daripada tanggal mulai. Periksa keduanya."),
        "as_of_missing": _("Ada capaian tanpa tanggal. Isi kolom “Capaian per tanggal”."),
        "milestone_unread": _(
            "Tonggak ini tidak terbaca. Tulis “2026-11-01: Lelang selesai (tercapai 2026-10-28)” dan pisahkan "
            "tonggak dengan titik koma."
        ),
        "program_ambiguous": _("Lebih dari satu program bernama sama. Beri nama yang berbeda di halaman program dulu."),
        "rows_differ": _("Program ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
    }


def _findings() -> dict[str, str]:
    return {
        "repeated_rows": _("sama persis dengan baris lain; dihitung sekali."),
        "older": _("tanggal capaiannya lebih lama daripada yang tersimpan, jadi tidak mengubah apa pun."),
        "progress_fell": _("capaiannya lebih kecil daripada yang tersimpan."),
        "in_the_future": _("tanggal capaiannya di masa depan."),
    }
