"""The import flow for the console: one unit of work per step, refusals as one clear line."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import InternalError, OperationalError
from django.utils import timezone

from luwes.apps.accounts.access import Refused
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import UnitKind
from luwes.apps.sources import actions, wording
from luwes.apps.sources.kinds import kind_of
from luwes.apps.sources.models import ImportBatch
from luwes.apps.sources.reading.contract import UnreadableFile
from luwes.config.refusals import Refusal

CONSOLE = system("console")


class StoringFailed(Refusal):
    """The database went away or could not write; its transaction is undone."""

    code = "storing_failed"


class Explained(Refusal):
    """Something below refused; its own sentence says what and why."""

    code = "explained"


@contextmanager
def explained() -> Iterator[None]:
    """Turn expected refusals into one line for the console."""
    try:
        yield
    except UnreadableFile as error:
        raise Explained(sentence=wording.unreadable(error.code, error.facts)) from error
    except Refused as error:
        raise Explained(sentence=wording.refusal(error.code)) from error
    except (OperationalError, InternalError) as error:
        raise StoringFailed(reason=str(error).partition("\n")[0]) from error


def staged(
    *,
    kind: str,
    source: str,
    file_name: str,
    payload: bytes,
    constants: Mapping[str, str] | None = None,
    fractions: bool = False,
    money_unit: int | None = None,
) -> ImportBatch:
    """Dry run of one file."""
    with unit_of_work(CONSOLE, timezone.now()):
        return actions.stage(
            kind=kind,
            source_name=source,
            file_name=file_name,
            payload=payload,
            constants=constants,
            percent_as_fraction=fractions,
            money_unit=money_unit,
        )


def created(batch: ImportBatch, *, government: str) -> ImportBatch:
    """Create every unknown unit of the batch; the row with the code `government` is the government itself."""
    top = [each["value"] for each in batch.summary["unmapped"] if each["value"] == government]
    if top:
        # The government first, so that the others can hang below it.
        with unit_of_work(CONSOLE, timezone.now()):
            batch = actions.choose_values(
                batch_id=batch.public_id,
                version=batch.version,
                choices=dict.fromkeys(top, f"{actions.CREATE}{UnitKind.GOVERNMENT.value}"),
            )
    if not batch.summary["unmapped"]:
        return batch
    # What a kind offers to create first is what its unknown codes usually are.
    offered = kind_of(batch.source.kind).vocabulary.creatable()
    return chosen(batch, f"{actions.CREATE}{offered[0].key}") if offered else batch


def chosen(batch: ImportBatch, choice: str) -> ImportBatch:
    """Give every value still unknown the same meaning."""
    with unit_of_work(CONSOLE, timezone.now()):
        return actions.choose_values(batch_id=batch.public_id, version=batch.version, choices={}, rest=choice)


def confirmed(batch: ImportBatch) -> ImportBatch:
    """Store what was staged."""
    with unit_of_work(CONSOLE, timezone.now()):
        return actions.confirm(batch_id=batch.public_id, version=batch.version)


def dropped(batch: ImportBatch) -> None:
    """Drop what was staged."""
    with unit_of_work(CONSOLE, timezone.now()):
        actions.discard(batch_id=batch.public_id, version=batch.version)
