"""Who acts, as plain values, so that the audit chain needs no foreign key to accounts."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """How the actor got in."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind, not a secret: a personal token used by a program on behalf of a person
    JOB_LINK = "job_link"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting party.

    `id` is opaque (never a NIP, never a name). `scope` is a unit key, or "" for the whole government.
    `capacity` is "definitif", "plt" or "plh". `signature` (name and post) is personal text: it goes only
    into the erasable side of an audit entry.
    """

    kind: ActorKind
    id: str
    role: str = ""
    scope: str = ""
    capacity: str = ""
    signature: str = ""


def system(name: str) -> Actor:
    """The software itself, acting in a nightly task or a command named `name`."""
    return Actor(kind=ActorKind.SYSTEM, id=name)
