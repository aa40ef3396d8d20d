"""The rulebooks shipped with the product."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import luwes
from luwes.apps.accounts.access import Refused

FOLDER = Path(luwes.__file__).parent / "rulebooks"


class NoSuchRulebook(Refused):
    """The product ships no rulebook of this name."""

    code = "no_such_shipped_rulebook"


@cache
def files() -> Mapping[str, Path]:
    """Every shipped regulation and circular by its file's name without the ending."""
    found = [*(FOLDER / "regulations").glob("*.toml"), *(FOLDER / "circulars").glob("*.toml")]
    return {path.stem: path for path in sorted(found)}


def body(name: str) -> bytes:
    """The bytes of one of them. Raises NoSuchRulebook."""
    if name not in files():
        raise NoSuchRulebook(name)
    return files()[name].read_bytes()
