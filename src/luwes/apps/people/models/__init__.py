"""Tables of people, units, services and days, split by subject."""

from luwes.apps.people.models.units import Unit, UnitKind, UnitVersion

__all__ = ["Unit", "UnitKind", "UnitVersion"]
