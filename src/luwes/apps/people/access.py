"""Whether a unit lies in somebody's scope: the unit itself or anything below it."""

from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.apps.people import queries


def in_scope(actor: Actor, unit_key: str, day: date) -> bool:
    """Whether the unit stands on the day in the actor's scope."""
    above = queries.above(unit_key, day)
    return bool(above) and (not actor.scope or actor.scope in above)


def require_unit(actor: Actor, right: Right, unit_key: str, day: date) -> None:
    """Raise OutsideScope (404) outside the scope, Forbidden (403) inside it without the right."""
    if not in_scope(actor, unit_key, day):
        raise OutsideScope(unit_key)
    access.require(actor, right)
