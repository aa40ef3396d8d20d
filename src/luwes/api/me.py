"""Who the token acts for."""

from django.http import HttpRequest
from ninja import Router, Schema

from luwes.api.auth import actor_of
from luwes.apps.accounts import access

router = Router(tags=["saya"])


class Me(Schema):
    """The acting person by opaque id, the role and its scope ("" is the whole government)."""

    id: str
    role: str
    scope: str
    capacity: str
    rights: list[str]


@router.get("", response=Me, summary="Peran token ini", operation_id="me")
def me(request: HttpRequest) -> Me:
    """The role the token acts in and the rights it carries."""
    actor = actor_of(request)
    return Me(
        id=actor.id,
        role=actor.role,
        scope=actor.scope,
        capacity=actor.capacity,
        rights=sorted(right.value for right in access.rights_of(actor)),
    )
