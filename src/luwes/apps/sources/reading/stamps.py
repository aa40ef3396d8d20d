"""Stamps of logs (`2026-12-09 07:31:05`): a day and a time of day seen before are not read once more as a pair.

A log of a million rows has a million stamps, but few days and at most 86,400 times of day.
"""

import re

from luwes.apps.sources.reading.cells import Cell
from luwes.apps.sources.reading.layout import Column

_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}")
_DAY = len("2026-12-09")
_MIDNIGHT = "T00:00:00"


class Stamps:
    """The halves of the accepted stamps of one column, as they are written for COPY."""

    def __init__(self, column: Column) -> None:
        self._days: dict[str, str] = {}
        self._clocks: dict[str, str] = {}
        # A bound within a day would accept one time of it and not another.
        low, high = column.minimum, column.maximum
        self._apart = high is None and (low is None or str(low).endswith(_MIDNIGHT))

    def get(self, cell: Cell) -> str | None:
        """The piece for a stamp whose two halves are known, else None."""
        if not isinstance(cell, str):
            return None
        day = self._days.get(cell[:_DAY])
        clock = self._clocks.get(cell[_DAY:])
        return None if day is None or clock is None else day + clock

    def learn(self, cell: Cell, piece: str) -> None:
        """Keep the halves of an accepted stamp and of the piece it became."""
        if self._apart and isinstance(cell, str) and _STAMP.fullmatch(cell):
            end = piece.index("T")
            self._days[cell[:_DAY]] = piece[:end]
            self._clocks[cell[_DAY:]] = piece[end:]
