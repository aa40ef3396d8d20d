"""Health of the machine: time zone and disk."""

import shutil
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.config.health.line import Health, State
from luwes.core.formats import number

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
GIGABYTE = 1_000_000_000
WARN_BELOW = 2 * GIGABYTE
FAIL_BELOW = GIGABYTE // 5


def zone(now: datetime) -> list[Health]:
    """Whether dates follow an Indonesian clock."""
    name = settings.TIME_ZONE
    if short := ZONES.get(name):
        return [Health(_("Zona waktu: %(zone)s (%(short)s).") % {"zone": name, "short": short})]
    line = _("Zona waktu: %(zone)s bukan zona waktu Indonesia.") % {"zone": name}
    remedy = _("Isi LUWES_TIME_ZONE dengan Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura.")
    return [Health(line, State.WARN, remedy)]


def disk(now: datetime) -> list[Health]:
    """How much room the data folder has left."""
    free = shutil.disk_usage(settings.DATA).free
    line = _("Ruang simpan: %(free)s GB tersisa untuk %(folder)s.") % {
        "free": number(free / GIGABYTE, 1, get_language() or settings.LANGUAGE_CODE),
        "folder": settings.DATA,
    }
    if free >= WARN_BELOW:
        return [Health(line)]
    remedy = _("Kosongkan ruang atau pindahkan folder data lewat LUWES_DATA.")
    return [Health(line, State.FAIL if free < FAIL_BELOW else State.WARN, remedy)]
