"""Units by name in forms: a text field with suggestions, because a list of a thousand units is no choice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from luwes.apps.people.queries import UnitRow, units_on
from luwes.core.names import name_key

# The datalist that offers the names; a page with such a field renders it once.
LIST = "nama-unit"


class UnitNames:
    """The units of a day by a name that is theirs alone."""

    def __init__(self, day: date, inside: Iterable[str] | None = None) -> None:
        rows = units_on(day)
        allowed = {row.key for row in rows} if inside is None else set(inside)
        self._names = _unlike(rows)
        self._keys = {name_key(name): key for key, name in self._names.items() if key in allowed}
        self._codes = {row.code: row.key for row in rows if row.key in allowed}

    @property
    def offered(self) -> Sequence[str]:
        """The names to suggest."""
        return [name for key, name in self._names.items() if name_key(name) in self._keys]

    def name(self, key: str) -> str:
        """The name of a unit, "" for one that does not stand."""
        return self._names.get(key, "")

    def find(self, text: str) -> str | None:
        """The key of the unit meant by name or code."""
        return self._keys.get(name_key(text)) or self._codes.get(text.strip())


class UnitField(forms.CharField):
    """A unit by its name; cleans to its key. `names` is set by the form."""

    names: UnitNames

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.widget.attrs |= {"list": LIST, "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        """The unit's key, "" for an empty field."""
        text = super().clean(value)
        if not text:
            return ""
        key = self.names.find(text)
        if key is None:
            raise forms.ValidationError(
                _("Unit ini tidak dikenal di sini. Pilih dari saran yang muncul saat mengetik.")
            )
        return key


def _unlike(rows: Sequence[UnitRow]) -> dict[str, str]:
    """A name for each unit that no other bears: with its parent's, and where that is not enough its code."""
    plain = {row.key: row.name for row in rows}
    named = Counter(name_key(row.name) for row in rows)
    full = {
        row.key: f"{row.name} ({plain[row.parent_key]})"
        if named[name_key(row.name)] > 1 and row.parent_key in plain
        else row.name
        for row in rows
    }
    again = Counter(name_key(name) for name in full.values())
    return {
        row.key: f"{full[row.key]} {row.code}" if again[name_key(full[row.key])] > 1 else full[row.key] for row in rows
    }
