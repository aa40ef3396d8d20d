"""Settling proposals: the same questions for a head with an account and for one with a link."""

from dataclasses import dataclass
from datetime import date

from luwes.apps.people import queries as units
from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.services import actions, proposals, queries
from luwes.apps.people.services.queries import ServiceRow
from luwes.apps.people.staff.queries import below
from luwes.web.frame.requests import PageRequest
from luwes.web.services.forms import CONFIRM, DROP, SettleForm

PROPOSE = "usulkan"


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for an answer, and how many more the catalogue offers."""

    rows: list[ServiceRow]
    offered: int


def waiting(unit_key: str, day: date) -> Open:
    """The proposed services of a unit and all below it."""
    inside = below(unit_key, units.units_on(day))
    return Open(list(queries.proposed(day, inside)), len(proposals.proposals(unit_key, day)))


def wants_proposals(visit: PageRequest) -> bool:
    """Whether the button that proposes was pressed, not the form."""
    return visit.method == "POST" and PROPOSE in visit.POST


def propose(unit_key: str, day: date) -> int:
    """Record what the catalogue offers; it holds since ever, because nobody knows since when."""
    return proposals.propose_services(unit_key=unit_key, since=ALWAYS, day=day)


def settle(form: SettleForm, unit_key: str, day: date) -> int:
    """Store the answers of a valid form; gives how many were settled."""
    return actions.settle_proposals(
        unit_key=unit_key, confirmed=form.answered(CONFIRM), dropped=form.answered(DROP), since=day
    )
