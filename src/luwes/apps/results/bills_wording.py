"""Sentences of the kind `bills`: why a row is refused and what was found."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def kind() -> str:
    """The name of the import kind."""
    return _("Tagihan listrik, air, data, dan BBM")


def covers() -> str:
    """What completeness counts."""
    return _("perangkat daerah")


def affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: pemakaian listrik, air, data, dan BBM per hari buka tidak terisi.")


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    rejects = _rejects()
    if code in rejects:
        return rejects[code]
    count = int(facts.get("count") or 0)
    return f"{ngettext('%(count)d baris:', '%(count)d baris:', count) % {'count': count}} {_findings()[code]}"


def _rejects() -> dict[str, str]:
    return {
        "period_missing": _("Masa tagihan kosong. Isi tanggal mulai dan sampai, atau bulannya."),
        "ends_before_start": _("Tanggal sampai lebih awal daripada tanggal mulai. Periksa keduanya."),
        "period_too_long": _("Masa tagihan lebih dari 400 hari. Periksa tahunnya, atau bagi menjadi beberapa baris."),
        "meter_too_long": _("Nomor meter lebih dari 40 huruf. Periksa apakah kolomnya bergeser."),
        "rows_differ": _(
            "Meter ini muncul lebih dari sekali untuk masa yang sama dengan isi berbeda. Sisakan satu baris, pada unit "
            "yang membayar."
        ),
        "overlaps": _(
            "Masa tagihan ini bertumpang tindih dengan tagihan lain untuk meter yang sama. Perbaiki tanggalnya: satu "
            "hari hanya boleh ditagih sekali."
        ),
    }


def _findings() -> dict[str, str]:
    return {
        "repeated_rows": _("sama persis dengan baris lain; dihitung sekali."),
        "in_the_future": _("masa tagihannya berakhir di masa depan."),
        "meter_shared": _(
            "meter ini disebut untuk lebih dari satu unit. Pemakaiannya tidak dapat dibagi; pakailah satu unit saja."
        ),
        "price_odd": _(
            "rupiah per satuan jauh dari tagihan lain yang sejenis. Periksa pemakaian dan jumlah tagihannya."
        ),
        "nothing_used": _("pemakaian nol, tetapi ada tagihannya."),
        "restated": _("mengganti tagihan sumber ini yang tanggalnya berbeda tetapi bertumpang tindih."),
        "day_gap": _("ada hari tanpa tagihan antara tagihan ini dan tagihan sebelumnya untuk meter yang sama."),
    }
