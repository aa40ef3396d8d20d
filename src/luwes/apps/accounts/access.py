"""Who may: one function asks, and one pair of exceptions answers."""

from luwes.apps.accounts.roles import JOB_RIGHTS, RIGHTS, Job, Right, Role
from luwes.apps.audit.actor import Actor, ActorKind


class Refused(Exception):
    """An expected refusal with a stable code."""

    code = "refused"


class Forbidden(Refused):
    """The actor is in scope but lacks the right: answered 403 with the reason."""

    code = "forbidden"

    def __init__(self, right: Right) -> None:
        super().__init__(right.value)
        self.right = right


class OutsideScope(Refused):
    """The thing lies outside the actor's scope: answered 404, as if it did not exist."""

    code = "outside_scope"


def rights_of(actor: Actor) -> frozenset[Right]:
    """The rights the actor's role or job link carries. The software itself holds all."""
    if actor.kind is ActorKind.SYSTEM:
        return frozenset(Right)
    if actor.kind is ActorKind.JOB_LINK:
        return JOB_RIGHTS[Job(actor.role)]
    return RIGHTS[Role(actor.role)] if actor.role else frozenset()


def allows(actor: Actor, right: Right) -> bool:
    """Whether the actor holds the right, whatever the scope."""
    return right in rights_of(actor)


def require(actor: Actor, right: Right) -> None:
    """Raise Forbidden unless the actor holds the right."""
    if not allows(actor, right):
        raise Forbidden(right)


def require_whole(actor: Actor, right: Right) -> None:
    """For things that concern the whole government: the right, and a scope that is not one unit."""
    require(actor, right)
    if actor.scope:
        raise OutsideScope(right.value)


def require_self(actor: Actor, user_id: str) -> None:
    """For what a person keeps to themselves (password, tokens): signed in as that person, not by a token."""
    if actor.kind is not ActorKind.PERSON or actor.id != user_id:
        raise OutsideScope(user_id)


def holders(right: Right) -> list[Role]:
    """The roles that hold a right, so that a refusal can say who can."""
    return [role for role in Role if right in RIGHTS[role]]
