"""Facts of a month for 14,000 people: reckoning it from 1.2 million punches, and the leader's page on top of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.bar import Bar
from bench.database import fresh_database

LIMITS = {
    "month_cpu_s": (10.0, "s"),
    "leader_page_p95_ms": (100.0, "ms"),
}


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject, all measured on one database with 14,000 people."""
    with fresh_database() as database:
        product = os.environ | {"LUWES_DATABASE_URL": database}
        subprocess.run([sys.executable, "-m", "luwes.config.cli", "migrate"], env=product, check=True, stdout=2)
        done = subprocess.run(
            [sys.executable, "-m", "bench._facts"], env=product, check=True, stdout=subprocess.PIPE, text=True
        )
    found: dict[str, float] = json.loads(done.stdout)
    for name, (limit, unit) in LIMITS.items():
        detail = {key: value for key, value in found.items() if key not in LIMITS}
        yield Bar(f"facts.{name}", found[name], limit, "<=", unit, detail)


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
