"""What parent and child say to each other: the job, the limits, rejects, the summary, and why a file is refused."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from luwes.apps.sources.reading.layout import Layout

MAX_BYTES = 50_000_000
# Parts of a key are joined by a character that no accepted value can hold, so joined keys stay unambiguous.
KEY_SEPARATOR = "\x1f"

UNREADABLE_CODES = frozenset(
    {
        "ambiguous_columns",
        "bad_constant",
        "corrupt",
        "crashed",
        "empty",
        "encoding",
        "encrypted",
        "memory",
        "missing_columns",
        "money_unit",
        "no_header",
        "not_a_table",
        "old_xls",
        "timeout",
        "too_large",
        "too_many_columns",
        "too_many_rows",
        "unknown_sheet",
        "unpacked_too_large",
    }
)
REJECT_CODES = frozenset(
    {
        "above_maximum",
        "ambiguous_number",
        "below_minimum",
        "control_characters",
        "extra_cells",
        "formula_error",
        "lost_digits",
        "missing",
        "not_a_choice",
        "not_a_date",
        "not_a_datetime",
        "not_a_moment",
        "not_a_month",
        "not_a_number",
        "not_a_year",
        "not_whole",
        "too_long",
    }
)
WARNING_CODES = frozenset({"numeric_code", "rupiah_rounded"})
SKIP_REASONS = frozenset({"annotation", "blank", "outside_table", "repeated_header", "total"})


class UnreadableFile(Exception):
    """A file that cannot be turned into rows; `code` is stable, `facts` name what to show beside the sentence."""

    def __init__(self, code: str, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, Any] = dict(facts or {})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes, seconds, megabytes of address space, rows, columns, listed rejects."""

    max_bytes: int = MAX_BYTES
    wall_seconds: float = 120.0
    cpu_seconds: int = 90
    memory_mb: int = 1024
    max_rows: int = 2_000_000
    max_columns: int = 1_000
    max_rejects: int = 10_000
    max_unpacked: int = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """How to read one file.

    `prefix` is COPY text put before every row (tab-separated fields, for example a batch id).
    `mapping` goes from their header to our column name; without it headers are recognised by name and alias.
    `known_headers` are the headers seen when the mapping was made, so that new ones can be told.
    `constants` fill columns the file does not have (a recap whose date stands in its title).
    `values` go, per column of kind text, code or choice, from their value to ours.
    `fields` asks for a COPY field per column instead of a key and a JSON array.
    `money_unit` is how many rupiah one unit of the file's rupiah columns is; without it a file that says it counts
    thousands or millions is refused, because reading it as rupiah would be wrong by that factor.
    """

    layout: Layout
    prefix: str = ""
    mapping: Mapping[str, str] | None = None
    known_headers: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheet: str | None = None
    percent_as_fraction: bool = False
    money_unit: int | None = None
    fields: bool = False

    def __post_init__(self) -> None:
        names = {column.name for column in self.layout.columns}
        unknown = {*(self.mapping or {}).values(), *self.constants, *self.values} - names
        if unknown:
            raise ValueError(f"job names columns the layout {self.layout.kind} has not: {sorted(unknown)}")

    def to_json(self) -> dict[str, Any]:
        """Return the job as plain values for `json.dumps`."""
        return {
            "layout": self.layout.to_json(),
            "prefix": self.prefix,
            "mapping": None if self.mapping is None else dict(self.mapping),
            "known_headers": list(self.known_headers),
            "constants": dict(self.constants),
            "values": {column: dict(values) for column, values in self.values.items()},
            "sheet": self.sheet,
            "percent_as_fraction": self.percent_as_fraction,
            "money_unit": self.money_unit,
            "fields": self.fields,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Job":
        """Rebuild a job from what `to_json` gave."""
        rest = {name: data[name] for name in ("prefix", "mapping", "constants", "values", "sheet", "money_unit")}
        return cls(
            layout=Layout.from_json(data["layout"]),
            known_headers=tuple(data["known_headers"]),
            percent_as_fraction=data["percent_as_fraction"],
            fields=data["fields"],
            **rest,
        )


@dataclass(frozen=True, slots=True)
class Reject:
    """One cell that could not be accepted: row as a spreadsheet numbers it, our column label, code, short value."""

    row: int
    column: str
    code: str
    value: str
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """Something accepted but worth telling: a code, the column label it concerns, and in how many cells."""

    code: str
    column: str
    count: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row below the header that is no data row, and why (blank, annotation, total, outside_table, ...)."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read and how; `rows_in` = `valid` + `rejected` + all of `skipped`.

    `header_row` is the last row of the header, counted from 1. `mapping` goes from their header to our column.
    `vanished` and `new_headers` are drift against the remembered mapping. `sample` holds up to five accepted rows
    as lists of canonical values in layout column order, none where a job asks for `fields`. `fraction_like` lists
    percent columns whose values all lie between -1 and 1, so that 0.61 may stand for 61 %. `peak_kb` and `cpu_seconds`
    are the child's own cost.
    """

    format: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    date_1904: bool
    header_row: int
    header_height: int
    headers: tuple[str, ...]
    mapping: Mapping[str, str]
    dropped: tuple[str, ...]
    vanished: tuple[str, ...]
    new_headers: tuple[str, ...]
    absent: tuple[str, ...]
    rows_in: int
    valid: int
    rejected: int
    skipped: Mapping[str, int]
    skipped_rows: tuple[Skipped, ...]
    rejects_listed: int
    warnings: tuple[Warned, ...]
    fraction_like: tuple[str, ...]
    sample: tuple[tuple[Any, ...], ...]
    peak_kb: int
    cpu_seconds: float

    def to_json(self) -> dict[str, Any]:
        """Return the summary as plain values for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Summary":
        """Rebuild a summary from what `to_json` gave, also after a trip through JSON text."""
        values = {each.name: data[each.name] for each in fields(cls)}
        for name in ("sheets", "headers", "dropped", "vanished", "new_headers", "absent", "fraction_like"):
            values[name] = tuple(values[name])
        values["warnings"] = tuple(Warned(**each) for each in values["warnings"])
        values["skipped_rows"] = tuple(Skipped(**each) for each in values["skipped_rows"])
        values["sample"] = tuple(tuple(row) for row in values["sample"])
        return cls(**values)
