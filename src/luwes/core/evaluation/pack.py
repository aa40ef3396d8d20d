"""One file that runs a bundle again without Luwes: the modules themselves, packed, so that there is no second version.

It needs Python, numpy and scipy only: `python periksa.py paket.json` prints the result, and ends with 1 and the reason
where the bundle is not to be believed.
"""

from collections.abc import Mapping

# In the order in which one rests on the other.
MODULES = ("panel", "grade", "verdict", "margins", "threats", "looks", "randomised", "assess", "bundle")
PREFIX = "luwes.core.evaluation."

_HEAD = '"""Runs an evidence bundle again: python periksa.py paket.json (needs numpy and scipy)."""\n\n'
_RUNNER = """
import json
import pathlib
import sys
import types

for name in ("luwes", "luwes.core", "luwes.core.evaluation"):
    package = types.ModuleType(name)
    package.__path__ = []
    sys.modules[name] = package
for name, source in SOURCES.items():
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(source, name, "exec"), module.__dict__)
bundle = sys.modules["luwes.core.evaluation.bundle"]
try:
    found = bundle.rerun_package(pathlib.Path(sys.argv[1]).read_text("utf-8"))
except bundle.BundleError as error:
    sys.exit(str(error))
print(json.dumps(found, sort_keys=True))
"""


def packed(sources: Mapping[str, str]) -> str:
    """The file, from the text of each of `MODULES`. Raises KeyError when one is missing."""
    held = {PREFIX + name: sources[name] for name in MODULES}
    return f"{_HEAD}SOURCES = {held!r}\n{_RUNNER}"
