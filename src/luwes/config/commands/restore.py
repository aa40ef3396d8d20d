"""`luwes restore`: bring a backup back."""

import argparse
import os
from pathlib import Path

from luwes.config.environment import database, files_folder
from luwes.config.language import _

HELP = _("Pulihkan basis data dan berkas dari cadangan")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to read, and whether what is there may be replaced."""
    parser.add_argument("file", metavar=_("BERKAS"), type=Path, help=_("berkas dari luwes backup"))
    parser.add_argument("--force", action="store_true", help=_("ganti basis data yang tidak kosong"))


def run(args: argparse.Namespace) -> int:
    """Restore and say from when the data are."""
    from django.conf import settings
    from django.utils import timezone
    from django.utils.dateparse import parse_datetime

    from luwes.config.backup.restore import restore_backup
    from luwes.core.formats import long_date

    with database():
        url = os.environ["LUWES_DATABASE_URL"]
        manifest = restore_backup(args.file.absolute(), url=url, files=files_folder(), force=args.force)
        made_at = parse_datetime(manifest.made_at)
        day = long_date(timezone.localdate(made_at), settings.LANGUAGE_CODE)
    print(_("Cadangan dipulihkan: keadaan %(day)s.") % {"day": day})
    return 0
