"""The JSON Schema of a rulebook file, made from the dataclasses so that the two cannot drift apart."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, get_args, get_origin

from luwes.core.policy.clauses import KINDS
from luwes.core.policy.reading import TAG, TIME, bare, hints
from luwes.core.policy.rulebook import Head
from luwes.core.policy.terms import Minute

PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema() -> dict[str, Any]:
    """The whole schema: the head, and one alternative per clause kind."""
    head = _record(Head)
    clauses = []
    for name, kind in KINDS.items():
        one = _record(kind)
        one["properties"]["kind"] = {"const": name}
        one["required"] = ["kind", *one["required"]]
        one["description"] = (kind.__doc__ or "").strip()
        clauses.append(one)
    head["properties"]["clause"] = {"type": "array", "items": {"oneOf": clauses}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Luwes rulebook", **head}


def _record(kind: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {one.name: _value(hints(kind)[one.name]) for one in fields(kind)},
        "required": [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING],
    }


def _value(kind: Any) -> dict[str, Any]:
    kind = bare(kind)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(get_args(kind)[0])}
    if is_dataclass(kind):
        found = _record(kind)
        if "any" in found["properties"]:
            for part in ("any", "all", "none"):
                found["properties"][part]["items"] = {"type": "string", "pattern": f"^{TAG.pattern}$"}
        return found
    if kind is Minute:
        return {"type": "string", "pattern": f"^({TIME.pattern})$"}
    if kind is date:
        return {"type": "string", "format": "date"}
    if issubclass(kind, StrEnum):
        return {"enum": [one.value for one in kind]}
    if issubclass(kind, IntEnum):
        return {"enum": [one.name.lower() for one in kind]}
    return {"type": PLAIN[kind]}
