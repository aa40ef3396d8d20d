"""Sentences of the kind `outputs`: why a row is refused and what was found."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def kind() -> str:
    """The name of the import kind."""
    return _("Hasil kerja")


def covers() -> str:
    """What completeness counts."""
    return _("perangkat daerah")


def affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: hasil kerja per hari bertugas dan capaian target tidak terisi.")


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    rejects = _rejects()
    if code in rejects:
        return rejects[code]
    count = int(facts.get("count") or 0)
    return f"{ngettext('%(count)d baris:', '%(count)d baris:', count) % {'count': count}} {_findings()[code]}"


def _rejects() -> dict[str, str]:
    return {
        "not_a_nip": _("Bukan NIP 18 angka. Tulis sebagai teks, misalnya 199503172020032001."),
        "employee_unknown": _("NIP ini belum ada di data pegawai. Impor berkas pegawai lebih dulu."),
        "who_missing": _("Baris ini tidak menyebut NIP dan tidak menyebut unit. Isi salah satunya."),
        "period_missing": _(
            "Tanggal dan bulan kosong. Isi tanggal untuk hasil harian, atau bulan untuk hasil bulanan."
        ),
        "not_in_service": _("Orang ini tidak bertugas pada tanggal itu. Periksa tanggalnya atau berkas pegawai."),
        "label_too_long": _("Nama hasil lebih dari 120 huruf. Tulis jenisnya saja, misalnya “Surat keluar”."),
        "rows_differ": _(
            "Orang atau unit ini muncul lebih dari sekali untuk waktu dan hasil yang sama dengan angka berbeda. "
            "Jumlahkan menjadi satu baris."
        ),
    }


def _findings() -> dict[str, str]:
    return {
        "repeated_rows": _("sama persis dengan baris lain; dihitung sekali."),
        "in_the_future": _("tanggalnya di masa depan."),
        "day_and_month": _(
            "orang atau unit yang sama punya hasil harian dan hasil bulanan pada bulan itu. Keduanya disimpan, tetapi "
            "tidak dijumlahkan."
        ),
        "unit_and_persons": _(
            "unit ini juga punya hasil per orang untuk waktu yang sama. Yang dihitung hasil per orang, supaya tidak "
            "terhitung dua kali."
        ),
        "target_zero": _("targetnya nol, jadi capaian terhadap target tidak dapat dihitung."),
    }
