"""Health of the audit chain: read again from its first entry."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.audit.verify import Verification, verify
from luwes.config.health.line import Health, State
from luwes.core.formats import number


def audit_chain(against: str) -> Health:
    """Verify the whole chain; `against` is a head printed earlier, or ""."""
    result = verify(against)
    entries = number(result.entries, 0, get_language() or settings.LANGUAGE_CODE)
    if result.holds:
        values = {"entries": entries, "head": result.head}
        return Health(_("Jejak audit: %(entries)s catatan utuh, kepala %(head)s.") % values)
    remedy = _("Simpan keadaan ini apa adanya, hubungi inspektorat, dan bandingkan dengan cadangan terakhir.")
    return Health(_fault(result, entries), State.FAIL, remedy)


def _fault(result: Verification, entries: str) -> str:
    return {
        "missing": _("Jejak audit: catatan nomor %(number)s hilang."),
        "hash": _("Jejak audit: catatan nomor %(number)s berubah setelah ditulis."),
        "detail": _("Jejak audit: rincian catatan nomor %(number)s berubah setelah ditulis."),
        "head_unknown": _("Jejak audit: kepala yang diberikan tidak ada dalam %(entries)s catatan ini."),
    }[result.fault] % {"number": result.broken_at, "entries": entries}
