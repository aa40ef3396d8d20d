"""What every kind of service file plans before it stores anything, and how that is told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from luwes.apps.results.services.vocabulary import ServiceReader
from luwes.apps.sources.kinds import Comparison
from luwes.apps.sources.ledger import Revision, comparison, noted
from luwes.apps.sources.reading.contract import Reject
from luwes.apps.sources.reading.layout import Layout

Said = TypeVar("Said")
# A service and the first and last day a file speaks of it.
Spans = Mapping[int, tuple[date, date]]


@dataclass(slots=True)
class Plan(Generic[Said]):
    """What confirming would do; `said` by the row of its entry, `notes` are rows by the code of what is odd."""

    layout: Layout
    reader: ServiceReader
    said: dict[int, Said] = field(default_factory=dict)
    revision: Revision = field(default_factory=Revision)
    rejects: list[Reject] = field(default_factory=list)
    notes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    repeated: list[int] = field(default_factory=list)

    def refuse(self, row: int, column: str, code: str, value: object = "") -> None:
        """List a row that cannot be used, under the header of one column."""
        label = self.layout.column(column).label
        self.rejects.append(Reject(row=row, column=label, code=code, value=str(value)[:40]))

    def told(self, *, clash_column: str, newest: date | None) -> Comparison:
        """The plan as the import flow shows it."""
        self.revision.repeated.extend(self.repeated)
        self.repeated = []
        findings = noted(self.notes)
        return comparison(
            self.revision,
            clash_column=self.layout.column(clash_column).label,
            rejects=self.rejects,
            findings=findings,
            unmapped=self.reader.unmapped(),
            skipped=self.reader.skipped,
            newest=newest,
        )


def in_rows(told: Comparison, revision: Revision, sizes: Mapping[int, int], gone: int) -> Comparison:
    """Count rows of the file where an entry is a whole day of them: people compare with what they sent.

    `sizes` are the rows in each entry, by the entry's row; `gone` the rows in what the file no longer names.
    """
    new = sum(sizes[entry.row] for entry in revision.new)
    changed = sum(sizes[entry.row] for _, entry in revision.changed)
    unchanged = sum(sizes.values()) - new - changed + len(revision.repeated)
    return replace(told, new=new, changed=changed, unchanged=unchanged, gone=gone)


def spans_of(pairs: Iterable[tuple[int, date]]) -> Spans:
    """For each service the first and last day it is spoken of."""
    found: dict[int, tuple[date, date]] = {}
    for service, day in pairs:
        first, last = found.get(service, (day, day))
        found[service] = (min(first, day), max(last, day))
    return found


def within(spans: Spans, service: int, day: date) -> bool:
    """Whether the file speaks of the service around this day."""
    span = spans.get(service)
    return span is not None and span[0] <= day <= span[1]
