"""What a citizen's form says, understood; nothing else of it is kept."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from luwes.apps.accounts.access import Refused
from luwes.core.indicators.survey import ELEMENTS

LONGEST_COMMENT = 500
ELEMENT_FIELDS = tuple(f"u{place}" for place in range(1, len(ELEMENTS) + 1))
SCALE = {"1": 1, "2": 2, "3": 3, "4": 4}
YES_NO = {"ya": True, "tidak": False}
Value = TypeVar("Value")


class NotOurForm(Refused):
    """A value no form of ours can send, or no number: made by a program, or broken on the way."""

    code = "survey_not_our_form"


class NothingAnswered(Refused):
    """No question was answered."""

    code = "survey_nothing_answered"


@dataclass(frozen=True, slots=True)
class Said:
    """One citizen's answers: nine elements (None: left out) or empty, the three short questions, and a line of text.

    `waited` is how many seconds the phone says it kept them; -1 where what it says is no number.
    """

    number: UUID
    elements: tuple[int | None, ...] = ()
    served: bool | None = None
    promised: bool | None = None
    satisfied: int | None = None
    comment: str = ""
    waited: int | None = None


def understood(form: Mapping[str, str]) -> Said:
    """Read a sent form. Raises NotOurForm, NothingAnswered."""
    try:
        number = UUID(form.get("nomor", ""))
    except ValueError as error:
        raise NotOurForm("nomor") from error
    elements = tuple(_one(form, field, SCALE) for field in ELEMENT_FIELDS)
    said = Said(
        number=number,
        elements=elements if any(elements) else (),
        served=_one(form, "dilayani", YES_NO),
        promised=_one(form, "janji", YES_NO),
        satisfied=_one(form, "puas", SCALE),
        comment=plain(form.get("pesan", "")),
        waited=_seconds(form.get("umur", "")),
    )
    if not said.elements and said.served is None and said.promised is None and said.satisfied is None:
        raise NothingAnswered
    return said


def plain(text: str) -> str:
    """A line of text without control and direction marks, cut to what one line holds; markup stays text."""
    kept = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text[: LONGEST_COMMENT * 4])
    return " ".join(kept.split())[:LONGEST_COMMENT]


def _one(form: Mapping[str, str], field: str, known: Mapping[str, Value]) -> Value | None:
    value = form.get(field, "")
    if value and value not in known:
        raise NotOurForm(field)
    return known.get(value)


def _seconds(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
