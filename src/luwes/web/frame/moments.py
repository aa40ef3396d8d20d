"""Instants as people read them: on the government's clock, with its zone. Built into every template."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.core import formats

ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """An instant with weekday, minute and zone: "Rabu, 25 November 2026 pukul 09.30 WIB"."""
    local = timezone.localtime(value)
    return _("%(day)s pukul %(time)s") % {"day": formats.long_date(local.date(), _language()), "time": time_of(value)}


@register.filter
def local_date(value: datetime) -> str:
    """The date of an instant where the government is, short."""
    return formats.short_date(timezone.localdate(value), _language())


def time_of(value: datetime) -> str:
    """The time of day with its zone: "09.30 WIB"."""
    local = timezone.localtime(value)
    name = timezone.get_current_timezone_name()
    return f"{local.strftime('%H.%M')} {ZONES.get(name, name)}"


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"
