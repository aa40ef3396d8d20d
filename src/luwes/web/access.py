"""Every page declares its access; the middleware refuses a page that does not."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from luwes.apps.accounts.roles import Right

View = TypeVar("View", bound=Callable[..., Any])


class Open(StrEnum):
    """Access that needs no role."""

    PUBLIC = "public"
    JOB_LINK = "job_link"  # the secret in the address is the key
    SIGNED_IN = "signed_in"  # any person, even without a role


PUBLIC, JOB_LINK, SIGNED_IN = Open.PUBLIC, Open.JOB_LINK, Open.SIGNED_IN


@dataclass(frozen=True, slots=True)
class Declared:
    """`access` is a right, or one of the open kinds. `scoped` pages check a unit inside the view.

    `own` names the address that shows the same of one unit: holders of the right over one unit alone are led there.
    """

    access: Right | Open
    scoped: bool = False
    own: str = ""


def page(*, access: Right | Open, scoped: bool = False, own: str = "") -> Callable[[View], View]:
    """Declare who may open a view.

    `scoped=True` says that the view is about one unit and answers 404 outside the actor's scope
    (`people.access.require_unit`); without it a right is required over the whole government. `own` is the name of the
    address, with a unit as its only argument, to which somebody with the right over one unit is led instead.
    """

    def mark(view: View) -> View:
        view.declared_access = Declared(access, scoped, own)  # type: ignore[attr-defined]
        return view

    return mark


def declared(view: object) -> Declared | None:
    """The access a view declares, or None."""
    found = getattr(view, "declared_access", None)
    return found if isinstance(found, Declared) else None
