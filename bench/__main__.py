"""Run every bench module, or those named: `python -m bench [name ...]`; exit 1 when a bar does not hold."""

import importlib
import pkgutil
import sys

import bench
from bench.bar import Bar

NOT_BENCHES = {"bar", "database"}


def modules() -> list[str]:
    """Return the names of all bench modules; a leading underscore marks parts of one."""
    return sorted(
        found.name
        for found in pkgutil.iter_modules(bench.__path__)
        if found.name not in NOT_BENCHES and not found.name.startswith("_")
    )


def run(names: list[str]) -> int:
    """Print every bar of the named modules; 0 when all hold, 1 when one does not, 2 when a name is unknown."""
    unknown = sorted(set(names) - set(modules()))
    if unknown:
        print(f"unknown bench: {', '.join(unknown)}; known: {', '.join(modules())}", file=sys.stderr)
        return 2
    kept = True
    for name in names or modules():
        found: Bar
        for found in importlib.import_module(f"bench.{name}").bars():
            print(found.line(), flush=True)
            kept = kept and found.holds
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
