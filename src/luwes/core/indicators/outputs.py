"""Results of work per staff-day on duty and against target."""

from dataclasses import dataclass
from fractions import Fraction

from luwes.core.indicators.sums import ratio


class OutputError(ValueError):
    """Counts that cannot be; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class OutputSums:
    """Results over some days of one kind of result; different kinds do not add (a letter is not an inspection).

    `count` is all results; `targeted` those of rows with a target, against `target`. `quality` is the sum of the
    percentages of the `rated` rows. `duty_halves` are half staff-days planned on duty on the days counted: it comes
    from the planned days of all staff, so people without results stay in the denominator.
    Raises OutputError count_negative, targeted_over_count, quality_invalid.
    """

    count: int = 0
    targeted: int = 0
    target: int = 0
    quality: int = 0
    rated: int = 0
    duty_halves: int = 0

    def __post_init__(self) -> None:
        if min(self.count, self.targeted, self.target, self.quality, self.rated, self.duty_halves) < 0:
            raise OutputError("count_negative", str(self))
        if self.targeted > self.count:
            raise OutputError("targeted_over_count", f"{self.targeted} > {self.count}")
        if self.quality > 100 * self.rated:
            raise OutputError("quality_invalid", f"{self.quality} of {self.rated}")

    def __add__(self, other: "OutputSums") -> "OutputSums":
        return OutputSums(
            self.count + other.count,
            self.targeted + other.targeted,
            self.target + other.target,
            self.quality + other.quality,
            self.rated + other.rated,
            self.duty_halves + other.duty_halves,
        )

    @property
    def staff_days(self) -> Fraction:
        """The denominator in staff-days."""
        return Fraction(self.duty_halves, 2)

    @property
    def per_staff_day(self) -> Fraction | None:
        """Results per staff-day on duty; None where nobody was planned on duty."""
        return ratio(self.count, self.staff_days)

    @property
    def against_target(self) -> Fraction | None:
        """Results ÷ target, of the rows that state one; None without a target."""
        return ratio(self.targeted, self.target)

    @property
    def quality_mean(self) -> Fraction | None:
        """Mean quality in percent of the rows that state one; None without any."""
        return ratio(self.quality, self.rated)
