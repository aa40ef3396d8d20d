"""*Dampak* for reports and pages: what an evaluation found, else why nothing is concluded and the cheapest lot."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from luwes.apps.evaluation import days, queries, wording
from luwes.apps.evaluation.panels import Outcome
from luwes.apps.evaluation.prospects import cheapest
from luwes.apps.evaluation.queries import RunRow
from luwes.apps.people.models import UnitKind
from luwes.apps.people.queries import units_on
from luwes.core.workdays.months import next_month

# What a fall must not exceed, where nobody has frozen another margin: points of the survey, percentage points.
USUAL_MARGINS = ((Outcome.SURVEY, 2.0), (Outcome.WITHIN_TIME, 3.0), (Outcome.HOURS_KEPT, 3.0))
# So many working days of the past are enough to promise a date, and few enough for a page.
LOOKED_BACK = 60


def found_by(month: date) -> RunRow | None:
    """The newest result whose data end by the end of the month; None: nothing was run."""
    return queries.latest(next_month(month))


def service_sentences(run: RunRow | None) -> list[str]:
    """On service as a whole, with how far a cause may be named; without a run that nothing is concluded."""
    if run is None:
        return [wording.without_run()]
    return [wording.service_sentence(run), wording.grade_sentence(run.result)]


def output_sentence(run: RunRow | None) -> str | None:
    """On results of work per staff-day; None where no evaluation asked about them."""
    told = None if run is None else run.result["outcomes"].get(Outcome.OUTPUT.value)
    return None if told is None else wording.outcome_sentence(Outcome.OUTPUT.value, told)


def quality_word(run: RunRow | None) -> str:
    """Better, same or worse in a word."""
    return _("Belum dapat disimpulkan") if run is None else wording.verdict(run.result["service"]["verdict"])


def cheapest_sentences(run: RunRow | None, today: date) -> list[str]:
    """Where nothing could be told for want of a lot: the cheapest one that would, and by when."""
    if run is not None and run.result["grade"] == "A":
        return []
    keys = [unit.key for unit in units_on(today, kinds=[UnitKind.AGENCY])]
    past: Sequence[date] = days.before(today)[-LOOKED_BACK:]
    for outcome, margin in USUAL_MARGINS:
        promised = cheapest(outcome, keys, past, margin) if len(keys) > 1 else None
        if promised is not None:
            return [wording.cheapest_sentence(promised[0], promised[1].weeks)]
    return [wording.no_cheapest()]
