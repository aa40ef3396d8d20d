"""Filters and tags for every template; the library is built in, so no `load` is needed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.core import formats
from luwes.web.ui import icons, statuses

register = template.Library()


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _missing() -> str:
    # A missing value gets a word: a dash or a zero would read like a figure.
    return _("tidak ada data")


@register.filter
def number(value: Decimal | float | None, decimals: int = 0) -> str:
    """1234.5 with 1 decimal → "1.234,5"."""
    return _missing() if value is None else formats.number(value, decimals, _language())


@register.filter
def percent(value: Decimal | float | None, decimals: int = 2) -> str:
    """61.28 → "61,28 %"."""
    return _missing() if value is None else formats.percent(value, decimals, _language())


@register.filter
def points(value: Decimal | float | None) -> str:
    """-28.72 → "−28,72 poin"."""
    return _missing() if value is None else formats.points(value, _language())


@register.filter
def rupiah(value: int | None) -> str:
    """Whole rupiah in full."""
    return _missing() if value is None else formats.rupiah(value, _language())


@register.filter
def rupiah_short(value: int | None) -> str:
    """Rupiah in millions, billions or trillions."""
    return _missing() if value is None else formats.rupiah_short(value, _language())


@register.filter
def long_date(value: date | None) -> str:
    """A date with its weekday."""
    return _missing() if value is None else formats.long_date(value, _language())


@register.filter
def short_date(value: date | None) -> str:
    """A date for tables."""
    return _missing() if value is None else formats.short_date(value, _language())


@register.filter
def initials(name: str) -> str:
    """The first letters of the first two words of a name, for the round chip."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@register.filter
def status(code: str) -> statuses.Status:
    """The word, tone and icon of one of the nine statuses."""
    return statuses.status(code)


@register.filter
def outcome(code: str) -> statuses.Status:
    """The word, tone and icon of a rule's outcome (PASS, FAIL, UNKNOWN, NOT_APPLICABLE)."""
    return statuses.outcome(code)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone, so that colour never speaks alone."""
    return statuses.TONE_ICONS[tone]


@register.filter
def message_tone(level: str) -> str:
    """The tone for a level of Django's messages."""
    return {"error": "danger", "debug": "neutral"}.get(level, level)


@register.filter
def drawing(svg: str) -> SafeString:
    """Let a drawing of `luwes.core.charts` through; that package escapes every text it is given."""
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; write its word beside it."""
    return icons.svg(name)


@register.filter
def control_kind(field: BoundField) -> str:
    """Which of our control templates fits a field's widget."""
    kinds: tuple[tuple[type[Any], str], ...] = (
        # The order matters: choice groups are kinds of Select in Django.
        (CheckboxSelectMultiple, "choices"),
        (RadioSelect, "choices"),
        (CheckboxInput, "checkbox"),
        (FileInput, "file"),
        (Select, "select"),
    )
    return next((kind for cls, kind in kinds if isinstance(field.field.widget, cls)), "text")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Render the widget of a field, tied to its hint and its errors."""
    described = [f"{field.auto_id}_{part}" for part, there in _descriptions(field) if there]
    attrs: dict[str, str | bool] = {"class": f"control control-{control_kind(field)}"}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


def _descriptions(field: BoundField) -> tuple[tuple[str, bool], ...]:
    return ("helptext", bool(field.help_text)), ("error", bool(field.errors))


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "", alert: bool = False) -> str:
    """A notice around any content; `alert` announces it to screen readers at once."""
    return render_to_string("ui/notice.html", {"content": content, "tone": tone, "title": title, "alert": alert})


@register.simple_block_tag
def table_region(content: str, label: str, stacked: bool = False) -> str:
    """A region around a `<table>` that scrolls by itself; `stacked` makes cards of rows on a phone."""
    return render_to_string("ui/table.html", {"content": content, "label": label, "stacked": stacked})


@register.simple_block_tag
def disclosure(content: str, summary: str, is_open: bool = False) -> str:
    """Text that opens on demand."""
    return render_to_string("ui/details.html", {"content": content, "summary": summary, "is_open": is_open})


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, note: str = "") -> str:
    """A surface around things that belong together."""
    return render_to_string("ui/card.html", {"content": content, "title": title, "level": level, "note": note})


@register.simple_block_tag
def chart(content: str, svg: str, title: str, source: str = "") -> str:
    """A figure: title, the drawing, where it comes from, and its numbers (the content, a table)."""
    return render_to_string("ui/chart.html", {"content": content, "svg": svg, "title": title, "source": source})
