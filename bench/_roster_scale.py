"""A province's month from arrays to verified rosters in a warm process; prints one JSON object."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench._rosters import unit
from luwes.core.roster.problem import RosterProblem
from luwes.core.roster.solve import solve
from luwes.core.roster.verify import verify


def units(count: int) -> Iterator[RosterProblem]:
    """Units of 8 to 72 people, 40 on average."""
    for at in range(count):
        yield unit(8 + at * 37 % 65, at)


def peak() -> int:
    """Most memory this program held, in kB; what its parent held before it began is not counted."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])


def main(count: int) -> None:
    """Measure `count` units; making them is not counted, and only one is held at a time."""
    solve(unit(40, 0))
    before = peak()
    spent, people, cells, broken = 0.0, 0, 0, 0
    for problem in units(count):
        start = time.process_time()
        roster = solve(problem, aim="wishes")
        broken += len(verify(problem, roster.flexible))
        spent += time.process_time() - start
        people += len(problem.employee_id)
        cells += int(roster.flexible.sum())
    grown = (peak() - before) / 1024
    search = "ortools.sat.python.cp_model" in sys.modules
    print(json.dumps({"cpu_s": spent, "people": people, "flexible_days": cells, "violations": broken,
                      "grown_mb": grown, "search_loaded": search}))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
