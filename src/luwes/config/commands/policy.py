"""`luwes policy`: whether a rulebook can be read and what it leaves open; proposing and enacting stored ones."""

import argparse
from pathlib import Path

from luwes.config.language import _
from luwes.config.refusals import Explained
from luwes.config.rulebook_words import fault, points, summary
from luwes.config.stored_rules import tasks as stored_rules
from luwes.core.policy.reading import Fault
from luwes.core.policy.rulebook import read_rulebook

HELP = _("Periksa berkas rulebook")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which file."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar=_("TUGAS"))
    check = _("periksa satu berkas: terbaca atau tidak, apa isinya, apa yang masih terbuka")
    one = tasks.add_parser("check", help=check, description=check)
    one.add_argument("file", type=Path, metavar=_("BERKAS"), help=_("berkas rulebook (.toml)"))
    stored_rules.add_tasks(tasks)


def run(args: argparse.Namespace) -> int:
    """Print what the file decides, then what it leaves open; an unreadable file is refused with the entry named."""
    if args.task in stored_rules.TASKS:
        for line in stored_rules.run(args):
            print(line)
        return 0
    try:
        text = args.file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Explained(_("Berkas %(file)s tidak dapat dibaca sebagai teks.") % {"file": args.file}) from error
    try:
        rulebook = read_rulebook(text)
    except Fault as error:
        raise Explained(fault(error, text)) from error
    for line in summary(rulebook):
        print(line)
    for line in points(rulebook):
        print(line)
    return 0
