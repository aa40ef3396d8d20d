"""`luwes policy`: check, decide, scan, compare, print the SOP annex; propose and enact what is stored."""

import argparse
import getpass
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from luwes.config.environment import database, django_ready
from luwes.config.language import _
from luwes.config.policy import words
from luwes.config.policy.sources import STORED, brought, read_file, rules_of
from luwes.config.refusals import Explained
from luwes.config.rulebook_words import points, summary
from luwes.config.stored_rules import tasks as stored_rules
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Mode, Place

if TYPE_CHECKING:
    from luwes.apps.schedule.facts.gather import Wish

HELP = _("Aturan kerja fleksibel: periksa, tetapkan, putuskan, pindai, bandingkan, cetak SOP")
NUMBER = re.compile(r"\d{18}")
LONGEST_REACH = 21


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which file, person or month."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar=_("TUGAS"))
    check = _add(tasks, "check", _("periksa satu berkas: terbaca atau tidak, apa isinya, apa yang masih terbuka"))
    check.add_argument("file", type=Path, metavar=_("BERKAS"), help=_("berkas rulebook (.toml)"))
    one = _add(tasks, "decide", _("jawab untuk satu orang pada satu hari, dengan butir dan jalan keluarnya"))
    one.add_argument(
        "--employee", default="", metavar=_("ID"), help=_("kode pegawai; tanpa ini NIP ditanyakan dan tidak dicatat")
    )
    one.add_argument("--date", required=True, metavar=_("TANGGAL"), help=_("hari yang ditanyakan, misalnya 2026-12-02"))
    one.add_argument("--place", choices=[place.value for place in Place], help=_("tempat yang diminta"))
    one.add_argument("--reason", action="append", default=[], metavar=_("ALASAN"), help=_("alasan, misalnya mudik"))
    scan = _add(tasks, "scan", _("jawab untuk semua pegawai pada satu bulan, dijumlah menurut butir"))
    scan.add_argument("--month", required=True, metavar=_("BULAN"), help=_("bulan, misalnya 2026-12"))
    both = _add(
        tasks, "compare", _("bandingkan dua susunan aturan pada satu bulan: jawaban siapa berubah, dan mengapa")
    )
    both.add_argument("before", metavar="A", help=_("susunan semula: tersimpan, nama profil, atau berkas, disambung +"))
    both.add_argument("after", metavar="B", help=_("susunan pembandingnya"))
    both.add_argument("--month", required=True, metavar=_("BULAN"), help=_("bulan, misalnya 2026-12"))
    for task in (one, scan):
        task.add_argument("--rules", default=STORED, metavar=_("SUSUNAN"),
                          help=_("susunan aturan: tersimpan, nama profil, atau berkas, disambung +"))  # fmt: skip
    for task in (one, scan, both):
        task.add_argument(
            "--as-of", default="", metavar=_("TANGGAL"), help=_("menurut yang diketahui pada akhir hari itu")
        )
        task.add_argument("--mode", choices=[mode.value for mode in Mode], help=_("jenis kerja fleksibel yang diminta"))
    sop = _add(tasks, "sop", _("cetak lampiran SOP sebagai PDF, dengan perubahannya terhadap versi sebelumnya"))
    sop.add_argument("file", type=Path, metavar=_("BERKAS"), help=_("berkas rulebook (.toml)"))
    sop.add_argument("--against", type=Path, metavar=_("BERKAS"), help=_("versi sebelumnya"))
    sop.add_argument("-o", "--out", type=Path, required=True, metavar=_("PDF"), help=_("nama berkas hasil"))
    stored_rules.add_tasks(tasks)


def _add(tasks: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str) -> argparse.ArgumentParser:
    return tasks.add_parser(name, help=told, description=told)


def run(args: argparse.Namespace) -> int:
    """Print the answer. What cannot be answered is refused with what to do."""
    if args.task in stored_rules.TASKS:
        _print(iter(stored_rules.run(args)))
        return 0
    {"check": _check, "decide": _decide, "scan": _scan, "compare": _compare, "sop": _sop}[args.task](args)
    return 0


def _check(args: argparse.Namespace) -> None:
    rulebook = read_file(args.file)
    # The sentences of the annex need Django's words, and no database.
    django_ready()
    from luwes.apps.policy.clause_wording import sentence

    for line in (*summary(rulebook, sentence), *points(rulebook)):
        print(line)


def _decide(args: argparse.Namespace) -> None:
    day = _date(args.date)
    named = _person(args.employee)
    with _stored():
        from luwes.apps.schedule.deciding import NoSuchEmployee, NotServing, decide_one, employee_of
        from luwes.apps.schedule.facts.answering import excused_on
        from luwes.core.workdays.periods import DAY

        at = _moment(args.as_of)
        reach = (day - LONGEST_REACH * DAY, day + LONGEST_REACH * DAY)
        rules = rules_of(args.rules, *reach, at)
        place, facts = Place(args.place) if args.place else None, brought([rules], *reach, at)
        try:
            person = employee_of(named)
            found = decide_one(employee=person, day=day, rules=rules, wish=_wish(args, at), place=place, brought=facts)
        except NoSuchEmployee:
            raise Explained(_("Pegawai tidak ditemukan. Periksa kode atau NIP-nya.")) from None
        except NotServing:
            raise Explained(
                _("Orang ini tidak bertugas pada hari itu menurut data pegawai. Periksa tanggalnya.")
            ) from None
        _print(words.answer(found, day))
        _print(words.silence(found, rules, day, excused_on(person, day, at)))


def _scan(args: argparse.Namespace) -> None:
    month = _month(args.month)
    with _stored():
        from luwes.apps.schedule.deciding import month_rules, month_span, read_month, scan_month

        at = _moment(args.as_of)
        rules = month_rules(_of_month(args.rules, month, at), month)
        facts = brought([rules], *month_span(month), at)
        found = read_month(month, rules, wish=_wish(args, at), brought=facts)
        _print(words.month(scan_month(found, rules), month, rules))


def _compare(args: argparse.Namespace) -> None:
    month = _month(args.month)
    with _stored():
        from luwes.apps.schedule.deciding import compare_month, month_rules, month_span, read_month

        at = _moment(args.as_of)
        before, after = (month_rules(_of_month(text, month, at), month) for text in (args.before, args.after))
        facts = brought([before, after], *month_span(month), at)
        found = read_month(month, before, also=[after], wish=_wish(args, at), brought=facts)
        _print(words.compared(compare_month(found, before, after), before, after, month))


def _sop(args: argparse.Namespace) -> None:
    rulebook = read_file(args.file)
    last = read_file(args.against) if args.against else None
    with _stored():
        from django.utils import timezone

        from luwes.apps.policy.annex import annex_pdf

        payload = annex_pdf(rulebook, last, issued_at=timezone.now())
    try:
        args.out.write_bytes(payload)
    except OSError as error:
        raise Explained(_("Berkas tidak dapat ditulis: %(reason)s.") % {"reason": error.strerror}) from error
    print(_("SOP tersimpan: %(file)s") % {"file": args.out})


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        print(line)


def _of_month(text: str, month: date, at: datetime) -> Rules:
    from luwes.apps.schedule.deciding import month_span

    return rules_of(text, *month_span(month), at)


def _wish(args: argparse.Namespace, at: datetime) -> "Wish":
    from django.utils import timezone

    from luwes.apps.schedule.facts.gather import Wish

    reasons = tuple(getattr(args, "reason", ()))
    return Wish(Mode(args.mode) if args.mode else None, reasons, timezone.localdate(at))


def _person(text: str) -> str:
    """Who is meant. A NIP is asked for: on the command line it would stay in the shell's history."""
    if NUMBER.fullmatch(text.replace(" ", "")):
        raise Explained(
            _(
                "NIP tidak ditulis pada perintah, karena tinggal dalam riwayat. "
                "Kosongkan --employee, lalu ketik NIP-nya."
            )
        )
    if text:
        return text
    return getpass.getpass(_("NIP (tidak ditampilkan): ")) if sys.stdin.isatty() else sys.stdin.readline().strip()


@contextmanager
def _stored() -> Iterator[None]:
    """The database, with every refusal of a stored rulebook told in words."""
    with database():
        from luwes.apps.policy.layers import Tampered
        from luwes.config.migrations import require_migrated

        require_migrated()
        try:
            yield
        except Tampered:
            raise Explained(
                _(
                    "Naskah aturan yang tersimpan tidak sama dengan yang ditetapkan. "
                    "Tidak ada yang diputuskan dengannya."
                )
            ) from None


def _moment(text: str) -> datetime:
    from django.utils import timezone

    if not text:
        return timezone.now()
    return datetime.combine(_date(text), time.max, tzinfo=timezone.get_current_timezone())


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Explained(_("Tanggal harus berbentuk 2026-10-31.")) from None


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Explained(_("Bulan harus berbentuk 2026-10.")) from None
