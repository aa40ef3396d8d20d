"""Health of what is enacted: the stored rulebooks are those two people put into force."""

from datetime import datetime

from django.utils.translation import gettext as _

from luwes.apps.policy.verify import check
from luwes.config.health.line import Health, State
from luwes.config.migrations import pending_migrations


def enacted(now: datetime) -> list[Health]:
    """One line once anything is enacted; it fails where bytes, hash and audit chain do not agree."""
    # Before the tables exist the line on migrations says why.
    if pending_migrations():
        return []
    found = check()
    if not found.enacted:
        return []
    if not found.tampered:
        return [Health(_("Aturan: %(number)s penetapan utuh.") % {"number": found.enacted})]
    remedy = _("Hentikan keputusan menurut aturan itu, hubungi inspektorat, dan bandingkan dengan cadangan terakhir.")
    told = _("Aturan: isi yang tersimpan tidak sama dengan yang ditetapkan (%(names)s).")
    return [Health(told % {"names": ", ".join(found.tampered)}, State.FAIL, remedy)]
