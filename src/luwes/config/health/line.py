"""One line of health."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it stands; FAIL makes `luwes check` end with exit code 1."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Health:
    """What was looked at and how it stands, in one sentence, and what to do if it does not stand well."""

    line: str
    state: State = State.OK
    remedy: str = ""
