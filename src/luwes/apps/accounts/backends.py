"""Loads the signed-in user. Passwords are checked by `actions.sign_in`, which also keeps the limits."""

from django.contrib.auth.backends import BaseBackend

from luwes.apps.accounts.models import User


class PasswordBackend(BaseBackend):
    """Finds the active user of a session."""

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
