"""Writes of the import flow: stage, choose how to read, confirm, discard, lapse."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.sources import drift, staging
from luwes.apps.sources.kinds import SKIP, Comparison, ImportKind, Stage, Unmapped, kind_of
from luwes.apps.sources.models import BatchState, ImportBatch, RejectedCell, Source, StagedRow
from luwes.apps.sources.models import Mapping as SourceMapping

STAGE_HOURS = 24
LISTED_UNMAPPED = 200
CREATE = "new:"


class SourceUnnamed(Refused):
    """A source needs a name: figures without a sender cannot be trusted."""

    code = "source_unnamed"


class NoSuchBatch(Refused):
    """No batch has this id."""

    code = "no_such_batch"


class NoSuchSource(Refused):
    """No source has this id."""

    code = "no_such_source"


class BatchSettled(Refused):
    """The batch was discarded, or confirmed and cannot be discarded."""

    code = "batch_settled"


class BatchLapsed(Refused):
    """The staged rows are older than a day and gone."""

    code = "batch_lapsed"


class ChangedMeanwhile(Refused):
    """Somebody else changed the batch after this page was shown."""

    code = "changed_meanwhile"


class UnmappedLeft(Refused):
    """Values without a choice are left: nothing is guessed, nothing silently dropped."""

    code = "unmapped_left"


class NoSuchChoice(Refused):
    """A value was given a meaning that is not offered."""

    code = "no_such_choice"


class NothingReadable(Refused):
    """Not one row can be stored."""

    code = "nothing_readable"


class WithdrawNeedsCleanFile(Refused):
    """Figures cannot be taken back on the word of a file with refused rows: one of them may be meant."""

    code = "withdraw_needs_clean_file"


def stage(
    *,
    kind: str,
    source_name: str,
    file_name: str,
    payload: bytes,
    columns: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    percent_as_fraction: bool = False,
    money_unit: int | None = None,
) -> ImportBatch:
    """Dry run: read a file into the stage and hold it against what is stored; stores no figure.

    `columns` (our column → their header) becomes the source's remembered way of reading; None uses the
    remembered one, or recognition by name. `constants` fill columns the file lacks, as canonical text. `money_unit` is
    how many rupiah one unit of the file's money is; None refuses a file that says it counts in thousands.
    Raises UnreadableFile (roll back), NoSuchKind, SourceUnnamed, Forbidden, OutsideScope.
    """
    work = current()
    access.require_whole(work.actor, Right.IMPORT)
    found = kind_of(kind)
    constants = _meant_for(found, constants or {})
    source = _source(found, source_name)
    if columns is not None:
        locking.lock_rows({}, names=[_lock_name(found)])
        remember(source=source, columns=columns)
    mapping = current_mapping(source)
    batch = _arrived(source, mapping, file_name, payload)
    reading = staging.read_into(
        batch,
        found,
        payload,
        columns=mapping.columns if mapping else {},
        constants=constants,
        percent_as_fraction=percent_as_fraction,
        money_unit=money_unit,
    )
    batch.summary = {**reading.told(), "constants": constants, "money_unit": money_unit}
    _tell(batch, found.compare(_stage_of(batch, found)))
    batch.save()
    record(action="import.staged", subject=batch.public_id, facts=_facts(batch))
    return batch


def choose_values(*, batch_id: str, version: int, choices: Mapping[str, str], rest: str = "") -> ImportBatch:
    """Say what foreign values mean, remembered for the source, and compare the stage again.

    `choices` go from the foreign value to our key, to "new:<what>" (create it) or to SKIP. Only values
    listed as unmapped may be chosen. `rest` is the choice for every unmapped value not named.
    Raises ChangedMeanwhile, NoSuchChoice, BatchSettled, BatchLapsed.
    """
    work = current()
    access.require_whole(work.actor, Right.IMPORT)
    batch, kind = _locked(batch_id)
    _require_staged(batch, work.now)
    _require_version(batch, version)
    listed = {each.value: each for each in kind.compare(_stage_of(batch, kind)).unmapped}
    known = {option.key for option in kind.vocabulary.options(work.today)}
    creatable = {option.key for option in kind.vocabulary.creatable()}
    meant: dict[str, str] = {}
    for value, choice in (dict.fromkeys(listed, rest) | dict(choices) if rest else choices).items():
        if value not in listed:
            raise NoSuchChoice(value)
        meant[value] = _meaning(kind, listed[value], choice, known=known, creatable=creatable)
    remember(source=batch.source, values={kind.vocabulary.name: meant})
    batch.mapping = current_mapping(batch.source)
    batch.version += 1
    _tell(batch, kind.compare(_stage_of(batch, kind)))
    batch.save()
    return batch


def confirm(*, batch_id: str, version: int, withdraw_gone: bool = False) -> ImportBatch:
    """Store what the stage holds, all or nothing, and consume it.

    Compares once more under the lock of the kind. Confirming a confirmed batch returns it unchanged.
    `withdraw_gone` also takes back this source's figures that the file no longer names.
    Raises ChangedMeanwhile, UnmappedLeft, NothingReadable, WithdrawNeedsCleanFile, BatchSettled, BatchLapsed.
    """
    work = current()
    access.require_whole(work.actor, Right.IMPORT)
    batch, kind = _locked(batch_id)
    if batch.state == BatchState.CONFIRMED:
        return batch
    _require_staged(batch, work.now)
    _require_version(batch, version)
    done = kind.write(_stage_of(batch, kind, withdraw_gone=withdraw_gone))
    if done.unmapped:
        raise UnmappedLeft(str(len(done.unmapped)))
    _tell(batch, done)
    if not done.new + done.changed + done.unchanged:
        raise NothingReadable
    if withdraw_gone and batch.counts["rejected"]:
        raise WithdrawNeedsCleanFile
    batch.counts["withdrawn"] = done.gone if withdraw_gone else 0
    _settle(batch, BatchState.CONFIRMED)
    record(action="import.confirmed", subject=batch.public_id, facts=_facts(batch))
    return batch


def discard(*, batch_id: str, version: int) -> ImportBatch:
    """Drop the staged rows; counts and hash stay. Discarding twice is the same as once."""
    access.require_whole(current().actor, Right.IMPORT)
    batch, _ = _locked(batch_id)
    if batch.state in (BatchState.DISCARDED, BatchState.LAPSED):
        return batch
    if batch.state == BatchState.CONFIRMED:
        raise BatchSettled(batch.state)
    _require_version(batch, version)
    _settle(batch, BatchState.DISCARDED)
    record(action="import.discarded", subject=batch.public_id, facts=_facts(batch))
    return batch


def lapse() -> int:
    """Let every stage older than a day go; returns how many. For the software itself, see `tasks`."""
    work = current()
    access.require_whole(work.actor, Right.IMPORT)
    old = ImportBatch.objects.filter(state=BatchState.STAGED, staged_at__lte=lapse_before(work.now))
    locked = locking.lock_rows({ImportBatch: old.values_list("pk", flat=True)})[ImportBatch]
    lapsed = [b for b in locked.values() if isinstance(b, ImportBatch) and b.state == BatchState.STAGED]
    for batch in lapsed:
        _settle(batch, BatchState.LAPSED)
        record(action="import.lapsed", subject=batch.public_id, facts=_facts(batch))
    return len(lapsed)


def lapse_before(now: datetime) -> datetime:
    """Stages from this instant or earlier have lapsed."""
    return now - timedelta(hours=STAGE_HOURS)


def remember(
    *,
    source: Source,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    drop: tuple[str, str] | None = None,
) -> SourceMapping:
    """Make a new version of how a source is read; what is not given stays as it was.

    `drop` names one vocabulary and value to forget. The caller holds the lock of the kind.
    """
    work = current()
    access.require_whole(work.actor, Right.IMPORT)
    old = current_mapping(source)
    merged = {name: dict(known) for name, known in (old.values if old else {}).items()}
    for name, meant in (values or {}).items():
        merged[name] = {**merged.get(name, {}), **meant}
    if drop is not None:
        merged.get(drop[0], {}).pop(drop[1], None)
    if old is not None:
        old.superseded_at = work.now
        old.save(update_fields=["superseded_at"])
    made = SourceMapping.objects.create(
        source=source,
        columns=dict(columns) if columns is not None else (old.columns if old else {}),
        values=merged,
        recorded_at=work.now,
        recorded_by=work.actor.id,
    )
    record(
        action="import.mapping_changed",
        subject=source.public_id,
        facts={"columns": len(made.columns), "values": {name: len(known) for name, known in merged.items()}},
    )
    return made


def forget(*, source_id: str, value: str | None) -> SourceMapping | None:
    """Ask again next time: what `value` means, or (None) which columns are which. Stored figures stay.

    Returns the new mapping, or None where there was nothing to forget. Raises NoSuchSource.
    """
    access.require_whole(current().actor, Right.IMPORT)
    source = Source.objects.filter(public_id=source_id).first()
    if source is None:
        raise NoSuchSource(source_id)
    kind = kind_of(source.kind)
    locking.lock_rows({}, names=[_lock_name(kind)])
    mapping = current_mapping(source)
    if mapping is None:
        return None
    if value is None:
        return remember(source=source, columns={}) if mapping.columns else None
    known = mapping.values.get(kind.vocabulary.name, {})
    if value not in known:
        return None
    return remember(source=source, drop=(kind.vocabulary.name, value))


def current_mapping(source: Source) -> SourceMapping | None:
    """How the source is read now, or None before anything was chosen."""
    return SourceMapping.objects.filter(source=source, superseded_at=None).first()


def _source(kind: ImportKind, name: str) -> Source:
    shown = staging.clean_name(name)
    if not shown:
        raise SourceUnnamed
    return Source.objects.get_or_create(kind=kind.code, name=shown)[0]


def _meant_for(kind: ImportKind, constants: Mapping[str, str]) -> dict[str, str]:
    """The form offers the same fields for every kind; those that mean nothing to this one are left out."""
    return {name: text for name, text in constants.items() if kind.layout.has(name)}


def _arrived(source: Source, mapping: SourceMapping | None, file_name: str, payload: bytes) -> ImportBatch:
    work = current()
    return ImportBatch.objects.create(
        source=source,
        mapping=mapping,
        file_name=staging.clean_name(file_name),
        file_sha256=hashlib.sha256(payload).hexdigest(),
        file_size=len(payload),
        staged_by=work.actor.id,
        staged_at=work.now,
    )


def _lock_name(kind: ImportKind) -> str:
    """One lock per kind, not per source: two sources may state the same figure."""
    return f"import:{kind.code}"


def _locked(batch_id: str) -> tuple[ImportBatch, ImportKind]:
    """The batch under its row lock and the lock of its kind, read after both were granted."""
    found = ImportBatch.objects.filter(public_id=batch_id).select_related("source").first()
    if found is None:
        raise NoSuchBatch(batch_id)
    kind = kind_of(found.source.kind)
    rows = locking.lock_rows({ImportBatch: [found.pk]}, names=[_lock_name(kind)])
    batch = rows[ImportBatch].get(found.pk)
    if not isinstance(batch, ImportBatch):
        raise NoSuchBatch(batch_id)
    return batch, kind


def _require_staged(batch: ImportBatch, now: datetime) -> None:
    if batch.state == BatchState.LAPSED or batch.staged_at <= lapse_before(now):
        raise BatchLapsed(batch.public_id)
    if batch.state != BatchState.STAGED:
        raise BatchSettled(batch.state)


def _require_version(batch: ImportBatch, version: int) -> None:
    if batch.version != version:
        raise ChangedMeanwhile(batch.public_id)


def _stage_of(batch: ImportBatch, kind: ImportKind, *, withdraw_gone: bool = False) -> Stage:
    values = batch.mapping.values.get(kind.vocabulary.name, {}) if batch.mapping else {}
    return Stage(
        batch_pk=batch.pk,
        source_pk=batch.source_id,
        today=current().today,
        rows=lambda: staging.staged_rows(batch.pk, kind),
        values=values,
        withdraw_gone=withdraw_gone,
    )


def _meaning(kind: ImportKind, foreign: Unmapped, choice: str, *, known: set[str], creatable: set[str]) -> str:
    if choice == SKIP or choice in known:
        return choice
    if choice.startswith(CREATE) and choice.removeprefix(CREATE) in creatable:
        return kind.vocabulary.create(foreign, choice.removeprefix(CREATE), current().today)
    raise NoSuchChoice(choice)


def _tell(batch: ImportBatch, found: Comparison) -> None:
    """Put what comparing found into the batch: counts, findings, unmapped values, drift, refused rows."""
    RejectedCell.objects.filter(batch=batch, by_rule=True).delete()
    staging.list_rejects(batch, list(found.rejects), by_rule=True)
    summary: dict[str, Any] = batch.summary
    rows = summary["valid"] + summary["rejected"]
    batch.counts = {
        "rows": rows,
        "new": found.new,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "gone": found.gone,
        "skipped": found.skipped,
        "unmapped": found.unmapped_rows,
        "rejected": summary["rejected"] + found.refused(),
    }
    recent = drift.recent(batch)
    same = drift.same_file(batch)
    summary["newest"] = found.newest.isoformat() if found.newest else ""
    summary["findings"] = [asdict(finding) for finding in found.findings]
    summary["unmapped"] = [asdict(each) for each in found.unmapped[:LISTED_UNMAPPED]]
    summary["drift"] = drift.between(recent, summary["headers"], rows, found.newest) if recent else []
    summary["same_as"] = same.public_id if same else ""


def _settle(batch: ImportBatch, state: BatchState) -> None:
    table = kind_of(batch.source.kind).own_stage or StagedRow
    table._base_manager.filter(batch=batch)._raw_delete(using="default")
    batch.state = state
    batch.settled_at = current().now
    batch.version += 1
    batch.save()


def _facts(batch: ImportBatch) -> dict[str, Any]:
    return {
        "kind": batch.source.kind,
        "source": batch.source.public_id,
        "file": batch.file_sha256,
        "rows": batch.summary["digest"],
        "counts": dict(sorted(batch.counts.items())),
    }
