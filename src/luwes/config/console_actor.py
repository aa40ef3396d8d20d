"""Who acts on the console in the name of an account: for what two people must do."""

from luwes.apps.audit.actor import Actor
from luwes.config.language import _
from luwes.config.refusals import Explained


def actor_by_email(email: str) -> Actor:
    """The account with the widest role it holds today. Raises Explained where it has none."""
    from dataclasses import replace

    from django.utils import timezone

    from luwes.apps.accounts import queries
    from luwes.apps.accounts.models import User

    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        raise Explained(_("Tidak ada akun aktif dengan surel %(email)s.") % {"email": email})
    held = [row for row in queries.roles_of(user, timezone.localdate()) if row.held]
    if not held:
        raise Explained(_("Akun %(email)s tidak memegang peran hari ini.") % {"email": email})
    whole = sorted(held, key=lambda row: bool(row.scope))
    return replace(queries.actor_in(user, whole[0]), signature=user.name)
