"""`luwes check`: how the installation stands, line by line."""

import argparse
from collections.abc import Iterator

from luwes.config.environment import database
from luwes.config.health.line import Health, State
from luwes.config.language import _

HELP = _("Periksa keadaan pemasangan")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to read the whole audit chain again."""
    parser.add_argument("--audit", action="store_true", help=_("periksa seluruh jejak audit"))
    parser.add_argument(
        "--against", default="", metavar=_("KEPALA"), help=_("kepala jejak audit dari laporan tercetak")
    )


def run(args: argparse.Namespace) -> int:
    """Print every line with its remedy; the exit code is 1 if one fails."""
    with database():
        marks = {State.OK: _("baik"), State.WARN: _("perhatian"), State.FAIL: _("gagal")}
        failed = False
        for health in _lines(audit=args.audit or bool(args.against), against=args.against):
            print(f"[{marks[health.state]}] {health.line}")
            if health.remedy:
                print(f"    {health.remedy}")
            failed = failed or health.state is State.FAIL
    return 1 if failed else 0


def _lines(*, audit: bool, against: str) -> Iterator[Health]:
    from django.utils import timezone

    from luwes.config.health.audit import audit_chain
    from luwes.config.health.checks import CHECKS, FIRST

    first = FIRST(timezone.now())
    yield from first
    if any(health.state is State.FAIL for health in first):
        return
    for check in CHECKS:
        yield from check(timezone.now())
    if audit:
        yield audit_chain(against)
