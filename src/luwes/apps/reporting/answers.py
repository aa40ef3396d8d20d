"""The page's answer in words, once for screen, paper, workbook and terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from luwes.apps.reporting import wording
from luwes.apps.reporting.budget import Age, LeadershipPage, UnitPage
from luwes.core.charts import Tone
from luwes.core.indicators.budget import BudgetFigure, BudgetPace, HeadlineBasis, Verdict, pace

TONES = {
    Verdict.ON_TARGET: Tone.GOOD,
    Verdict.SLIGHTLY_BELOW: Tone.NEAR,
    Verdict.BELOW: Tone.BAD,
    Verdict.NOT_DUE: Tone.QUIET,
    Verdict.NO_DENOMINATOR: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict in words with its tone, the sentence, the big number and what it is a share of.

    `gaps` is what is missing, said first; `notices` is what else must be known.
    """

    word: str
    tone: Tone
    sentence: str
    number: str = ""
    denominator: str = ""
    gaps: Sequence[str] = ()
    notices: Sequence[str] = ()


def leadership_answer(page: LeadershipPage) -> Answer:
    """Answer whether the government's budget realisation is on target."""
    if page.shown is None or page.total is None or page.age is None:
        return Answer(wording.no_data_word(), Tone.QUIET, wording.no_data())
    headline = page.total.headline
    partial = page.total.headline_basis is HeadlineBasis.SUM and bool(page.missing)
    gaps = [] if page.partial is None else [wording.partial(page.partial.as_of, page.partial.units)]
    # A source that names no unit at all is told by its coverage; nobody in particular failed to report.
    if page.missing and page.total.n_units:
        gaps.append(wording.missing(len(page.missing), page.expected, page.shown.as_of))
    if coverage := wording.coverage(page.total):
        gaps.append(coverage)
    about = wording.subject(reporting_units=page.total.n_units if partial else 0)
    notices = [] if page.change is None else [wording.change(page.change)]
    return _answer(headline, about, page.age, gaps, [*notices, *wording.flags(headline)])


def unit_answer(page: UnitPage) -> Answer:
    """Answer whether one unit's budget realisation is on target."""
    if page.line is None or page.age is None or page.rebased is None:
        return Answer(wording.no_data_word(), Tone.QUIET, wording.no_data_for(page.unit.name))
    gaps = [] if page.late is None else [wording.late(page.line.name, page.late.as_of)]
    notices = [wording.change(change) for change in page.rebased.changes]
    notices += [
        wording.fell(before.fact.figure.as_of, after.fact.figure.as_of)
        for before, after in pairwise(page.history)
        if after.point.realised_fell
    ]
    about = wording.subject(unit_name=page.line.name)
    return _answer(page.line.pace, about, page.age, gaps, [*notices, *wording.flags(page.line.pace)])


def _answer(pace: BudgetPace, about: str, age: Age, gaps: Sequence[str], notices: Sequence[str]) -> Answer:
    told = list(notices)
    if age.stale:
        told.insert(0, wording.stale(age.days))
    if age.ahead:
        told.insert(0, wording.ahead(pace.figure.as_of))
    if age.historical:
        told.append(wording.historical(age.newest.as_of))
    return Answer(
        # An old figure keeps its sentence, which names its date, but colours nothing.
        word=wording.stale_word() if age.stale else wording.verdict(pace.verdict),
        tone=Tone.QUIET if age.stale else TONES[pace.verdict],
        sentence=wording.sentence(pace, about),
        number="" if pace.pct is None else wording.pct(pace.pct),
        denominator=wording.denominator(pace),
        gaps=list(gaps),
        notices=told,
    )


def figure_sentence(figure: BudgetFigure, unit_name: str) -> str:
    """The sentence on one figure of a unit, for whoever is asked to explain it."""
    return wording.sentence(pace(figure), wording.subject(unit_name=unit_name))


def decisions_sentence(page: LeadershipPage) -> str:
    """How many units call for a decision, under the heading that says so; "" without any figures."""
    if page.shown is None:
        return ""
    return wording.decisions(len(page.decisions), len(page.lines), page.shown.as_of)
