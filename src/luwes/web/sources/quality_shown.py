"""The board of sources in words and tones, no decisions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luwes.apps.sources import wording
from luwes.apps.sources.quality import Age, Cell, Fullness, KindQuality, SourceQuality
from luwes.core import formats
from luwes.web.sources.present import age, counted, language

TONES = {
    Age.FRESH: "success",
    Age.LATE: "warning",
    Age.STOPPED: "danger",
    Age.NEVER: "neutral",
    Age.UNTIMED: "neutral",
}
CELLS = {
    Fullness.FULL: "success",
    Fullness.PART: "warning",
    Fullness.NONE: "danger",
    Fullness.SOME: "success",
    Fullness.EMPTY: "neutral",
}


def month_label(month: date) -> str:
    """A month with its year, as the board spans the turn of one; short, so that six stand beside each other."""
    return formats.short_month(month, language())


def board_row(row: KindQuality, today: date) -> Mapping[str, Any]:
    """A kind with a cell for each month. The present month is not over, so what lacks in it is no fault."""
    return {
        "label": row.kind.label(),
        "covers": row.kind.covers() if any(cell.coverage for cell in row.cells) else "",
        "cells": [
            {
                "month": month_label(cell.month),
                "text": _cell_text(cell),
                "tone": "info" if _unfinished(cell, today) else CELLS[cell.state],
            }
            for cell in row.cells
        ],
    }


def _unfinished(cell: Cell, today: date) -> bool:
    return cell.month == today.replace(day=1) and cell.state in (Fullness.PART, Fullness.NONE)


def _cell_text(cell: Cell) -> str:
    if cell.coverage is None:
        return wording.fullness(cell.state)
    have, expected = counted(cell.coverage.have), counted(cell.coverage.expected)
    return _("%(have)s dari %(expected)s") % {"have": have, "expected": expected}


def source_row(kind: KindQuality, row: SourceQuality) -> Mapping[str, Any]:
    """A source in one line."""
    source = row.source
    return {
        "name": source.name,
        "kind": kind.kind.label(),
        "url": reverse("sources:source", args=[source.id]),
        "newest": formats.short_date(source.newest, language()) if source.newest else _("tidak ada data"),
        "arrived": age(source.age_days) if source.age_days is not None else _("belum pernah"),
        "expected": _expected(row.days, kind.kind.cadence_days),
        "age": wording.age(row.age),
        "tone": TONES[row.age],
        "odd": _odd(row),
        "batch": reverse("sources:batch", args=[source.last.id]) if source.last else "",
        "owner": source.owner,
        "owner_url": reverse("sources:owner", args=[source.id]),
    }


def _expected(days: int | None, cadence: int) -> str:
    if days is None or not cadence:
        return ""
    return _("umur %(days)s hari, wajarnya paling lama %(cadence)s") % {
        "days": counted(max(days, 0)),
        "cadence": counted(cadence),
    }


def _odd(row: SourceQuality) -> str:
    parts = []
    if row.odd:
        parts.append(_("%(count)s catatan") % {"count": counted(row.odd)})
    if row.rejected:
        parts.append(_("%(count)s baris ditolak") % {"count": counted(row.rejected)})
    return ", ".join(parts)


def affected(row: KindQuality) -> Mapping[str, Any]:
    """A kind that is late or has stopped, and what it affects."""
    return {
        "label": row.kind.label(),
        "state": wording.age(row.age),
        "tone": TONES[row.age],
        "text": row.kind.affects(),
    }


def unused(row: KindQuality) -> Mapping[str, str]:
    """A kind of which nothing ever came."""
    return {"term": row.kind.label(), "value": row.kind.affects() or _("Belum dipakai.")}
