"""What is said about a service, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from luwes.apps.people.models.services import USUAL_SHARE
from luwes.core.services.hours import Window


@dataclass(frozen=True, slots=True)
class Standard:
    """Name, owner and published standard. `owner` is a unit's key; cost is whole rupiah, 0 is free.

    The promised time is `days` (working days) or `minutes`, never both; `required_share` percent of the cases must
    keep it. What the standard does not say is None.
    """

    name: str
    owner: str
    minutes: int | None = None
    days: int | None = None
    cost: int | None = None
    implementers: int | None = None
    hours: str = ""
    windows: Sequence[Window] = ()
    source: str = ""
    required_share: int = USUAL_SHARE


@dataclass(frozen=True, slots=True)
class Link:
    """A unit (or one of its posts, by its id) that a service needs, in which role, and how heavily it weighs."""

    role: str
    unit: str
    post: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """Where a service is given: its name, the unit that stands there, and the workplace's key ("": not recorded).

    Without `windows` the point is open when the service is.
    """

    name: str
    unit: str
    workplace: str = ""
    hours: str = ""
    windows: Sequence[Window] = ()


@dataclass(frozen=True, slots=True)
class Floor:
    """At least `minimum` people in the window; where reckoned, `minimum` is `share` percent of `base`, rounded up."""

    window: Window
    minimum: int
    share: int | None = None
    base: int | None = None
