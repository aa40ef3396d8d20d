"""Sentences of the kinds `punches` and `badges`: why a row is refused and what was found."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def kind() -> str:
    """The name of the import kind."""
    return _("Presensi")


def covers() -> str:
    """What completeness counts."""
    return _("hari kerja")


def affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: kehadiran, keterlambatan, dan hari fleksibel yang benar-benar dijalani tidak terisi.")


def badges_kind() -> str:
    """The name of the import kind `badges`."""
    return _("Nomor badge presensi")


def badges_affect() -> str:
    """What stays empty when such lists stop."""
    return _("Jika terhenti: presensi pegawai yang nomornya baru di mesin ditolak.")


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    rejects = _rejects()
    if code in rejects:
        return rejects[code]
    count = int(facts.get("count") or 0)
    if code == "badges_unknown":
        return _(
            "%(count)d nomor badge (%(rows)d baris) bukan NIP pegawai dan tidak ada di daftar nomor badge. Barisnya "
            "ada di daftar yang ditolak; impor daftar nomor badge, lalu kirim berkas ini lagi."
        ) % {"count": count, "rows": int(facts.get("rows") or 0)}
    return f"{ngettext('%(count)d baris:', '%(count)d baris:', count) % {'count': count}} {_findings()[code]}"


def say_of_badges(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind `badges`, as one sentence."""
    rejects = {
        "not_a_nip": _("Bukan NIP 18 angka. Tulis sebagai teks, misalnya 199503172020032001."),
        "employee_unknown": _("NIP ini belum ada di data pegawai. Impor berkas pegawai lebih dulu."),
        "number_too_long": _("Lebih dari 40 huruf. Periksa apakah kolomnya bergeser."),
        "rows_differ": _("Nomor ini menunjuk lebih dari satu orang. Sebutkan mesinnya, atau hapus baris yang salah."),
    }
    if code in rejects:
        return rejects[code]
    count = int(facts.get("count") or 0)
    repeated = ngettext("%(count)d baris:", "%(count)d baris:", count) % {"count": count}
    return f"{repeated} {_('sama persis dengan baris lain; dihitung sekali.')}"


def _rejects() -> dict[str, str]:
    return {
        "badge_unknown": _(
            "Nomor ini bukan NIP pegawai dan tidak ada di daftar nomor badge. Impor berkas pegawai atau daftar nomor "
            "badge lebih dulu."
        ),
        "in_the_future": _("Waktunya belum terjadi. Periksa jam mesin atau perangkatnya."),
        "time_missing": _("Tanggal atau jamnya kosong atau tidak terbaca. Tulis misalnya 2/12/2026 dan 07.31."),
        "out_before_in": _(
            "Jam pulangnya sebelum jam masuk, dan hari kerja unitnya tidak berlangsung sampai jam itu keesokan "
            "harinya. Perbaiki jamnya; untuk sif malam, tulis jam pulang dengan tanggalnya, misalnya 3/12/2026 07.05."
        ),
    }


def _findings() -> dict[str, str]:
    return {
        "repeated_rows": _("peristiwa yang sama dengan baris lain; dihitung sekali."),
        "not_in_service": _(
            "orangnya tidak bertugas pada hari itu. Presensinya disimpan, tetapi tidak masuk hitungan; periksa berkas "
            "pegawai."
        ),
        "direction_unread": _(
            "tulisan masuk atau pulangnya tidak dikenal. Disimpan tanpa arah: presensi pertama dan terakhir yang "
            "menentukan."
        ),
        "place_unread": _("tulisan di kantor atau di luar tidak dikenal, jadi tidak dipakai."),
        "place_unknown": _(
            "tidak diketahui di kantor atau di luar. Sertakan nomor seri mesin, atau kolom Di kantor dari aplikasi."
        ),
        "sent_late": _("baru terkirim lebih dari satu jam kemudian. Jam kejadiannya tetap yang dipakai."),
        "midnight_blank": _("jam 00.00 dibaca sebagai kosong, karena tidak ada jadwal yang berakhir pada jam itu."),
        "day_without_punch": _("tanggal tanpa jam masuk dan pulang: tidak ada presensi pada hari itu."),
        "sent_before": _("terkirim sebelum terjadi. Jam perangkatnya tidak tepat."),
        "month_closed": _(
            "bulannya sudah ditutup. Presensinya disimpan; angka berubah hanya jika bulan itu dibuka dan dihitung lagi."
        ),
    }
