"""Facts: staging and storing a province's punches, closing its month, and the leader's page on top of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.bar import Bar
from bench.database import fresh_database


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject."""
    yield punches()
    yield from month()


def punches() -> Bar:
    """1.2 million punches as two monthly files, staged (compared with what is stored) and stored."""
    found = measured("bench._facts")
    if found["stored"] != 1_200_000 or found["new_again"]:
        raise RuntimeError(f"not every punch was stored once: {found}")
    spent = found["stage_cpu_s"] + found["store_cpu_s"]
    return Bar("facts.punches_stage_store_cpu_s", spent, 12, "<=", "s", found)


def month() -> Iterator[Bar]:
    """A month of 14,000 people reckoned, summed, stored and closed; then the leader's page."""
    found = measured("bench._closing")
    if not found["present"]:
        raise RuntimeError(f"nobody was reckoned: {found}")
    yield Bar("facts.month_closing_cpu_s", found["cpu_s"], 10, "<=", "s", found)
    yield Bar("facts.leader_page_p95_ms", found["leader_page_p95_ms"], 100, "<=", "ms", found)


def measured(module: str) -> dict[str, float]:
    """What a module prints when it runs on an empty, migrated database."""
    with fresh_database() as database:
        product = os.environ | {"LUWES_DATABASE_URL": database}
        subprocess.run([sys.executable, "-m", "luwes.config.cli", "migrate"], env=product, check=True, stdout=2)
        done = subprocess.run(
            [sys.executable, "-m", module], env=product, check=True, stdout=subprocess.PIPE, text=True
        )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
