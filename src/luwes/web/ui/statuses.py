"""The nine words a matter can be in, the outcomes of a rule, and the look of each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TONE_ICONS = {
    "neutral": "info",
    "info": "info",
    "success": "check-circle",
    "warning": "warning",
    "danger": "cross-circle",
}


@dataclass(frozen=True, slots=True)
class Status:
    """A word with its tone and icon: colour never speaks alone."""

    word: str | Promise
    tone: str
    icon: str


STATUSES = {
    "draft": Status(_("Draf"), "neutral", "pen"),
    "submitted": Status(_("Diajukan"), "info", "send"),
    "returned": Status(_("Perlu perbaikan"), "warning", "return"),
    "approved": Status(_("Disetujui"), "success", "check-circle"),
    "refused": Status(_("Ditolak"), "danger", "cross-circle"),
    "cancelled": Status(_("Dibatalkan"), "neutral", "cross"),
    "running": Status(_("Berjalan"), "info", "play"),
    "done": Status(_("Selesai"), "success", "flag"),
    "suspended": Status(_("Ditangguhkan"), "warning", "pause"),
}

OUTCOMES = {
    "PASS": Status(_("Terpenuhi"), "success", "check-circle"),
    "FAIL": Status(_("Belum terpenuhi"), "danger", "cross-circle"),
    "UNKNOWN": Status(_("Belum diketahui"), "warning", "question"),
    "NOT_APPLICABLE": Status(_("Tidak berlaku"), "neutral", "info"),
}


def status(code: str) -> Status:
    """Give the look of one of the nine statuses; KeyError for any other word."""
    return STATUSES[code]


def outcome(code: str) -> Status:
    """Give the look of a rule's outcome; KeyError for any other."""
    return OUTCOMES[code]
