"""Facts of a month for 14,000 people: 1.2 million punches in, the month reckoned, its reports and the leader's page."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.bar import Bar
from bench.database import fresh_database


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject, each part on a database of its own with 14,000 people."""
    brought = measured("bench._punches")
    if brought["stored"] != brought["sent"] or brought["new_again"]:
        raise RuntimeError(f"not every punch was stored once: {brought}")
    spent = brought["stage_cpu_s"] + brought["store_cpu_s"]
    yield Bar("facts.punches_stage_store_cpu_s", spent, 12, "<=", "s", brought)
    month = measured("bench._facts")
    yield Bar("facts.month_cpu_s", month.pop("month_cpu_s"), 10, "<=", "s", month)
    issued = measured("bench._reports")
    page = issued.pop("leader_page_p95_ms")
    # The 40 of the province and its own, in both formats.
    yield Bar("facts.reports_40_pd_wall_s", issued["pdf_wall_s"] + issued["xlsx_wall_s"], 40, "<=", "s", issued)
    yield Bar("facts.leader_page_p95_ms", page, 100, "<=", "ms", {})


def measured(module: str) -> dict[str, float]:
    """What a module of figures prints, run on an empty, migrated database."""
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
