"""The counter: durable answers of citizens against a bare INSERT and COMMIT of the same server in the same run."""

from collections.abc import Iterator

from bench.bar import Bar
from bench.facts import measured

# Without group commit: every answer is durable on its own before the citizen is told so.
NOTE = "each answer commits alone; no group commit"


def bars() -> Iterator[Bar]:
    """Yield the bars of the survey's intake."""
    found = measured("bench._counter")
    ratio = found["bare_per_s"] / found["db_part_per_s"]
    detail = {name: round(value, 3) for name, value in found.items()}
    yield Bar("counter.answer_db_part_of_bare_insert", ratio, 4.0, "<=", "times", {**detail, "note": NOTE})
    yield Bar("counter.answer_cpu_ms", found["action_cpu_ms"], 0.8, "<=", "ms", detail)
    yield Bar("counter.answer_page_p95_ms", max(found["page_p95_ms"], found["post_p95_ms"]), 50, "<=", "ms", detail)


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
