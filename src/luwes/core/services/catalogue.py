"""Names of common services, found by the names of units: an offer to the head, never a fact."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luwes.core.names import name_key


class CatalogueError(ValueError):
    """The catalogue's file is not what it should be."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the chain: the role, and what the unit's name holds that usually does it ("": the owner)."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Common:
    """A service many governments have; `units` are words of the names of units that usually own it."""

    code: str
    name: str
    units: Sequence[str]
    chain: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as far as the search needs it."""

    key: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A service that the unit probably has; `chain` are (role, unit key)."""

    code: str
    name: str
    owner: str
    chain: Sequence[tuple[str, str]]


ROLES = ("depan", "verifikasi", "tanda_tangan", "ti")


def read_catalogue(text: str) -> tuple[Common, ...]:
    """The services of a catalogue in TOML. Raises CatalogueError."""
    try:
        entries = tomllib.loads(text)["service"]
        found = tuple(
            Common(
                code=entry["code"],
                name=entry["name"],
                units=tuple(name_key(word) for word in entry["units"]),
                chain=tuple(Step(step["role"], name_key(step.get("unit", ""))) for step in entry["chain"]),
            )
            for entry in entries
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(str(error)) from error
    codes = [one.code for one in found]
    if len(set(codes)) != len(codes):
        raise CatalogueError("two services share a code")
    for one in found:
        if not one.units or any(step.role not in ROLES for step in one.chain):
            raise CatalogueError(one.code)
    return found


def propose(catalogue: Iterable[Common], places: Sequence[Place], *, outside: Sequence[Place] = ()) -> list[Proposal]:
    """Services that units of these names usually have, each once, by the first unit whose name fits.

    A step of the chain goes to the unit of `places`, then of `outside`, whose name holds the step's words; else to
    the owner.
    """
    found = []
    for common in catalogue:
        owner = next((place for place in places if _fits(place, common.units)), None)
        if owner is not None:
            chain = [(step.role, _doer(step, owner, [*places, *outside])) for step in common.chain]
            found.append(Proposal(common.code, common.name, owner.key, tuple(dict.fromkeys(chain))))
    return found


def _fits(place: Place, words: Iterable[str]) -> bool:
    name = name_key(place.name)
    return any(word in name for word in words)


def _doer(step: Step, owner: Place, places: Sequence[Place]) -> str:
    if not step.unit:
        return owner.key
    return next((place.key for place in places if step.unit in name_key(place.name)), owner.key)
