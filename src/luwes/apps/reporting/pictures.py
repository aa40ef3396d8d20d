"""The two charts of the budget: units against their targets, and one unit over time."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from luwes.apps.reporting import wording
from luwes.apps.reporting.answers import TONES
from luwes.apps.reporting.budget import HistoryLine, UnitLine
from luwes.core import formats
from luwes.core.charts import Bar, LinePoint, Palette, Tick, Tone, bar_chart, line_chart

# As many as a leader reads at once; the rest is in the table.
BARS_SHOWN = 12
PAGE_WIDTH, PAPER_WIDTH = 400, 720
# Two lines and their table fit on one sheet of paper at this height.
PAGE_HEIGHT, PAPER_HEIGHT = 220, 165


def bars(lines: Sequence[UnitLine], *, palette: Palette, width: int, muted: bool = False) -> str:
    """Draw units in the order given against their targets; `muted` when the figures are too old to judge."""
    return bar_chart(
        [_bar(line, muted) for line in lines],
        title=_("Realisasi keuangan per perangkat daerah"),
        description=bars_alt(lines),
        palette=palette,
        maximum=100,
        target_label=_("target"),
        width=width,
    )


def bars_alt(lines: Sequence[UnitLine]) -> str:
    """What the bars show, in words."""
    return "; ".join(f"{line.name} {_share(line)}" for line in lines)


def _share(line: UnitLine) -> str:
    return _("tanpa pagu") if line.pace.pct is None else wording.pct(line.pace.pct)


def _bar(line: UnitLine, muted: bool) -> Bar:
    target = line.pace.target
    return Bar(
        label=line.name,
        value=line.pace.pct,
        value_text=_share(line),
        target=None if target is None else target.pct,
        tone=Tone.QUIET if muted else TONES[line.pace.verdict],
        note="" if target is None else _("target %(target)s") % {"target": wording.target_pct(target.pct)},
    )


def own_line(history: Sequence[HistoryLine], *, palette: Palette, width: int) -> str:
    """Draw each date's percentage of its own ceiling; the line breaks where the ceiling changed."""
    changed = [before.fact.figure.ceiling != after.fact.figure.ceiling for before, after in pairwise(history)]
    joined = [True, *(not one for one in changed)]
    points = [
        LinePoint(
            at=line.point.as_of.toordinal(),
            label=wording.short_day(line.point.as_of),
            value=line.point.pct,
            value_text=_value(line.point.pct),
            target=None if line.pace.target is None else line.pace.target.pct,
            joined=join,
        )
        for line, join in zip(history, joined, strict=True)
    ]
    return line_chart(
        points,
        title=_("Realisasi terhadap pagu pada tanggalnya"),
        description=history_alt(history),
        palette=palette,
        ticks=_ticks(),
        width=width,
        height=_height(width),
    )


def rebased_line(history: Sequence[HistoryLine], *, palette: Palette, width: int) -> str:
    """Draw each date's amount as a percentage of the latest ceiling: one denominator, one line."""
    points = [
        LinePoint(
            at=line.point.as_of.toordinal(),
            label=wording.short_day(line.point.as_of),
            value=line.point.pct_of_latest,
            value_text=_value(line.point.pct_of_latest),
        )
        for line in history
    ]
    return line_chart(
        points,
        title=_("Realisasi terhadap pagu terbaru"),
        description=history_alt(history, latest=True),
        palette=palette,
        ticks=_ticks(),
        width=width,
        height=_height(width),
    )


def history_alt(history: Sequence[HistoryLine], *, latest: bool = False) -> str:
    """What a line shows, in words: of each date's own ceiling, or of the `latest` one."""
    return "; ".join(
        f"{wording.short_day(line.point.as_of)}: {_value(line.point.pct_of_latest if latest else line.point.pct)}"
        for line in history
    )


def _value(pct: Decimal | None) -> str:
    return _("tanpa pagu") if pct is None else wording.pct(pct)


def _height(width: int) -> int:
    return PAPER_HEIGHT if width == PAPER_WIDTH else PAGE_HEIGHT


def _ticks() -> list[Tick]:
    return [Tick(value, formats.percent(value, 0, wording.language())) for value in (0, 50, 100)]
