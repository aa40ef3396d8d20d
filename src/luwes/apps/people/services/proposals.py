"""Services a unit probably has, by its name and those below it: proposed, and nothing counts before it is confirmed."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import luwes
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.models import Counting, ServiceVersion, Unit
from luwes.apps.people.queries import UnitRow, units_on
from luwes.apps.people.services.actions import create_service
from luwes.apps.people.services.facts import Link, Standard
from luwes.apps.people.staff.queries import below
from luwes.core.names import name_key
from luwes.core.services.catalogue import Common, Place, Proposal, propose, read_catalogue

CATALOGUE = Path(luwes.__file__).parent / "rulebooks" / "services" / "catalogue.toml"


@cache
def catalogue() -> tuple[Common, ...]:
    """The shipped names of common services."""
    return read_catalogue(CATALOGUE.read_text("utf-8"))


def proposals(unit_key: str, day: date) -> Sequence[Proposal]:
    """What the catalogue offers for the unit and all below it, without what is recorded or was turned down."""
    tree = units_on(day)
    inside = below(unit_key, tree)
    known = ServiceVersion.objects.filter(owner__key__in=inside).values_list("name_key", flat=True)
    offered = propose(
        catalogue(),
        [_place(row) for row in sorted(tree, key=lambda row: (row.key != unit_key, row.name)) if row.key in inside],
        outside=[_place(row) for row in tree if row.key not in inside],
    )
    names = set(known)
    return [one for one in offered if name_key(one.name) not in names]


def propose_services(*, unit_key: str, since: date, day: date) -> int:
    """Record what the catalogue offers as proposed from `since` on; gives how many. A second call adds nothing.

    Needs MANAGE_SERVICES over the unit. Raises OutsideScope, Forbidden.
    """
    access.require_unit(current().actor, Right.MANAGE_SERVICES, unit_key, day)
    unit = Unit.objects.get(key=unit_key)
    locking.lock_rows({Unit: [unit.pk]})
    offered = proposals(unit_key, day)
    for one in offered:
        create_service(
            standard=Standard(one.name, one.owner),
            since=since,
            status=Counting.PROPOSED,
            links=[Link(role, key) for role, key in one.chain],
        )
    if offered:
        record(action="service.proposed", subject=unit_key, facts={"entries": len(offered)})
    return len(offered)


def _place(row: UnitRow) -> Place:
    return Place(row.key, row.name, row.parent_key)
