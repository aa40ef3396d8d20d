"""From bytes to staged rows: the child reads, COPY writes, nothing of the original is kept but its hash."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from psycopg import Copy, sql

from luwes.apps.sources.kinds import ImportKind, Staged
from luwes.apps.sources.models import ImportBatch, RejectedCell, StagedRow
from luwes.apps.sources.reading.contract import Job, Limits, Reject, Summary
from luwes.apps.sources.reading.parent import parse

STAGED = ("batch_id", "row_number", "key", "data")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What the child told about a file, and a digest of the rows it accepted."""

    summary: Summary
    digest: str

    def told(self) -> dict[str, object]:
        """What a batch keeps of its reading. The sample would outlive the stage: rows are looked at where they are."""
        told = self.summary.to_json()
        del told["sample"]
        return {**told, "digest": self.digest}


def read_into(
    batch: ImportBatch,
    kind: ImportKind,
    payload: bytes,
    *,
    columns: Mapping[str, str],
    constants: Mapping[str, str],
    percent_as_fraction: bool,
    money_unit: int | None,
) -> Reading:
    """Stage the accepted rows and list the refused cells of one file, inside the caller's transaction.

    `columns` goes from our column name to their header, {} for recognition by name.
    Raises UnreadableFile; the caller's transaction must then be rolled back.
    """
    job = Job(
        layout=kind.layout,
        prefix=str(batch.pk),
        mapping={theirs: ours for ours, theirs in columns.items()} or None,
        constants=constants,
        values=kind.spellings,
        fields=kind.own_stage is not None,
        percent_as_fraction=percent_as_fraction,
        money_unit=money_unit,
    )
    summary, digest, rejects = _copied(kind, payload, job)
    if kind.own_stage is not None:
        # Without counts of what just came in, the server would plan sets of a million rows as if they were few.
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(kind.own_stage._meta.db_table)))
    list_rejects(batch, rejects, by_rule=False)
    return Reading(summary=summary, digest=digest)


def _copied(kind: ImportKind, payload: bytes, job: Job) -> tuple[Summary, str, list[Reject]]:
    """Write the accepted rows; returns what was read, the rows' digest, and the refused cells."""
    digest = hashlib.sha256()
    line_start = f"\n{job.prefix}\t".encode()
    rejects: list[Reject] = []
    # COPY passes Django by, which would otherwise turn the driver's errors into its own.
    with connection.wrap_database_errors, connection.cursor() as cursor, ExitStack() as open_copy:
        copies: list[Copy] = []

        def begin(names: tuple[str, ...]) -> None:
            copies.append(open_copy.enter_context(cursor.copy(_copy_into(kind, names))))
            digest.update("\t".join(names).encode())

        def take(lines: bytes) -> None:
            copies[-1].write(lines)
            # The batch number is ours, not the file's: equal files must have equal digests.
            digest.update((b"\n" + lines).replace(line_start, b"\n"))

        if kind.own_stage is None:
            begin(STAGED[2:])
        # Rejects wait until COPY has ended: one connection does one thing at a time. The reader caps them.
        limits = replace(Limits(), max_rows=kind.max_rows)
        summary = parse(payload, job, on_columns=begin, on_rows=take, on_rejects=rejects.extend, limits=limits)
    return summary, digest.hexdigest(), rejects


def _copy_into(kind: ImportKind, names: tuple[str, ...]) -> sql.Composed:
    table = (kind.own_stage or StagedRow)._meta.db_table
    return sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, (*STAGED[:2], *names)))
    )


def list_rejects(batch: ImportBatch, rejects: list[Reject], *, by_rule: bool) -> None:
    """Keep refused cells for the sender to correct."""
    RejectedCell.objects.bulk_create(
        [
            RejectedCell(
                batch=batch,
                row_number=reject.row,
                column=reject.column,
                code=reject.code,
                value=reject.value.replace("\x00", ""),
                nearest=reject.nearest or "",
                by_rule=by_rule,
            )
            for reject in rejects
        ],
        batch_size=2_000,
    )


def staged_rows(batch_pk: int, kind: ImportKind) -> Iterator[Staged]:
    """The batch's rows in file order, by our column names, without holding all of them."""
    names = [column.name for column in kind.layout.columns]
    if kind.own_stage is not None:
        own = kind.own_stage._base_manager.filter(batch_id=batch_pk).order_by("row_number")
        for number, *fields in own.values_list("row_number", *names).iterator(chunk_size=5_000):
            yield Staged(number=number, values=dict(zip(names, map(_canonical, fields), strict=True)))
        return
    rows = StagedRow.objects.filter(batch_id=batch_pk).order_by("row_number").values_list("row_number", "data")
    for number, data in rows.iterator(chunk_size=5_000):
        yield Staged(number=number, values=dict(zip(names, data, strict=True)))


def _canonical(value: Any) -> str | int | float | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def clean_name(name: str) -> str:
    """A file or source name as one printable line of at most 200 characters, without folders."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", last) if c != "\ufffd")
    return " ".join(shown.split())[:LONGEST_NAME]
