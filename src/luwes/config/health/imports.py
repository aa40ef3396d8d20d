"""Health of the figures: when each source last brought any, and how old they are."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.queries import SourceRow, last_arrivals
from luwes.config.health.line import Health, State
from luwes.config.migrations import pending_migrations
from luwes.core.formats import long_date


def last_import_per_source(now: datetime) -> list[Health]:
    """One line per source; a warning for one that never brought a confirmed file, or whose figures are old."""
    # Before the tables exist there is nothing to say, and the line on migrations says why.
    if pending_migrations():
        return []
    # A source whose only files were discarded has nothing to tell.
    sources = [source for source in last_arrivals(now) if source.last or source.waiting]
    if not sources:
        return [Health(_("Impor: belum ada sumber data."))]
    return [_line(source) for source in sources]


def _line(source: SourceRow) -> Health:
    values = {"kind": kind_of(source.kind).label(), "name": source.name}
    if source.last is None or source.last.settled_at is None:
        line = _("Impor %(kind)s dari %(name)s: belum pernah disahkan.") % values
        return Health(line, State.WARN, _("Impor berkasnya lalu sahkan: luwes import"))
    values["day"] = _day(timezone.localdate(source.last.settled_at))
    told = _("Impor %(kind)s dari %(name)s: terakhir %(day)s.") % values
    if source.newest is not None:
        told = _("Impor %(kind)s dari %(name)s: terakhir %(day)s, data per %(as_of)s.") % {
            **values,
            "as_of": _day(source.newest),
        }
    if source.stale:
        return Health(told, State.WARN, _("Datanya sudah lama. Minta berkas terbaru kepada pengirimnya."))
    return Health(told)


def _day(day: date) -> str:
    return long_date(day, get_language() or settings.LANGUAGE_CODE)
