"""The subcommands of `luwes`: one module each, with `HELP`, `add_arguments` and `run`.

`HELP` is a translated sentence; `run` returns the exit code. Expected failures are raised as a `Refusal`. Django is
imported inside `run`, so that the command line answers at once and explains broken settings.
"""

import argparse
from importlib import import_module
from typing import Protocol, cast

# Adding a command is adding its module and one line here.
COMMANDS = {
    "serve": "luwes.config.commands.serve",
    "migrate": "luwes.config.commands.migrate",
    "demo": "luwes.config.commands.demo",
    "admin": "luwes.config.commands.admin",
    "import": "luwes.config.commands.import_",
    "report": "luwes.config.commands.report",
    "check": "luwes.config.commands.check",
    "policy": "luwes.config.commands.policy",
    "roster": "luwes.config.commands.roster",
    "evaluate": "luwes.config.commands.evaluate",
    "backup": "luwes.config.commands.backup",
    "restore": "luwes.config.commands.restore",
    "purge": "luwes.config.commands.purge",
}


class Command(Protocol):
    """What a command module offers."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


def load(name: str) -> Command:
    """The module of the command `name`."""
    return cast(Command, import_module(COMMANDS[name]))
