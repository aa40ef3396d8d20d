"""The worked example of the page: an invented chain, computed by the same rules as the real ones."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from luwes.core import charts, formats
from luwes.core.exposure.shares import Exposure, Link, Tally, service_exposure


@dataclass(frozen=True, slots=True)
class Row:
    """One link as it is drawn and written."""

    name: str
    flexible: int
    on_duty: int
    share: str


@dataclass(frozen=True, slots=True)
class Example:
    """The picture, its numbers, and what follows from them."""

    title: str
    svg: str
    rows: list[Row]
    mean: str
    largest: str
    threshold: str
    flexible: bool


def _people(row: Row) -> str:
    words = _("%(name)s: %(flexible)d dari %(on_duty)d orang fleksibel")
    return words % {"name": row.name, "flexible": row.flexible, "on_duty": row.on_duty}


def share(value: Fraction, language: str) -> str:
    """A share as people read it: "12,5 %"."""
    return formats.percent(float(value * 100), 1, language)


def exact(value: Fraction, language: str) -> str:
    """A threshold with no decimal lost: it may have been set to 12,25 %."""
    return formats.percent(float(value * 100), 1 if (value * 1000).denominator == 1 else 2, language)


def example(at_least: Fraction, language: str) -> Example:
    """Three links, equally weighted, against the threshold that holds."""
    # People, two halves each: the sick, the travelling and the trained are already taken out.
    links = [(_("Loket"), Tally(0, 20)), (_("Verifikasi"), Tally(8, 20)), (_("Tanda tangan"), Tally(2, 10))]
    found: Exposure = service_exposure(Link(tally) for _name, tally in links)
    mean, largest = found.mean or Fraction(0), found.largest or Fraction(0)
    rows = [
        Row(name, tally.flexible // 2, tally.on_duty // 2, share(tally.share or Fraction(0), language))
        for name, tally in links
    ]
    title = _("Satu hari pada satu layanan")
    bars = [
        charts.Bar(label=_people(row), value=float((tally.share or 0) * 100), value_text=row.share)
        for row, (_name, tally) in zip(rows, links, strict=True)
    ]
    whole = charts.Bar(
        label=_("Paparan layanan (rata-rata)"),
        value=float(mean * 100),
        value_text=share(mean, language),
        target=float(at_least * 100),
        tone=charts.Tone.GOOD,
    )
    threshold = exact(at_least, language)
    svg = charts.bar_chart(
        [*bars, whole],
        title=title,
        description="; ".join(f"{bar.label} {bar.value_text}" for bar in [*bars, whole]),
        palette=charts.LIGHT,
        maximum=50,
        target_label=_("ambang %(threshold)s") % {"threshold": threshold},
    )
    return Example(title, svg, rows, share(mean, language), share(largest, language), threshold, mean >= at_least)
