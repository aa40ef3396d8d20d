"""Tables of people, units, services and days, split by subject."""

from luwes.apps.people.models.calendars import (
    Blackout,
    CalendarDay,
    CalendarVersion,
    RamadanPeriod,
    WorkingTimeAssignment,
)
from luwes.apps.people.models.changes import PeopleChange
from luwes.apps.people.models.programmes import ProgramMilestone, ProgramVersion, StrategicProgram
from luwes.apps.people.models.units import Unit, UnitKind, UnitVersion

__all__ = [
    "Blackout",
    "CalendarDay",
    "CalendarVersion",
    "PeopleChange",
    "ProgramMilestone",
    "ProgramVersion",
    "RamadanPeriod",
    "StrategicProgram",
    "Unit",
    "UnitKind",
    "UnitVersion",
    "WorkingTimeAssignment",
]
