"""A private calendar of somebody's own flexible days; the secret in the address is the key."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luwes.apps.schedule.rosters.calendars import CalendarDay, days_of
from luwes.web.access import JOB_LINK, page
from luwes.web.calendar.ics import Event, calendar_file
from luwes.web.frame.requests import PageRequest


@page(access=JOB_LINK)
@require_safe
def own_days(request: HttpRequest, secret: str) -> HttpResponse:
    """The days as a file a phone subscribes to; nothing in it says whose they are."""
    found = days_of(secret, cast(PageRequest, request).today)
    if found is None:
        # One answer for unknown and withdrawn: the address tells nothing.
        raise Http404
    events = [Event(one.uid, one.day, _summary(one), one.changed, one.version, one.cancelled) for one in found]
    answer = HttpResponse(calendar_file(events, name=_("Hari fleksibel saya")), content_type="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="hari-fleksibel.ics"'
    patch_cache_control(answer, no_store=True)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _summary(one: CalendarDay) -> str:
    place = {
        "home": _("Bekerja dari rumah"),
        "other_office": _("Bekerja dari kantor lain"),
        "other_place": _("Bekerja dari tempat lain"),
    }[one.state]
    if one.half is None:
        return place
    return (_("%(place)s (pagi)") if one.half == 0 else _("%(place)s (siang)")) % {"place": place}
