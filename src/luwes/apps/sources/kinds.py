"""What an import kind is: a layout, the codes it must translate, and how its rows meet what is stored.

`sources` knows no kind by name: the apps above declare them, and settings.IMPORT_KINDS lists them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string

from luwes.apps.accounts.access import Refused
from luwes.apps.sources.reading.contract import Reject
from luwes.apps.sources.reading.layout import Layout

Fact = str | int | None

# The choice for a value that must not be imported, remembered like any other.
SKIP = "skip"


class NoSuchKind(Refused):
    """No import kind has this code."""

    code = "no_such_kind"


@dataclass(frozen=True, slots=True)
class Staged:
    """One row waiting for confirmation: its number in the file and its values by our column names."""

    number: int
    values: Mapping[str, str | int | float | None]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a foreign value may mean: our key, and how it is shown."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A value of the source that names nothing of ours yet; `row` is the first that carries it."""

    value: str
    label: str
    count: int
    row: int
    nearest: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth telling that refuses nothing: a code, its values, and the first rows concerned."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The staged rows against what is stored.

    `gone` are stored figures of the same source and dates that the file no longer names. `rejects` are
    rows refused by the kind's own rules; a kind that lists only the first of very many gives all of them as
    `rejected_rows`. `newest` is the latest date the rows speak of.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    skipped: int = 0
    unmapped_rows: int = 0
    rejects: tuple[Reject, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    findings: tuple[Finding, ...] = ()
    newest: date | None = None
    rejected_rows: int | None = None

    def refused(self) -> int:
        """How many rows the kind refuses."""
        return len({reject.row for reject in self.rejects}) if self.rejected_rows is None else self.rejected_rows


@dataclass(frozen=True, slots=True)
class Stage:
    """What a kind is given: the batch by its ids, its rows (read anew on each call) and the chosen values.

    `values` is the remembered translation, foreign value → our key or SKIP. `withdraw_gone` asks the
    write to take back figures that the file no longer names.
    """

    batch_pk: int
    source_pk: int
    today: date
    rows: Callable[[], Iterator[Staged]]
    values: Mapping[str, str]
    withdraw_gone: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Foreign codes that need translating: the columns that carry them and what they may mean.

    `name` is the key under which choices are remembered, `label` what people call such a thing.
    `creatable` are the kinds of new thing an admin may choose instead (key, label); `create` makes one
    from a foreign value and gives back our key.
    """

    name: str
    label: Callable[[], str]
    columns: tuple[str, ...]
    options: Callable[[date], Sequence[Option]]
    creatable: Callable[[], Sequence[Option]]
    create: Callable[[Unmapped, str, date], str]


def _create_nothing(foreign: Unmapped, choice: str, day: date) -> str:
    raise ValueError(choice)


# For files that carry no foreign codes: nothing to name, nothing to choose, nothing to create.
NO_CODES = Vocabulary(
    name="none", label=str, columns=(), options=lambda day: (), creatable=tuple, create=_create_nothing
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a month is: `have` of `expected` things (units, services) have figures."""

    have: int
    expected: int


def _nothing_expected(months: Sequence[date]) -> Mapping[date, Coverage]:
    return {}


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of file. `asked` names columns the upload form offers to fill when the file lacks them.

    `compare` only reads; `write` compares once more and stores, both inside the caller's unit of work.
    `say` words the kind's own finding and reject codes. `personal` files speak of persons: only who may import sees
    their rows and refused values.

    `spellings` are, by column of text, code or choice, known values of theirs and what they mean.
    A kind whose files have a million rows waits in `own_stage`, a table with a field for every column of the layout
    (a date and time is kept there as if it were UTC), which set-based SQL reads without unpacking JSON.

    `cadence_days` is how old the newest date may be before a figure is overdue (0: files of this kind come when they
    come). `coverage` counts for months (their first days) in one or two queries, how many of the `covers` (word for
    what is counted) have figures; a kind that cannot say gives nothing. `affects` is the sentence on what stays empty
    when such files stop.
    """

    code: str
    label: Callable[[], str]
    layout: Layout
    example: tuple[Mapping[str, str | int | float], ...]
    asked: tuple[str, ...]
    vocabulary: Vocabulary
    compare: Callable[[Stage], Comparison]
    write: Callable[[Stage], Comparison]
    say: Callable[[str, Mapping[str, Fact]], str]
    max_rows: int = 2_000_000
    personal: bool = False
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own_stage: type[Model] | None = None
    cadence_days: int = 0
    coverage: Callable[[Sequence[date]], Mapping[date, Coverage]] = _nothing_expected
    covers: Callable[[], str] = str
    affects: Callable[[], str] = str


@cache
def all_kinds() -> Mapping[str, ImportKind]:
    """Every declared kind by its code, in the order of the settings."""
    found: dict[str, ImportKind] = {}
    for path in settings.IMPORT_KINDS:
        kind: ImportKind = import_string(path)
        found[kind.code] = kind
    return found


def kind_of(code: str) -> ImportKind:
    """The kind with this code. Raises NoSuchKind."""
    try:
        return all_kinds()[code]
    except KeyError:
        raise NoSuchKind(code) from None
