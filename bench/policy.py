"""The policy engine on an invented province: a month of everybody, one by one, two stacks, and the memory it takes;
then the same from a database, the reading of the facts told apart from deciding by them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.bar import Bar
from bench.database import fresh_database


def bars() -> Iterator[Bar]:
    """Yield the bars of this subject; measured in a process of its own, so that its memory is its own."""
    done = subprocess.run([sys.executable, "-m", "bench._policy"], check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    told = {"persons": found["persons"], "days": found["days"], "clauses": found["clauses"]}
    yield Bar("policy.scan_cpu_s", found["scan_s"], 1.0, "<=", "s", told)
    yield Bar("policy.scan_vs_one_by_one", found["ratio"], 20.0, ">=", "ratio", told | {"sampled": found["sampled"]})
    yield Bar("policy.compare_cpu_s", found["compare_s"], 3.0, "<=", "s", told | {"moved": found["moved"]})
    yield Bar("policy.memory_mb", found["memory_mb"], 300.0, "<=", "MB", told)
    yield Bar("policy.cells_that_differ", found["differ"], 0.0, "<=", "cells", {"sampled": found["sampled"]})
    yield from _stored()


def _stored() -> Iterator[Bar]:
    with fresh_database() as database:
        product = os.environ | {"LUWES_DATABASE_URL": database}
        subprocess.run([sys.executable, "-m", "luwes.config.cli", "migrate"], env=product, check=True, stdout=2)
        filling = [sys.executable, "-m", "bench._stored_policy"]
        subprocess.run(filling, env=product | {"LUWES_BENCH_FILL": "1"}, check=True, stdout=2)
        # In a process of its own, so that the memory is that of deciding alone.
        done = subprocess.run(filling, env=product, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    told = {"people": found["people"], "person_days": found["person_days"], "verdicts": found["verdicts"]}
    wall = {"wall_s": found["read_wall_s"], "queries": found["queries"]}
    yield Bar("policy.stored_read_cpu_s", found["read_cpu_s"], 2.0, "<=", "s", told | wall)
    yield Bar("policy.stored_scan_cpu_s", found["scan_cpu_s"], 1.0, "<=", "s", told)
    yield Bar("policy.stored_compare_cpu_s", found["compare_cpu_s"], 3.0, "<=", "s", told | {"moved": found["moved"]})
    yield Bar("policy.stored_one_cpu_s", found["one_cpu_s"], 0.5, "<=", "s", {"wall_s": found["one_wall_s"]})
    yield Bar("policy.stored_memory_mb", found["memory_mb"], 300.0, "<=", "MB", told)


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
