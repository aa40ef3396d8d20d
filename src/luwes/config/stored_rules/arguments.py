"""What the tasks that write have in common: who acts, and the days something is for."""

import argparse
from datetime import date

from luwes.config.language import _
from luwes.config.refusals import Explained
from luwes.core.workdays.periods import DAY, Period


def add(
    tasks: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str, *, person: bool = False
) -> argparse.ArgumentParser:
    """A task; `person` where somebody has to sign in for it."""
    one = tasks.add_parser(name, help=told, description=told)
    if person:
        one.add_argument("--as", dest="login", required=True, metavar=_("SUREL"), help=_("surel atau NIP Anda"))
    return one


def add_days(one: argparse.ArgumentParser) -> None:
    """The first and the last day, both inside; without a last one it is open."""
    one.add_argument("--from", dest="first", required=True, metavar=_("TANGGAL"), help=_("hari pertama"))
    one.add_argument(
        "--to", dest="last", default="", metavar=_("TANGGAL"), help=_("hari terakhir; bawaan: tanpa batas")
    )


def days(args: argparse.Namespace) -> Period:
    """The period of `add_days`. Refused where a date is unreadable or the days run backwards."""
    first = day(args.first)
    end = day(args.last) + DAY if args.last else None
    if end is not None and end <= first:
        raise Explained(_("Hari terakhir mendahului hari pertama."))
    return Period(first, end)


def day(text: str) -> date:
    """One date as it is typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Explained(_("Tanggal harus berbentuk 2026-10-31.")) from None
