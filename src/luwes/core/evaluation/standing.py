"""*Standar* on flexible and on other days: the answer that needs no comparison and is always given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luwes.core.indicators.standard import Kept, StandardAnswer, judge_standard, pool


class Kind(StrEnum):
    """What a working day was planned to be for the chain of a service."""

    FLEXIBLE = "flexible"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """A service against its published standard: over all days, and by kind of day."""

    overall: StandardAnswer
    flexible: StandardAnswer
    other: StandardAnswer


def standing(days: Iterable[tuple[Kind, Sequence[Kept]]]) -> Standing:
    """Judge a service from its days, each with its kind and one entry for every promise on file.

    A kind of day without any day answers NO_STANDARD where nothing is on file at all, and NOT_ENOUGH_DATA where
    promises are on file: a kind that never came has kept nothing.
    """
    held: dict[Kind, list[Sequence[Kept]]] = {kind: [] for kind in Kind}
    for kind, promises in days:
        held[kind].append(promises)
    overall = pool(held[Kind.FLEXIBLE] + held[Kind.OTHER])
    nothing = [Kept(one.promise, 0, 0, 0, one.required) for one in overall]
    return Standing(
        judge_standard(overall),
        judge_standard(pool([*held[Kind.FLEXIBLE], nothing])),
        judge_standard(pool([*held[Kind.OTHER], nothing])),
    )
