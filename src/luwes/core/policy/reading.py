"""TOML tables into frozen dataclasses by the types of their fields: nothing guessed, nothing left over."""

import re
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import IntEnum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from luwes.core.policy.terms import Minute

T = TypeVar("T")
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
TAG = re.compile(r"[a-z_]+:[a-z0-9_./-]+")


class Fault(ValueError):
    """An entry that cannot be read: `code`, the path to it, and what stood there."""

    def __init__(self, code: str, where: str, found: object = "") -> None:
        super().__init__(f"{code} {where} {found}".strip())
        self.code, self.where, self.found = code, where, str(found)


@cache
def hints(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields, resolved."""
    return get_type_hints(kind)


def record(kind: type[T], table: object, where: str) -> T:
    """A dataclass from a table. Raises Fault for an unknown, missing or ill-typed key, naming its path."""
    if not isinstance(table, dict):
        raise Fault("not_a_table", where, table)
    known: dict[str, Field[Any]] = {one.name: one for one in fields(cast("Any", kind))}
    for key in table:
        if key not in known:
            raise Fault("unknown_key", f"{where}.{key}")
    values = {}
    for name, one in known.items():
        if name in table:
            values[name] = value(hints(cast("Any", kind))[name], table[name], f"{where}.{name}")
        elif one.default is MISSING and one.default_factory is MISSING:
            raise Fault("missing_key", f"{where}.{name}")
    return kind(**values)


def bare(kind: Any) -> Any:
    """X of X | None: TOML has no null, so a key that is there is there for its X."""
    if get_origin(kind) in (Union, UnionType):
        return next(one for one in get_args(kind) if one is not NoneType)
    return kind


def value(kind: Any, raw: object, where: str) -> Any:
    """One value of the type asked for. Raises Fault."""
    kind = bare(kind)
    if get_origin(kind) is tuple:
        return _items(get_args(kind)[0], raw, where)
    if is_dataclass(kind):
        found: Any = record(cast("type[Any]", kind), raw, where)
        if hasattr(found, "any"):
            _tags(found, where)
        return found
    if kind is Minute:
        return _minute(raw, where)
    if issubclass(kind, IntEnum | StrEnum):
        return _choice(kind, raw, where)
    if kind is float and type(raw) is int:
        return float(raw)
    # By exact type: a truth value is no number, and a moment is no date.
    if type(raw) is not kind:
        raise Fault("wrong_type", where, raw)
    return raw


def _choice(kind: type[IntEnum] | type[StrEnum], raw: object, where: str) -> Any:
    """Levels are written by their names, everything else by its value."""
    words = {one.name.lower() if isinstance(one, IntEnum) else one.value: one for one in kind}
    if not isinstance(raw, str) or raw not in words:
        raise Fault("not_one_of", where, raw)
    return words[raw]


def _items(kind: Any, raw: object, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise Fault("not_a_list", where, raw)
    return tuple(value(kind, one, f"{where}[{number}]") for number, one in enumerate(raw, 1))


def _minute(raw: object, where: str) -> Minute:
    if not isinstance(raw, str) or TIME.fullmatch(raw) is None:
        raise Fault("not_a_time", where, raw)
    hour, minute = raw.split(":")
    return Minute(int(hour) * 60 + int(minute))


def _tags(who: Any, where: str) -> None:
    for part in ("any", "all", "none"):
        for tag in getattr(who, part):
            if TAG.fullmatch(tag) is None:
                raise Fault("not_a_tag", f"{where}.{part}", tag)
