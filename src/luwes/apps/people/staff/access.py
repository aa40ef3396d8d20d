"""Whether somebody may see a person: by the unit the person works in, or last worked in."""

from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.apps.people import access as people_access
from luwes.apps.people.staff.queries import Person


def require_person(actor: Actor, right: Right, person: Person, day: date) -> None:
    """Raise OutsideScope (404) for a person outside the scope, Forbidden (403) inside it without the right."""
    if actor.scope and not people_access.in_scope(actor, person.unit_key, day):
        raise OutsideScope(person.id)
    access.require(actor, right)
