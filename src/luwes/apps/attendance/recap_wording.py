"""Sentences of the kind `recap`: why a row is refused and what was found."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def kind() -> str:
    """The name of the import kind."""
    return _("Rekap presensi bulanan")


def vocabulary() -> str:
    """What the foreign names in such files name."""
    return _("Unit")


def covers() -> str:
    """What completeness counts."""
    return _("perangkat daerah")


def affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: perbandingan hitungan presensi dengan rekap yang sudah dibayar tidak terisi.")


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    rejects = _rejects()
    if code in rejects:
        return rejects[code]
    if code in ("flexible_added", "flexible_within"):
        return _whole()[code]
    count = int(facts.get("count") or 0)
    return f"{ngettext('%(count)d baris:', '%(count)d baris:', count) % {'count': count}} {_findings()[code]}"


def _rejects() -> dict[str, str]:
    return {
        "not_a_nip": _("Bukan NIP 18 angka. Tulis sebagai teks, misalnya 199503172020032001."),
        "employee_unknown": _("NIP ini belum ada di data pegawai. Impor berkas pegawai lebih dulu."),
        "who_missing": _("Baris ini tidak menyebut NIP dan tidak menyebut unit. Isi salah satunya."),
        "not_a_month": _("Bukan bulan. Tulis misalnya November 2026, atau isi bulan dan tahun di dua kolom."),
        "not_in_service": _("Orang ini tidak bertugas pada bulan itu. Periksa bulannya atau berkas pegawai."),
        "beyond_a_month": _("Lebih dari 31 hari untuk satu orang dalam satu bulan. Periksa kolomnya."),
        "nothing_said": _("Tidak satu pun angka terisi. Isi angkanya, atau hapus baris ini."),
        "rows_differ": _(
            "Orang atau unit ini muncul lebih dari sekali untuk bulan yang sama dengan angka berbeda. Gabungkan "
            "menjadi satu baris."
        ),
    }


def _whole() -> dict[str, str]:
    return {
        "flexible_added": _(
            "Di berkas ini kolom Hadir tidak memuat hari fleksibel: keduanya bersama yang cocok dengan hari kerja. "
            "Hari fleksibel ditambahkan ke hadir."
        ),
        "flexible_within": _(
            "Berkas ini tidak menunjukkan apakah kolom Hadir sudah memuat hari fleksibel. Dibaca sebagai sudah. "
            "Sertakan kolom Hari kerja supaya pasti."
        ),
    }


def _findings() -> dict[str, str]:
    return {
        "repeated_rows": _("sama persis dengan baris lain; dihitung sekali."),
        "in_the_future": _("bulannya di masa depan."),
        "total_rows": _("baris jumlah; dilewati."),
        "days_differ": _("hadir dan tidak hadir bersama tidak sama dengan hari kerja. Disimpan seperti tertulis."),
        "present_exceeds": _("hadir lebih banyak daripada hari kerja. Disimpan seperti tertulis."),
        "bands_exceed": _("terlambat atau pulang cepat lebih sering daripada hadir. Disimpan seperti tertulis."),
        "absent_differs": _(
            "jumlah tidak hadir berbeda dari penjumlahan alasannya. Yang disimpan hari menurut alasannya."
        ),
    }
