"""`luwes serve`: the database if it is embedded, the site and its worker, until asked to stop."""

import argparse

from luwes.config.language import _

HELP = _("Jalankan situs")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to fill in the demo first."""
    parser.add_argument("--host", default="127.0.0.1", help=_("alamat (bawaan: 127.0.0.1)"))
    parser.add_argument("--port", type=int, default=8000, help=_("porta (bawaan: 8000)"))
    parser.add_argument("--demo", action="store_true", help=_("isi contoh lebih dahulu"))
    parser.add_argument("--staff", type=int, metavar=_("JUMLAH"), help=_("banyaknya pegawai contoh (dengan --demo)"))
    parser.add_argument("--with-parent", action="store_true", help=_("ikut berhenti ketika proses induk berhenti"))


def run(args: argparse.Namespace) -> int:
    """Serve until stopped; a stop on request is a success."""
    from luwes.config.serve.parent import Parent
    from luwes.config.serve.run import serve

    parent = Parent() if args.with_parent else None
    return serve(host=args.host, port=args.port, demo=args.demo, staff=args.staff, parent=parent)
