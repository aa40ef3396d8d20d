"""`luwes`: the command line of the product."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from luwes import __version__
from luwes.config import commands
from luwes.config.language import _
from luwes.config.refusals import Refusal
from luwes.config.stopping import StopRequested, stop_on_signals
from luwes.config.wording import sentence

USAGE_ERROR = 2


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint ends with what to do."""

    def error(self, message: str) -> NoReturn:
        """Print the complaint and end with exit code 2."""
        self.print_usage(sys.stderr)
        told = _("Perintah tidak dapat dijalankan: %(message)s. Lihat pilihannya: %(program)s --help")
        self.exit(USAGE_ERROR, told % {"message": message, "program": self.prog} + "\n")


def build_parser() -> argparse.ArgumentParser:
    """The parser with every command of `commands.COMMANDS`."""
    parser = Parser(prog="luwes", description=_("Luwes: fleksibilitas kerja ASN yang dijalankan dan diukur."))
    parser.add_argument("--version", action="version", version=f"luwes {__version__}")
    choices = parser.add_subparsers(dest="command", required=True, metavar=_("PERINTAH"), parser_class=Parser)
    for name in commands.COMMANDS:
        command = commands.load(name)
        command.add_arguments(choices.add_parser(name, help=command.HELP, description=command.HELP))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 1 for an expected failure, 2 for wrong usage."""
    args = build_parser().parse_args(argv)
    stop_on_signals()
    try:
        return commands.load(args.command).run(args)
    except Refusal as refusal:
        sys.stderr.write(sentence(refusal) + "\n")
        return 1
    except StopRequested as stop:
        return 128 + stop.signum


if __name__ == "__main__":
    sys.exit(main())
