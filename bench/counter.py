"""The counter: durable answers of citizens against a bare INSERT and COMMIT of the same server in the same run."""

import os
import random
from collections.abc import Iterator

from bench import _planted, _stuffing
from bench.bar import Bar
from bench.facts import measured

# Without group commit: every answer is durable on its own before the citizen is told so. With it 0.8 would be asked;
# this is the honest figure of what the lookup, the bounds and the commit of each answer cost beside a bare INSERT.
NOTE = "each answer commits alone; no group commit"
DB_PART = 3.5
WEEKS, POSTERS, STUFFED = (400, 50, 28) if os.environ.get("FULL") == "1" else (80, 50, 28)
LONG = 21


def bars() -> Iterator[Bar]:
    """Yield the bars of the survey's intake."""
    found = measured("bench._counter")
    ratio = found["bare_per_s"] / found["db_part_per_s"]
    detail = {name: round(value, 3) for name, value in found.items()}
    yield Bar("counter.answer_db_part_of_bare_insert", ratio, DB_PART, "<=", "times", {**detail, "note": NOTE})
    yield Bar("counter.answer_cpu_ms", found["action_cpu_ms"], 0.8, "<=", "ms", detail)
    yield Bar("counter.answer_page_p95_ms", max(found["page_p95_ms"], found["post_p95_ms"]), 50, "<=", "ms", detail)
    yield from planted()


def planted() -> Iterator[Bar]:
    """Truths planted in invented answers and checks, and how often honest posters are taken for stuffed ones."""
    draw = random.Random(20261125)
    wrong = _stuffing.false_posters(draw, WEEKS, POSTERS)
    yield Bar("counter.stuffing_false_posters", wrong, 0.002, "<=", "share", {"poster_weeks": WEEKS * POSTERS})
    found = {str(a_day): round(_stuffing.recovered(draw, WEEKS // 4, 12, a_day), 3) for a_day in (4, 8, 15, STUFFED)}
    yield Bar("counter.stuffing_recovered", found[str(STUFFED)], 0.85, ">=", "share", {"by_answers_a_day": found})
    # The same over the three weeks that are looked at every night, too.
    long = _stuffing.false_posters(draw, WEEKS // 4, POSTERS, LONG)
    yield Bar("counter.stuffing_false_posters_long", long, 0.002, "<=", "share", {"posters": WEEKS // 4 * POSTERS})
    slow = {str(a_day): round(_stuffing.recovered(draw, WEEKS // 2, 12, a_day, LONG), 3) for a_day in (4, 8)}
    yield Bar("counter.stuffing_recovered_long", slow["8"], 0.7, ">=", "share", {"by_answers_a_day": slow})
    meets = {
        f"{locked:.0%}/{checks}": round(_stuffing.false_meets(draw, WEEKS * 5, locked, checks), 4)
        for locked in (0.15, 0.3, 0.5)
        for checks in (4, 8, 16)
    }
    yield Bar("counter.locked_30_pct_meets", meets["30%/8"], 0.1, "<=", "share", {"by_locked_and_checks": meets})
    yield from _planted.bars()


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
