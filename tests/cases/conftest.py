"""Says at the end of a run how many cases each fixture has."""

from pathlib import Path

import pytest

from tests.cases.reading import read_sheet


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line per fixture, so that a fixture that lost cases is seen."""
    terminalreporter.section("cases per fixture")
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        terminalreporter.write_line(f"{path.stem}: {len(read_sheet(path).cases)}")
