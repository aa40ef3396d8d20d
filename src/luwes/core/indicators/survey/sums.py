"""Survey answers as sums that add."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# In the order of the questionnaire (U1 to U9).
ELEMENTS = (
    "requirements",
    "procedure",
    "time",
    "cost",
    "product",
    "competence",
    "behaviour",
    "complaints",
    "facilities",
)
SCALE = (1, 2, 3, 4)

Counts = tuple[tuple[int, int, int, int], ...]
NO_ANSWERS: Counts = ((0, 0, 0, 0),) * len(ELEMENTS)


class SurveyError(ValueError):
    """Answers that cannot be summed; `code` is stable, `detail` is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class SurveySums:
    """Per element how often 1, 2, 3 and 4 was answered.

    `complete` respondents answered all nine elements: the official index rests on them alone, `counts` are theirs.
    `squares` is the sum, over them, of the square of a respondent's total (9 to 36): it gives the spread between
    people. `partial` are the counts of the `incomplete` respondents, who enter no index.
    Raises SurveyError counts_disagree.
    """

    complete: int = 0
    incomplete: int = 0
    counts: Counts = NO_ANSWERS
    squares: int = 0
    partial: Counts = NO_ANSWERS

    def __post_init__(self) -> None:
        if len(self.counts) != len(ELEMENTS) or len(self.partial) != len(ELEMENTS):
            raise SurveyError("counts_disagree", "nine elements")
        if any(sum(each) != self.complete for each in self.counts):
            raise SurveyError("counts_disagree", f"{self.complete} complete respondents")
        # No set of totals has a smaller sum of squares than equal ones (Cauchy-Schwarz).
        if self.squares * self.complete < self.total**2:
            raise SurveyError("counts_disagree", "sum of squares")

    def __add__(self, other: "SurveySums") -> "SurveySums":
        return SurveySums(
            self.complete + other.complete,
            self.incomplete + other.incomplete,
            _added(self.counts, other.counts),
            self.squares + other.squares,
            _added(self.partial, other.partial),
        )

    @property
    def total(self) -> int:
        """The sum of all answers of the complete respondents."""
        return sum(value * n for each in self.counts for value, n in zip(SCALE, each, strict=True))


def _added(first: Counts, second: Counts) -> Counts:
    return tuple((a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]) for a, b in zip(first, second, strict=True))


def sum_answers(respondents: Iterable[Sequence[int | None]]) -> SurveySums:
    """Sum the answers of respondents, each nine values 1-4 in the order of ELEMENTS, None: not answered.

    Somebody who answered nothing is not counted. Raises SurveyError elements_missing, answer_outside_scale.
    """
    full = [[0] * len(SCALE) for _ in ELEMENTS]
    part = [[0] * len(SCALE) for _ in ELEMENTS]
    complete = incomplete = squares = 0
    for answers in respondents:
        given = _checked(answers)
        if len(given) == len(ELEMENTS):
            complete += 1
            squares += sum(value for _, value in given) ** 2
        elif given:
            incomplete += 1
        table = full if len(given) == len(ELEMENTS) else part
        for element, value in given:
            table[element][value - 1] += 1
    return SurveySums(complete, incomplete, _frozen(full), squares, _frozen(part))


def _checked(answers: Sequence[int | None]) -> list[tuple[int, int]]:
    if len(answers) != len(ELEMENTS):
        raise SurveyError("elements_missing", str(len(answers)))
    given = [(element, value) for element, value in enumerate(answers) if value is not None]
    for _, value in given:
        if value not in SCALE:
            raise SurveyError("answer_outside_scale", str(value))
    return given


def _frozen(table: list[list[int]]) -> Counts:
    return tuple((row[0], row[1], row[2], row[3]) for row in table)
