"""Under which account the embedded server runs.

PostgreSQL refuses to run as root. Started by root it therefore runs under a numeric account that no
other program uses. It needs no entry in /etc/passwd and no user is added.
"""

import os
import pwd
from dataclasses import dataclass

from luwes.config.refusals import Refusal

# In the part of the number range that systemd documents as unused, below 65536 so that it also exists in
# a rootless container.
SERVER_ID = 60653
# `initdb` asks for the name of its account, `postgres` does not; `nobody` exists on every Debian and owns
# the new cluster only until it is handed over to SERVER_ID.
INITIAL_NAME = "nobody"


class AccountWithoutName(Refusal):
    """The server checks its clients by account name, so the account must have one."""

    code = "account_without_name"


@dataclass(frozen=True, slots=True)
class Account:
    """`run_as` and `create_as` are numeric ids, or None where the server runs as the caller."""

    client_name: str
    run_as: int | None
    create_as: int | None

    @property
    def is_root(self) -> bool:
        return self.run_as is not None


def current_account() -> Account:
    """The account for this process. Raises `AccountWithoutName`."""
    user = os.geteuid()
    try:
        name = pwd.getpwuid(user).pw_name
        if user:
            return Account(name, None, None)
        return Account(name, SERVER_ID, pwd.getpwnam(INITIAL_NAME).pw_uid)
    except KeyError as error:
        raise AccountWithoutName(uid=user) from error
