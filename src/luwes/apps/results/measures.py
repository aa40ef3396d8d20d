"""The measures of services, and what the sums of each hold: counts and whole numbers, never ratios, never persons.

`kept` of `of` is what a promise is judged by. Small numbers are stored as they are and hidden where they are shown.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from luwes.core.indicators.queue import MinuteCounts, QueueSums
from luwes.core.indicators.speed import CaseCounts
from luwes.core.indicators.sums import merged
from luwes.core.indicators.survey import SurveySums


class Measure(StrEnum):
    """What `ServiceFigure.measure` may be.

    WITHIN_TIME: `of` cases due on the day, `kept` those closed by then; a case due today counts tomorrow.
    QUEUE_WAIT: no standard here states a wait, so `kept` and `of` are 0 and the sums say everything.
    SURVEY: `of` answers that say how content somebody was, `kept` those above the middle of the scale.
    HOURS_KEPT: `of` minutes the standard promises on a working day with a record, `kept` those really open.
    """

    WITHIN_TIME = "within_time"
    QUEUE_WAIT = "queue_wait"
    SURVEY = "survey"
    HOURS_KEPT = "hours_kept"


class Witness(StrEnum):
    """Measures that watch the counter from outside, kept beside what it says itself and never added to it.

    CLOSED_REPORTS: `of` reports of a closed door that nothing speaks against, `kept` those at which the counter's
    own record says open (sums: `disputed`, from how many networks those came). SPOT_CHECK: `of` checks filed, `kept`
    those at which somebody was served (sums: `against`, how many met nobody where the own record says open).
    """

    CLOSED_REPORTS = "closed_reports"
    SPOT_CHECK = "spot_check"


@dataclass(frozen=True, slots=True)
class CaseSums:
    """Cases of some days: those due by state, and how many were opened and closed, whenever due."""

    counts: CaseCounts = field(default_factory=CaseCounts)
    opened: int = 0
    closed: int = 0

    def __add__(self, other: "CaseSums") -> "CaseSums":
        return CaseSums(self.counts + other.counts, self.opened + other.opened, self.closed + other.closed)

    def to_json(self) -> dict[str, Any]:
        """As stored; cases not yet due are left out, because they change with every day that passes."""
        kept = {name: n for name, n in asdict(self.counts).items() if name != "not_yet_due"}
        return {**kept, "opened": self.opened, "closed": self.closed}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "CaseSums":
        """From what was stored."""
        counts = {name: n for name, n in data.items() if name not in ("opened", "closed")}
        return cls(CaseCounts(**counts), data["opened"], data["closed"])


@dataclass(frozen=True, slots=True)
class WaitSums:
    """A queue over some days, and the minutes in service of those served."""

    queue: QueueSums = field(default_factory=QueueSums)
    serving: MinuteCounts = field(default_factory=MinuteCounts)

    def __add__(self, other: "WaitSums") -> "WaitSums":
        return WaitSums(self.queue + other.queue, self.serving + other.serving)

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        queue = self.queue
        return {
            "arrived": queue.arrived,
            "called": queue.called,
            "served": queue.served,
            "waits": as_text(queue.waits),
            "serving": as_text(self.serving),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "WaitSums":
        """From what was stored."""
        waits = as_minutes(data["waits"])
        queue = QueueSums(data["arrived"], data["called"], data["served"], waits)
        return cls(queue, as_minutes(data["serving"]))


@dataclass(frozen=True, slots=True)
class AnswerSums:
    """Survey answers of some days: the nine elements, and the short questions as counts.

    `served` and `promised` are (no, yes), `content` counts 1 to 4; `channels` counts every answer by its channel.
    `flagged` are (kept, of, answers) of those answers, counted above too, that came in bursts or at odd times, and
    `flagged_served` what those of them say of being served (no, yes).
    """

    answers: int = 0
    survey: SurveySums = field(default_factory=SurveySums)
    served: tuple[int, ...] = (0, 0)
    promised: tuple[int, ...] = (0, 0)
    content: tuple[int, ...] = (0, 0, 0, 0)
    channels: Mapping[str, int] = field(default_factory=dict)
    flagged: tuple[int, ...] = (0, 0, 0)
    flagged_served: tuple[int, ...] = (0, 0)

    def __add__(self, other: "AnswerSums") -> "AnswerSums":
        return AnswerSums(
            self.answers + other.answers,
            self.survey + other.survey,
            _added(self.served, other.served),
            _added(self.promised, other.promised),
            _added(self.content, other.content),
            merged(self.channels, other.channels),
            _added(self.flagged, other.flagged),
            _added(self.flagged_served, other.flagged_served),
        )

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "AnswerSums":
        """From what was stored."""
        survey = data["survey"]
        return cls(
            answers=data["answers"],
            survey=SurveySums(
                complete=survey["complete"],
                incomplete=survey["incomplete"],
                counts=tuple(map(tuple, survey["counts"])),
                squares=survey["squares"],
                partial=tuple(map(tuple, survey["partial"])),
            ),
            served=tuple(data["served"]),
            promised=tuple(data["promised"]),
            content=tuple(data["content"]),
            channels=data["channels"],
            flagged=tuple(data["flagged"]),
            # Figures stored before this was counted say nothing of it.
            flagged_served=tuple(data.get("flagged_served", (0, 0))),
        )


@dataclass(frozen=True, slots=True)
class OpenSums:
    """Opening hours over some days: minutes promised where a record says what was kept, and minutes kept.

    `shut_days` are records that say it never opened, `unknown` records without opening or closing time: of their
    minutes nothing is known. `whole` are days on which one record speaks for all points of the service, `tapped`
    records that the counter made itself; the others come from files.
    """

    promised: int = 0
    kept: int = 0
    records: int = 0
    shut_days: int = 0
    unknown: int = 0
    whole: int = 0
    tapped: int = 0

    def __add__(self, other: "OpenSums") -> "OpenSums":
        return OpenSums(
            self.promised + other.promised,
            self.kept + other.kept,
            self.records + other.records,
            self.shut_days + other.shut_days,
            self.unknown + other.unknown,
            self.whole + other.whole,
            self.tapped + other.tapped,
        )

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "OpenSums":
        """From what was stored."""
        return cls(**data)


def as_text(minutes: MinuteCounts) -> dict[str, int]:
    """Counts per minute with text keys, as JSON wants them, in order."""
    return {str(minute): n for minute, n in sorted(minutes.counts.items())}


def as_minutes(counts: Mapping[str, int]) -> MinuteCounts:
    """Counts per minute from JSON."""
    return MinuteCounts({int(minute): n for minute, n in counts.items()})


def _added(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(one + other for one, other in zip(first, second, strict=True))
