"""Sentences of calendars, blackouts, working hours and strategic programmes."""

from django.utils.translation import gettext as _

from luwes.core.workdays.calendar import DayKind, HolidayKind, Pattern
from luwes.core.workdays.status import Status
from luwes.core.workdays.worktime import Notice, Season


def day_kind(kind: DayKind) -> str:
    """What kind of day it is."""
    return {
        DayKind.WORKING: _("Hari kerja"),
        DayKind.OFF: _("Di luar hari kerja"),
        DayKind.NATIONAL: _("Libur nasional"),
        DayKind.JOINT: _("Cuti bersama"),
    }[kind]


def holiday_kind(kind: HolidayKind) -> str:
    """What kind of holiday it is."""
    return day_kind(DayKind(kind.value))


def status(status: Status) -> str:
    """How sure a date or a rule is."""
    return {
        Status.SEEN: _("dari naskah keputusan"),
        Status.REPORTED: _("dari pemberitaan"),
        Status.ASSUMED: _("perkiraan"),
    }[status]


def pattern(pattern: Pattern) -> str:
    """How many days a week are worked."""
    return {Pattern.FIVE: _("Lima hari kerja"), Pattern.SIX: _("Enam hari kerja")}[pattern]


def season(season: Season) -> str:
    """When hours hold."""
    return {
        Season.NORMAL: _("Hari biasa"),
        Season.RAMADAN: _("Bulan Ramadan"),
        Season.EMERGENCY: _("Keadaan darurat"),
    }[season]


def notice(notice: Notice) -> str:
    """What to tell about a schedule."""
    return {
        Notice.OVER_WEEKLY: _("Jumlah jam seminggu melebihi ketentuan Perpres 21/2023."),
        Notice.UNDER_WEEKLY: _("Jumlah jam seminggu di bawah ketentuan Perpres 21/2023."),
        Notice.EARLY_START: _("Ada hari yang mulai sebelum pukul 07.30."),
        Notice.NOT_CONFIRMED: _("Jadwal ini perkiraan; cocokkan dengan penetapan Anda."),
    }[notice]


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "no_such_calendar": _("Kalender tahun ini belum ada. Muat kalender bawaan atau catat keputusan setahun."),
        "stale_calendar": _("Kalender tahun ini sudah diubah orang lain. Muat ulang halaman, lalu periksa lagi."),
        "day_already_off": _("Tanggal ini sudah libur. Pilih tanggal lain."),
        "no_such_holiday": _("Tanggal ini bukan hari libur. Muat ulang halaman."),
        "basis_missing": _("Dasar perubahan belum diisi. Tulis keputusan atau alasannya."),
        "no_such_blackout": _("Masa larangan ini sudah dicabut. Kembali ke kalender."),
        "no_such_schedule": _("Jadwal ini tidak mengatur pola hari kerja yang dipilih. Pilih jadwal atau pola lain."),
        "no_such_unit": _("Unit ini tidak ada. Pilih unit lain."),
        "no_such_program": _("Program ini tidak ada. Kembali ke daftar program."),
        "stale_program": _("Program ini sudah diubah orang lain. Muat ulang halaman, lalu periksa lagi."),
        "program_name_missing": _("Nama program belum diisi."),
        "progress_without_date": _("Capaian memerlukan tanggal. Isi tanggal capaian."),
    }[code]
