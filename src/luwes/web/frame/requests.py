"""What the frame adds to a request, typed."""

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from luwes.apps.accounts.queries import RoleRow
from luwes.apps.audit.actor import Actor


class PageRequest(HttpRequest):
    """A request that has passed the frame's middleware."""

    request_id: str
    now: datetime
    today: date
    actor: Actor
    role: RoleRow | None
    role_count: int  # of roles held, to come or expired: with one there is nothing to switch
    htmx: HtmxDetails
