"""Names of units and people: the key itself is made in core."""

from luwes.core.names import name_key

__all__ = ["name_key"]
