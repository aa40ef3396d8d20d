"""Sentences about the unit tree."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.people.following import Naming
from luwes.apps.people.models import UnitKind


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "code_taken": _("Unit lain sudah memakai kode ini pada tanggal itu. Pakai kode lain."),
        "no_such_unit": _("Unit ini tidak berlaku pada tanggal itu. Pilih unit atau tanggal lain."),
        "parent_below_itself": _("Unit tidak dapat berada di bawah unit bawahannya. Pilih unit atasan lain."),
        "basis_missing": _("Dasar perubahan belum diisi. Tulis peraturan atau keputusannya."),
        "still_has_units": _("Salah satu unit berada tepat di bawah unit yang lain. Pindahkan unit itu lebih dulu."),
        "too_few_units": _("Pilih sedikitnya dua unit yang berbeda."),
        "stale_unit": _("Unit ini baru saja diubah orang lain. Periksa isinya sekali lagi, lalu simpan."),
        "no_proposal": _("Usulan ini tidak berlaku lagi. Muat ulang halaman ini."),
    }[code]


def kind(kind: UnitKind | str) -> str:
    """A level of the tree."""
    return {
        UnitKind.GOVERNMENT: _("instansi"),
        UnitKind.AGENCY: _("perangkat daerah"),
        UnitKind.UNIT: _("unit"),
        UnitKind.TEAM: _("tim"),
    }[UnitKind(kind)]


def follows(naming: Naming) -> list[str]:
    """What goes on under the heir, a line each; what must be granted anew last."""
    counted: Mapping[str, int] = {
        ngettext("%(count)d pegawai", "%(count)d pegawai", naming.people): naming.people,
        ngettext("%(count)d layanan", "%(count)d layanan", _owned(naming)): _owned(naming),
        ngettext(
            "%(count)d sambungan rantai layanan", "%(count)d sambungan rantai layanan", naming.links
        ): naming.links,
        ngettext("%(count)d titik layanan", "%(count)d titik layanan", naming.points): naming.points,
        ngettext("%(count)d tempat kerja", "%(count)d tempat kerja", naming.workplaces): naming.workplaces,
    }
    lines = [text % {"count": count} for text, count in counted.items() if count]
    if naming.heads:
        ending = ngettext(
            "%(count)d pimpinan berakhir; tetapkan pimpinan unit yang baru.",
            "%(count)d pimpinan berakhir; tetapkan pimpinan unit yang baru.",
            naming.heads,
        )
        lines.append(ending % {"count": naming.heads})
    return lines


def _owned(naming: Naming) -> int:
    return sum(service.owned for service in naming.services)
