"""Complaints by state, as the recap of SP4N-LAPOR counts them."""

from dataclasses import dataclass
from fractions import Fraction

from luwes.core.indicators.sums import ratio


class ComplaintError(ValueError):
    """Counts that cannot be; `code` is stable, `detail` is for the log."""

    code = "count_negative"


@dataclass(frozen=True, slots=True)
class ComplaintSums:
    """Complaints of some units and months by state, and the channels they came through. Raises ComplaintError."""

    not_disposed: int = 0
    not_followed_up: int = 0
    in_process: int = 0
    done: int = 0
    channels: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if min(self.not_disposed, self.not_followed_up, self.in_process, self.done) < 0:
            raise ComplaintError(str(self))

    def __add__(self, other: "ComplaintSums") -> "ComplaintSums":
        return ComplaintSums(
            self.not_disposed + other.not_disposed,
            self.not_followed_up + other.not_followed_up,
            self.in_process + other.in_process,
            self.done + other.done,
            self.channels | other.channels,
        )

    @property
    def total(self) -> int:
        """All complaints."""
        return self.not_disposed + self.not_followed_up + self.in_process + self.done

    @property
    def followed_up(self) -> int:
        """In process or done."""
        return self.in_process + self.done

    @property
    def followed_up_share(self) -> Fraction | None:
        """The share in process or done; None without complaints."""
        return ratio(self.followed_up, self.total)

    @property
    def done_share(self) -> Fraction | None:
        """The share done; None without complaints."""
        return ratio(self.done, self.total)

    def per_thousand(self, services: int) -> Fraction | None:
        """Complaints per 1,000 services delivered; None when none was."""
        return ratio(1000 * self.total, services)


def added_channels(before: ComplaintSums, now: ComplaintSums) -> tuple[str, ...]:
    """Channels that are new: with more doors more complaints come in, and service need not be worse for it."""
    return tuple(sorted(now.channels - before.channels))
