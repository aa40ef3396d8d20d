"""The facts of an entry in words: codes as people say them, dates as they are read, names for ids.

The trail outlives the code that wrote it: a code nobody knows any more is shown as it stands.
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luwes.apps.accounts import wording as account_words
from luwes.apps.accounts.roles import Capacity, Job, Role
from luwes.apps.audit import wording
from luwes.apps.audit.chain import Fact
from luwes.apps.people import wording as people_words
from luwes.apps.sources.kinds import all_kinds
from luwes.core.formats import long_date, number


def in_words(facts: Mapping[str, Fact], names: Mapping[str, str]) -> list[dict[str, object]]:
    """Term and value of every fact that says something; `names` are those of units and sources by id."""
    return [
        {"term": wording.fact(key), "value": _value(key, value, names)}
        for key, value in facts.items()
        if value not in (None, "", {}, [])
    ]


def _value(key: str, value: Fact, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, str):
        return names.get(value) or _code(key, value) or _day(key, value) or value
    if isinstance(value, Mapping):
        told = [f"{COUNTS.get(name, name)} {_value(name, part, names)}" for name, part in value.items() if part]
        return " · ".join(told) or _("tidak ada")
    if isinstance(value, list | tuple):
        return " / ".join(_value(key, part, names) for part in value)
    return number(value, 0, _language()) if isinstance(value, int) and key != "year" else str(value)


def _code(key: str, value: str) -> str:
    tell = CODES.get(key)
    try:
        return tell(value) if tell else ""
    except (KeyError, ValueError):
        return ""


def _day(key: str, value: str) -> str:
    if key not in DAYS:
        return ""
    try:
        return long_date(date.fromisoformat(value), _language())
    except ValueError:
        return ""


def _kind(value: str) -> str:
    kinds = all_kinds()
    if value in kinds:
        return kinds[value].label()
    try:
        return people_words.kind(value)
    except ValueError:
        return value.replace("_", " ")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


CODES: Mapping[str, Callable[[str], str]] = {
    "capacity": lambda value: account_words.capacity(Capacity(value)),
    "job": lambda value: account_words.job(Job(value)),
    "kind": _kind,
    "role": lambda value: account_words.role(Role(value)),
    "format": str.upper,
}
DAYS = frozenset({"as_of", "on", "since", "until"})
COUNTS = {
    "changed": gettext_lazy("berubah"),
    "gone": gettext_lazy("tidak disebut lagi"),
    "new": gettext_lazy("baru"),
    "rejected": gettext_lazy("ditolak"),
    "rows": gettext_lazy("baris"),
    "skipped": gettext_lazy("dilewati"),
    "unchanged": gettext_lazy("tetap"),
    "unmapped": gettext_lazy("belum dikenal"),
    "withdrawn": gettext_lazy("ditarik"),
}
