"""Published data sets, read where they are at hand."""

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from luwes.core.evaluation.panel import Floats, Ints
from luwes.core.evaluation.staggered import NEVER
from tests.core.evaluation.rdata import frames

FOLDER = Path(os.environ.get("LUWES_TEST_DATA", Path(__file__).resolve().parents[4] / "shared" / "data")) / "evaluation"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a published table; the test is skipped, with its reason, where the table is not at hand."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is published elsewhere and not carried here; set LUWES_TEST_DATA to a folder with it")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mpdta() -> tuple[Floats, Ints]:
    """County teen employment 2003-2007 (500 × 5) and the year of the first rise of the minimum wage, as an index."""
    found = rows("mpdta.csv")
    counties = {key: place for place, key in enumerate(sorted({row["countyreal"] for row in found}))}
    outcome, start = np.empty((len(counties), 5)), np.full(len(counties), NEVER)
    for row in found:
        place = counties[row["countyreal"]]
        outcome[place, int(row["year"]) - 2003] = float(row["lemp"])
        if row["first.treat"] != "0":
            start[place] = int(row["first.treat"]) - 2003
    return outcome, start


def frame(name: str, table: str) -> dict[str, Any]:
    """The columns of a published data frame in R's own format; skipped, with its reason, where it is not at hand."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is published elsewhere and not carried here; set LUWES_TEST_DATA to a folder with it")
    return frames(path)[table]
