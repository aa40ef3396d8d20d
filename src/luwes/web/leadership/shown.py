"""From the page's data to what the components take: tones, rows, addresses, the text to share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from luwes.apps.people import queries as people
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting import facts, pictures, wording
from luwes.apps.reporting.answers import TONES, Answer, leadership_answer, unit_answer
from luwes.apps.reporting.budget import HistoryLine, LeadershipPage, UnitLine, UnitPage
from luwes.apps.reporting.four import Question
from luwes.apps.reporting.monthly_facts import KINDS
from luwes.apps.results.queries import BudgetDate
from luwes.apps.sources.breaks import breaks as declared_breaks
from luwes.core.charts import LIGHT, Tone
from luwes.core.workdays.periods import DAY
from luwes.web.leadership import dates

TAG_TONES = {Tone.GOOD: "success", Tone.NEAR: "warning", Tone.BAD: "danger", Tone.QUIET: "neutral"}
NOTE_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list component."""

    title: str
    url: str
    note: str
    figure: str


@dataclass(frozen=True, slots=True)
class Line:
    """One unit in the table: the judged figure with its word, tone and address."""

    line: UnitLine
    url: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and its heading."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Term:
    """One pair of a definition list."""

    term: str
    value: str


@dataclass(frozen=True, slots=True)
class Share:
    """Text that may leave the house: title, date and figures, no person."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the other questions as the page shows it, with the things behind it that need a decision."""

    question: str
    answer: Answer
    tone: str
    rows: Sequence[Row]


# The first of the three questions is about services, the second about programmes; results of work name nothing.
_PAGES = ("services:service", "calendar:program")
_LISTED = 8


def questions(asked: Sequence[Question]) -> list[Asked]:
    """The three questions in their order; of what waits behind each, the first few."""
    return [
        Asked(
            one.question,
            one.answer,
            tone(one.answer),
            [
                Row(title=name, url=reverse(_PAGES[number], args=[key]), note=why, figure="")
                for key, name, why in one.waiting[:_LISTED]
            ],
        )
        for number, one in enumerate(asked)
    ]


def breaks(unit_key: str, month: date, today: date) -> list[Term]:
    """Where the figures of a unit cross a change in how they are recorded, from a year before the month to today."""
    # A change in a section below is in the sums of the unit as well.
    keys = {*below(unit_key, people.units_on(today)), *people.above(unit_key, today)}
    rows = declared_breaks(KINDS, keys, month.replace(year=month.year - 1), today + DAY)
    return [Term(wording.day(row.on), row.description) for row in reversed(rows)]


def tone(answer: Answer) -> str:
    """The component tone of an answer."""
    return TAG_TONES[answer.tone]


def address(name: str, shown: BudgetDate | None, newest: BudgetDate | None, *args: str) -> str:
    """A page at the date shown; the newest needs no parameter, so that its address stays good."""
    url = reverse(f"leadership:{name}", args=args)
    if shown is None or shown == newest:
        return url
    return f"{url}?{dates.PARAMETER}={dates.encode(shown)}"


def lines(page: LeadershipPage) -> list[Line]:
    """Every unit, worst first."""
    newest = page.dates[0] if page.dates else None
    return [
        Line(
            line=line,
            url=address("unit", page.shown, newest, line.key),
            word=wording.verdict(line.pace.verdict),
            tone=TAG_TONES[TONES[line.pace.verdict]],
        )
        for line in page.lines
    ]


def decisions(page: LeadershipPage) -> list[Row]:
    """The units a leader must act on, worst first, with what they said about it."""
    notes = {note.unit_key: note for note in page.notes}
    newest = page.dates[0] if page.dates else None
    return [
        Row(
            title=line.name,
            url=address("unit", page.shown, newest, line.key),
            note=_decision_note(line, notes[line.key].text if line.key in notes else ""),
            figure=_behind(line),
        )
        for line in page.decisions
    ]


def _decision_note(line: UnitLine, said: str) -> str:
    parts = {
        "pct": "" if line.pace.pct is None else wording.pct(line.pace.pct),
        "target": "" if line.pace.target is None else wording.target_pct(line.pace.target.pct),
        "amount": wording.rupiah(line.pace.shortfall or 0),
    }
    told = _("%(pct)s dari target %(target)s; kurang %(amount)s.") % parts
    return f"{told} {_('Catatan')}: {Truncator(said).chars(NOTE_SHOWN)}" if said else told


def _behind(line: UnitLine) -> str:
    return "" if line.pace.deviation is None else wording.deviation(line.pace.deviation)


def bars(page: LeadershipPage) -> Picture | None:
    """The worst units against their targets."""
    worst = page.lines[: pictures.BARS_SHOWN]
    if not worst:
        return None
    muted = page.age is not None and page.age.stale
    title = facts.bars_title(len(worst), len(page.lines))
    return Picture(title, pictures.bars(worst, palette=LIGHT, width=pictures.PAGE_WIDTH, muted=muted))


def history(page_history: Sequence[HistoryLine], *, changed: bool) -> list[Picture]:
    """One unit over time: of each date's own ceiling and, when that changed, of the latest one."""
    if len(page_history) < 2:
        return []
    width = pictures.PAGE_WIDTH
    found = [
        Picture(
            _("Realisasi terhadap pagu pada tanggalnya"),
            pictures.own_line(page_history, palette=LIGHT, width=width),
        )
    ]
    if changed:
        svg = pictures.rebased_line(page_history, palette=LIGHT, width=width)
        found.append(Picture(_("Realisasi terhadap pagu terbaru"), svg))
    return found


def terms(pairs: Sequence[tuple[str, str]]) -> list[Term]:
    """Pairs for the definition list."""
    return [Term(term, value) for term, value in pairs]


def share_government(page: LeadershipPage, agency_name: str) -> Share:
    """What may be passed on about the government."""
    return _share(agency_name, leadership_answer(page))


def share_unit(page: UnitPage) -> Share:
    """What may be passed on about one unit."""
    return _share(page.unit.name, unit_answer(page))


def _share(name: str, answer: Answer) -> Share:
    # The sentence ends with its date; notes of persons never leave by this way.
    return Share(_("Realisasi anggaran %(name)s") % {"name": name}, " ".join([*answer.gaps, answer.sentence]))
