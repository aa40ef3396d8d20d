"""Sentences about files of days: what an import found, and why a row is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def leave_kind() -> str:
    """The name of the import kind."""
    return _("Cuti")


def leave_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: orang yang cuti terhitung bertugas, sehingga hasil per hari bertugas terlalu rendah.")


def flexdays_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: paparan dan hari fleksibel tidak terisi, sehingga tidak ada yang dapat dibandingkan.")


def trips_kind() -> str:
    """The name of the import kind."""
    return _("Dinas luar dan pelatihan")


def flexdays_kind() -> str:
    """The name of the import kind."""
    return _("Hari fleksibel yang direncanakan")


def lots_kind() -> str:
    """The name of the import kind."""
    return _("Undian hari fleksibel")


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kinds of days, as one sentence."""
    rejects = _rejects()
    if code in rejects:
        return rejects[code]
    count = int(facts.get("count") or 0)
    return f"{_rows(count)} {_findings()[code]}"


def refusal(code: str) -> str:
    """What a refused threshold means and what can be done."""
    return {
        "stale_threshold": _("Ambang sudah diubah orang lain. Muat ulang halaman, lalu periksa lagi."),
        "threshold_reason_missing": _("Alasan belum diisi. Tulis mengapa ambang ini dipakai."),
        "threshold_not_a_share": _("Ambang harus lebih dari 0 % dan paling banyak 100 %. Periksa angkanya."),
        "threshold_too_early": _("Sebelum 1 Januari 2025 tidak ada paparan. Pilih tanggal itu atau sesudahnya."),
    }[code]


def _rows(count: int) -> str:
    return ngettext("%(count)d baris:", "%(count)d baris:", count) % {"count": count}


def _rejects() -> dict[str, str]:
    return {
        "not_a_nip": _("Bukan NIP 18 angka. Tulis sebagai teks, misalnya 199503172020032001."),
        "employee_unknown": _("NIP ini belum ada di data pegawai. Impor berkas pegawai lebih dulu."),
        "ends_before_start": _("Tanggal sampai lebih awal daripada tanggal mulai. Periksa keduanya."),
        "period_too_long": _("Masa ini lebih dari setahun. Bagi menjadi beberapa baris, atau ubah kedudukan hukumnya."),
        "half_needs_one_day": _("Setengah hari hanya untuk satu tanggal. Tulis tanggal mulai dan sampai yang sama."),
        "not_working": _("Bukan hari kerja unit orang ini. Pilih hari kerja."),
        "not_in_service": _("Orang ini tidak bertugas pada tanggal itu. Periksa tanggalnya atau berkas pegawai."),
        "calendar_missing": _("Kalender tahun itu belum ada. Isi kalendernya lebih dulu."),
        "rows_differ": _("Dua baris mengisi setengah hari yang sama dengan isi berbeda. Sisakan satu baris."),
        "more_winners": _("Jumlah terpilih melebihi jumlah calon. Periksa keduanya."),
        "lots_differ": _("Undian dan strata ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
    }


def _findings() -> dict[str, str]:
    planned = _("bertemu jadwal yang sudah terbit. Baris ini yang berlaku; susun ulang jadwalnya.")
    return {
        "repeated_rows": _("setengah hari yang sama sudah disebut baris lain; dihitung sekali."),
        "days_outside_service": _("sebagian tanggalnya di luar masa tugas orang itu; tanggal itu tidak dihitung."),
        "lot_unknown": _("ditetapkan dengan undian yang belum tercatat. Impor berkas undiannya."),
        "yields_to_leave": _("orangnya sudah cuti. Cuti yang berlaku, karena cuti membebaskan dari kewajiban kerja."),
        "yields_to_trip": _("orangnya dinas luar. Dinas luar yang berlaku, karena ada surat tugas."),
        "yields_to_training": _("orangnya ikut pelatihan. Pelatihan yang berlaku, karena ada penugasan."),
        "leave_overrides_trips": _("bertemu dinas luar atau pelatihan yang tersimpan. Cuti ini yang berlaku."),
        "leave_overrides_flexdays": _("bertemu hari fleksibel yang tersimpan. Cuti ini yang berlaku."),
        "trip_overrides_flexdays": _("bertemu hari fleksibel yang tersimpan. Dinas luar ini yang berlaku."),
        "leave_overrides_roster": _("bertemu jadwal yang sudah terbit. Cuti ini yang berlaku; susun ulang jadwalnya."),
        "trip_overrides_roster": _("bertemu jadwal yang sudah terbit. Dinas ini yang berlaku; susun ulang jadwalnya."),
        "training_overrides_roster": _(
            "bertemu jadwal yang sudah terbit. Pelatihan ini yang berlaku; susun ulang jadwalnya."
        ),
        **{f"{place}_overrides_roster": planned for place in ("home", "other_office", "other_place", "office")},
        "training_overrides_flexdays": _("bertemu hari fleksibel yang tersimpan. Pelatihan ini yang berlaku."),
    }
