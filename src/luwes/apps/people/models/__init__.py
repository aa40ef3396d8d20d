"""Tables of people, units, services and days, split by subject."""

from luwes.apps.people.models.calendars import (
    Blackout,
    CalendarDay,
    CalendarVersion,
    RamadanPeriod,
    WorkingTimeAssignment,
)
from luwes.apps.people.models.changes import PeopleChange
from luwes.apps.people.models.places import Signal, SuccessionKind, UnitSuccession, Workplace, WorkplaceVersion, Zone
from luwes.apps.people.models.programmes import ProgramMilestone, ProgramVersion, StrategicProgram
from luwes.apps.people.models.services import (
    ChainLink,
    Counting,
    CoverageFloor,
    LinkRole,
    Service,
    ServicePoint,
    ServicePointVersion,
    ServiceVersion,
)
from luwes.apps.people.models.staff import (
    Answer,
    DisciplineRecord,
    Employee,
    EmployeeVersion,
    Employment,
    HeadCapacity,
    Post,
    PostAssessment,
    Posting,
    PostKind,
    Standing,
    UnitHead,
)
from luwes.apps.people.models.units import Unit, UnitKind, UnitVersion

__all__ = [
    "Answer",
    "Blackout",
    "CalendarDay",
    "CalendarVersion",
    "ChainLink",
    "Counting",
    "CoverageFloor",
    "DisciplineRecord",
    "Employee",
    "EmployeeVersion",
    "Employment",
    "HeadCapacity",
    "LinkRole",
    "PeopleChange",
    "Post",
    "PostAssessment",
    "PostKind",
    "Posting",
    "ProgramMilestone",
    "ProgramVersion",
    "RamadanPeriod",
    "Service",
    "ServicePoint",
    "ServicePointVersion",
    "ServiceVersion",
    "Signal",
    "Standing",
    "StrategicProgram",
    "SuccessionKind",
    "Unit",
    "UnitHead",
    "UnitKind",
    "UnitSuccession",
    "UnitVersion",
    "WorkingTimeAssignment",
    "Workplace",
    "WorkplaceVersion",
    "Zone",
]
