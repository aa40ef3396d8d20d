"""What an import kind expects of a file: its columns, their kinds, and the columns that name a row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args

from luwes.apps.sources.reading.names import compact

Kind = Literal[
    "text",
    "code",
    "date",
    "datetime",
    "moment",
    "month",
    "rupiah",
    "percent",
    "decimal",
    "integer",
    "year",
    "choice",
    "present",
]
KINDS: tuple[str, ...] = get_args(Kind)
NUMERIC = frozenset({"rupiah", "percent", "decimal", "integer"})
# Kinds that a note or signature below the table may fill as well as data.
WORDS = frozenset({"text", "code", "choice", "present"})

# Smallest or largest value: a number, or an ISO date for the kinds date, datetime and month.
Bound = int | float | str | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of ours; `aliases` are other headers under which agencies are known to send it."""

    name: str
    label: str
    kind: Kind
    required: bool
    aliases: tuple[str, ...] = ()
    minimum: Bound = None
    maximum: Bound = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column {self.name}: {self.kind}")
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f"column {self.name}: choices belong to the kind choice, and to it alone")

    def titles(self) -> tuple[str, ...]:
        """Every header, in compact form, under which this column is recognised."""
        return tuple(dict.fromkeys(compact(title) for title in (self.name, self.label, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one import kind; `key` names the columns that together identify a row."""

    kind: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            raise ValueError(f"layout {self.kind}: two columns share a name")
        required = [column.name for column in self.columns if column.required]
        unfit = [name for name in self.key if name not in required]
        if unfit or not self.key:
            raise ValueError(f"layout {self.kind}: key needs required columns, unfit: {unfit}")
        owners: dict[str, str] = {}
        for column in self.columns:
            for title in column.titles():
                if owners.setdefault(title, column.name) != column.name:
                    raise ValueError(f"layout {self.kind}: header {title!r} names two columns")

    def column(self, name: str) -> Column:
        """Return the column called `name`; raises KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Whether a column is called `name`."""
        return any(column.name == name for column in self.columns)

    def to_json(self) -> dict[str, Any]:
        """Return the layout as plain values for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Layout":
        """Rebuild a layout from what `to_json` gave, also after a trip through JSON text."""
        columns = tuple(
            Column(
                name=each["name"],
                label=each["label"],
                kind=cast(Kind, each["kind"]),
                required=each["required"],
                aliases=tuple(each["aliases"]),
                minimum=each["minimum"],
                maximum=each["maximum"],
                choices=tuple(each["choices"]),
            )
            for each in data["columns"]
        )
        return cls(kind=data["kind"], columns=columns, key=tuple(data["key"]))
