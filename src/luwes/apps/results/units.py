"""Units as files of results name them, and creating those that are missing."""

from collections.abc import Sequence
from datetime import date

from luwes.apps.people.actions import create_unit
from luwes.apps.people.models import UnitKind
from luwes.apps.people.queries import government, unit_of
from luwes.apps.people.unit_book import UnitBook, options, resolve
from luwes.apps.results import wording
from luwes.apps.sources.kinds import Option, Unmapped
from luwes.apps.sources.reading.names import normalise

__all__ = ["UnitBook", "creatable", "create", "options", "resolve"]


def creatable() -> Sequence[Option]:
    """What an admin may create for a foreign value."""
    return [
        Option(UnitKind.AGENCY.value, wording.create_agency()),
        Option(UnitKind.GOVERNMENT.value, wording.create_government()),
    ]


def create(foreign: Unmapped, choice: str, day: date) -> str:
    """Create the unit a foreign value names and return its key. Raises CodeTaken, OutsideScope, Forbidden.

    A file without codes gives the unit a readable one made from its name.
    """
    kind = UnitKind(choice)
    top = government(day)
    parent = unit_of(top.key) if top is not None and kind is not UnitKind.GOVERNMENT else None
    code = foreign.value if foreign.value != foreign.label else normalise(foreign.label).replace(" ", "-")[:60]
    return create_unit(code=code, name=foreign.label, kind=kind, parent=parent).key
