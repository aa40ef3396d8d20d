"""Health of the figures: when each source last brought any."""

from datetime import datetime

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.sources.models import BatchState, Source
from luwes.config.health.line import Health, State
from luwes.config.migrations import pending_migrations
from luwes.core.formats import long_date


def last_import_per_source(now: datetime) -> list[Health]:
    """One line per source; a source that never brought a confirmed file is a warning."""
    # Before the tables exist there is nothing to say, and the line on migrations says why.
    if pending_migrations():
        return []
    confirmed = Max("batches__settled_at", filter=Q(batches__state=BatchState.CONFIRMED))
    sources = Source.objects.annotate(last=confirmed).order_by("kind", "name")
    if not sources:
        return [Health(_("Impor: belum ada sumber data."))]
    return [_line(source.kind, source.name, source.last) for source in sources]


def _line(kind: str, name: str, last: datetime | None) -> Health:
    values = {"kind": kind, "name": name}
    if last is None:
        line = _("Impor %(kind)s dari %(name)s: belum pernah disahkan.") % values
        return Health(line, State.WARN, _("Impor berkasnya lalu sahkan: luwes import"))
    values["day"] = long_date(timezone.localdate(last), get_language() or settings.LANGUAGE_CODE)
    return Health(_("Impor %(kind)s dari %(name)s: terakhir %(day)s.") % values)
