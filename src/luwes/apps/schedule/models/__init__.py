"""The tables of the schedule: days, exposure and lots from files; rosters, their lots and wishes."""

from luwes.apps.schedule.models.days import (
    ExposureDay,
    ExposureMonth,
    ExposureThreshold,
    FollowedChange,
    How,
    LotRecord,
    Origin,
    PersonDay,
)
from luwes.apps.schedule.models.rosters import (
    CalendarLink,
    DraftState,
    RedrawnBlock,
    RedrawnLink,
    RosterDraft,
    RosterLot,
    RosterWish,
    SeedFrom,
)

__all__ = [
    "CalendarLink",
    "DraftState",
    "ExposureDay",
    "ExposureMonth",
    "ExposureThreshold",
    "FollowedChange",
    "How",
    "LotRecord",
    "Origin",
    "PersonDay",
    "RedrawnBlock",
    "RedrawnLink",
    "RosterDraft",
    "RosterLot",
    "RosterWish",
    "SeedFrom",
]
