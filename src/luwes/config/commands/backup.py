"""`luwes backup`: everything into one file."""

import argparse
import os
from pathlib import Path

from luwes.config.environment import database, files_folder
from luwes.config.language import _

HELP = _("Buat cadangan basis data dan berkas")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("file", metavar=_("BERKAS"), type=Path, help=_("berkas cadangan, misalnya cadangan.tar"))


def run(args: argparse.Namespace) -> int:
    """Write the backup and name the file."""
    from django.conf import settings
    from django.utils import timezone

    from luwes.config.backup.make import make_backup
    from luwes.core.formats import number

    target: Path = args.file.absolute()
    with database():
        url = os.environ["LUWES_DATABASE_URL"]
        make_backup(target, url=url, files=files_folder(), now=timezone.now())
    size = number(target.stat().st_size / 1_000_000, 1, settings.LANGUAGE_CODE)
    print(_("Cadangan dibuat: %(file)s (%(size)s MB).") % {"file": target, "size": size})
    return 0
