"""`luwes admin EMAIL`: the first admin of an installation, or a new temporary password for one."""

import argparse

from luwes.config.environment import database
from luwes.config.language import _

HELP = _("Buat admin pertama, atau beri kata sandi sementara kepada admin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who."""
    parser.add_argument("email", metavar=_("SUREL"), help=_("surel admin"))
    parser.add_argument("--name", default="", metavar=_("NAMA"), help=_("nama lengkap, untuk akun baru"))


def run(args: argparse.Namespace) -> int:
    """Create or open the account and print its temporary password, this once."""
    with database():
        from luwes.config.admin import give_admin
        from luwes.config.migrations import require_migrated

        require_migrated()
        given = give_admin(email=args.email, name=args.name)
    told = _("Akun Admin BKD dibuat untuk %(name)s.") if given.is_new else _("%(name)s dapat masuk sebagai Admin BKD.")
    print(told % {"name": given.name})
    print(_("Surel: %(email)s") % {"email": given.email})
    print(_("Kata sandi sementara: %(password)s (harus diganti saat masuk)") % {"password": given.password})
    return 0
