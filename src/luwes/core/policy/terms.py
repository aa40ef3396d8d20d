"""The words of a rulebook that mean the same everywhere."""

from enum import IntEnum, StrEnum
from typing import NewType

# Minutes after midnight, written "07:30" in a rulebook.
Minute = NewType("Minute", int)


class Level(IntEnum):
    """Where an instrument stands; the higher number yields to the lower one."""

    ACT = 1
    GOVERNMENT_REGULATION = 2
    PRESIDENTIAL_REGULATION = 3
    MINISTERIAL_REGULATION = 4
    NATIONAL_CIRCULAR = 5
    REGIONAL_REGULATION = 6
    LOCAL_CIRCULAR = 7


class State(StrEnum):
    """How far an instrument has come. Only a trial and one in force bind; the others are for simulation."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    TRIAL = "trial"
    IN_FORCE = "in_force"


class Weekday(StrEnum):
    """The days of a week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Monday is 0, as `date.weekday` has it."""
        return list(Weekday).index(self)


class Mode(StrEnum):
    """The kind of flexible work."""

    WFH = "wfh"
    WFA = "wfa"
    FWA = "fwa"  # place and time, as national letters say it
    TIME = "time"  # only the hours move


class Binding(StrEnum):
    """Whether a day of flexible work is ordered, or may be used."""

    MANDATED = "mandated"
    PERMITTED = "permitted"


class Rounding(StrEnum):
    """How a share of people becomes a number of people. Undecided: judged only where all roundings agree."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half_up"
    UNDECIDED = "undecided"


class Per(StrEnum):
    """Whose people a quota counts."""

    TEAM = "team"
    UNIT = "unit"
    OPD = "opd"


class Away(StrEnum):
    """Why somebody does not work at all on a day, or not here."""

    LEAVE = "leave"
    TRIP = "trip"
    STUDY = "study"


class ShortWeek(StrEnum):
    """What a minimum of office days asks of a week with holidays."""

    STRICT = "strict"  # the same number of office days in every week
    USUAL = "usual"  # no more flexible days than in a week without holidays
    UNDECIDED = "undecided"


class Place(StrEnum):
    """From where."""

    HOME = "home"
    OTHER_OFFICE = "other_office"
    SHARED_WORKSPACE = "shared_workspace"
    OTHER = "other"


class Form(StrEnum):
    """What a claimed figure is; figures of two forms are never compared as if they were one."""

    BASELINE = "baseline"
    PROJECTION = "projection"
    TARGET = "target"
    MEASURED = "measured"
    STATEMENT = "statement"  # said aloud, with no method given


class Outcome(StrEnum):
    """What one rule says."""

    PASS = "pass"  # noqa: S105 - the outcome, no password
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What all rules say together."""

    ALLOWED = "allowed"
    NEEDS_JUDGEMENT = "needs_judgement"
    REFUSED = "refused"
