"""Six forms of chart as pure functions from figures to SVG text.

Text arrives formatted. Draw for 400 units of width: on a 390 px phone text stays readable. The
bar chart puts names beside its bars from 560 units on, for paper.
"""

from luwes.core.charts.axes import Guide, Tick
from luwes.core.charts.bars import Bar, bar_chart
from luwes.core.charts.coverage import CoverageCell, coverage_strip
from luwes.core.charts.effects import EventPoint, IntervalRow, event_study, interval_plot
from luwes.core.charts.lines import LinePoint, line_chart, sparkline
from luwes.core.charts.palette import DARK, LIGHT, PRINT, Palette, Tone
from luwes.core.charts.scale import nice_ticks

__all__ = [
    "DARK",
    "LIGHT",
    "PRINT",
    "Bar",
    "CoverageCell",
    "EventPoint",
    "Guide",
    "IntervalRow",
    "LinePoint",
    "Palette",
    "Tick",
    "Tone",
    "bar_chart",
    "coverage_strip",
    "event_study",
    "interval_plot",
    "line_chart",
    "nice_ticks",
    "sparkline",
]
