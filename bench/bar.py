"""One measured claim, printed as one JSON object on one line."""

import json
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

_HOLDS: dict[str, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge}


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure, its limit, and what is needed to judge how it came about."""

    bar: str
    value: float
    limit: float
    op: Literal["<=", ">="]
    unit: str
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether the figure keeps its limit."""
        return _HOLDS[self.op](self.value, self.limit)

    def line(self) -> str:
        """The bar as one line of JSON."""
        shown = {
            "bar": self.bar,
            "value": round(self.value, 4),
            "limit": self.limit,
            "op": self.op,
            "unit": self.unit,
            "holds": self.holds,
            "detail": dict(self.detail),
        }
        return json.dumps(shown, ensure_ascii=False)
