"""The tasks of `luwes policy` that write: each is done by a person who gives the own password."""

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Explained
from luwes.config.stored_rules import steering_tasks
from luwes.config.stored_rules.arguments import add, add_days, days


def add_tasks(tasks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the tasks to the command's own."""
    one = add(tasks, "propose", _("usulkan berkas rulebook, atau nama rulebook bawaan"), person=True)
    one.add_argument("source", metavar=_("BERKAS"), help=_("berkas .toml, atau nama rulebook bawaan"))
    one = add(tasks, "list", _("daftar aturan menurut tanggal"))
    one.add_argument("--date", default="", metavar=_("TANGGAL"), help=_("misalnya 2026-10-31; bawaan: hari ini"))
    one = add(tasks, "show", _("isi sebuah rancangan dan yang harus dijawab"))
    one.add_argument("version", metavar=_("KODE"), help=_("kode dari luwes policy list"))
    one = add(tasks, "answer", _("jawab pertentangan dan hal terbuka sebuah rancangan"), person=True)
    one.add_argument("version", metavar=_("KODE"), help=_("kode dari luwes policy list"))
    one.add_argument("--number", type=int, action="append", metavar=_("NOMOR"), help=_("nomor dari luwes policy show"))
    one.add_argument("--reason", required=True, metavar=_("ALASAN"), help=_("alasan membiarkannya"))
    one = add(tasks, "enact", _("tetapkan sebuah rancangan; bukan oleh pengusulnya"), person=True)
    one.add_argument("version", metavar=_("KODE"), help=_("kode dari luwes policy list"))
    one.add_argument("--sha256", required=True, metavar=_("SIDIK"), help=_("sidik berkas yang Anda baca"))
    one.add_argument("--basis", required=True, metavar=_("DASAR"), help=_("surat atau keputusan dasarnya"))
    adopt = _("butir dari berita yang diberlakukan, dipisah koma; \"semua\" untuk semuanya")  # fmt: skip
    one.add_argument("--adopt", default="", metavar=_("BUTIR"), help=adopt)
    one = add(tasks, "word", _("tetapkan unit yang dimaksud sebuah kata, misalnya service:kesehatan"), person=True)
    one.add_argument("word", metavar=_("TANDA"), help=_("tanda dalam rulebook"))
    unit = _("kode unit; semua di bawahnya ikut; tanpa ini: tidak ada unit yang dimaksud")
    one.add_argument("--unit", action="append", default=[], metavar=_("KODE"), help=unit)
    add_days(one)
    one.add_argument("--basis", required=True, metavar=_("DASAR"), help=_("surat atau keputusan dasarnya"))
    steering_tasks.add_tasks(tasks)


def run(args: argparse.Namespace) -> list[str]:
    """Do one task; gives what came of it, line by line."""
    password = _password() if "login" in args else ""
    with database():
        from luwes.apps.policy.layers import Tampered
        from luwes.apps.policy.refusal_wording import refusal
        from luwes.config.migrations import require_migrated

        require_migrated()
        try:
            return TASKS[args.task](args, password)
        except Tampered as refused:
            raise Explained(refusal(refused.code)) from refused


def _password() -> str:
    """Asked for on a terminal, else the first line of the input; never an argument, which others can see."""
    if sys.stdin.isatty():
        return getpass.getpass(_("Kata sandi: "))
    return sys.stdin.readline().rstrip("\n")


def _propose(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steps, words

    source = str(args.source)
    body = None
    if source.endswith(".toml"):
        try:
            body = Path(source).read_bytes()
        except OSError as error:
            raise Explained(_("Berkas %(file)s tidak dapat dibaca.") % {"file": source}) from error
    version = steps.propose(login=args.login, password=password, name=source, body=body)
    return words.draft(version)


def _list(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import words

    try:
        return words.versions(date.fromisoformat(args.date) if args.date else None)
    except ValueError:
        raise Explained(_("Tanggal harus berbentuk 2026-10-31.")) from None


def _show(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import words

    return words.draft(args.version)


def _answer(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steps, words

    steps.answer(login=args.login, password=password, version=args.version, numbers=args.number, reason=args.reason)
    return words.draft(args.version)


def _enact(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steps, words

    steps.enact(
        login=args.login,
        password=password,
        version=args.version,
        sha256=args.sha256,
        basis=args.basis,
        adopt=args.adopt,
    )
    return words.enacted(args.version)


def _word(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steps

    number = steps.settle_word(
        login=args.login, password=password, word=args.word, codes=args.unit, period=days(args),
        basis=args.basis,
    )  # fmt: skip
    return [
        _("Tercatat: %(word)s berarti %(count)s unit dan semua di bawahnya.") % {"word": args.word, "count": number}
    ]


TASKS: dict[str, Callable[[argparse.Namespace, str], list[str]]] = {
    "propose": _propose,
    "list": _list,
    "show": _show,
    "answer": _answer,
    "enact": _enact,
    "word": _word,
    **steering_tasks.TASKS,
}
