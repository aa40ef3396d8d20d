"""Days and exposure: a month of planned flexible days for 14,000 people, and its sums written anew."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.bar import Bar
from bench.database import fresh_database

LIMITS = {
    "dry_run_s": (6.0, "s"),
    "confirm_s": (12.0, "s"),
    "changed_again": (0.0, "rows"),
    "recompute_s": (5.0, "s"),
    "page_p95_ms": (100.0, "ms"),
}


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject, all measured on one database with 14,000 people."""
    with fresh_database() as database:
        product = os.environ | {"LUWES_DATABASE_URL": database}
        subprocess.run([sys.executable, "-m", "luwes.config.cli", "migrate"], env=product, check=True, stdout=2)
        done = subprocess.run(
            [sys.executable, "-m", "bench._schedule"], env=product, check=True, stdout=subprocess.PIPE, text=True
        )
    found: dict[str, float] = json.loads(done.stdout)
    for name, (limit, unit) in LIMITS.items():
        yield Bar(f"schedule.{name}", found[name], limit, "<=", unit, {"rows": found["rows"]})


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
