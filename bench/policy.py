"""The policy engine on an invented province: a month of everybody, one by one, two stacks, and the memory it takes."""

import json
import subprocess
import sys
from collections.abc import Iterator

from bench.bar import Bar


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


if __name__ == "__main__":
    for bar in bars():
        print(bar.line(), flush=True)
