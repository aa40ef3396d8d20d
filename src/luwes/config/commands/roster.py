"""`luwes roster plan|replan|check|explain|draw|publish`: rosters at the console, with the checks of the product."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Explained

if TYPE_CHECKING:
    from luwes.apps.schedule.rosters.parameters import Parameters

HELP = _("Susun, periksa, undi, dan terbitkan jadwal hari fleksibel")
# Beside 0 and 1: a check found faults, or no plan could be made.
FAULTS = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which roster or unit and month."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar=_("TUGAS"))
    plan = _task(tasks, "plan", _("susun jadwal sebulan untuk satu unit atau setiap perangkat daerah"))
    _where(plan, every=True)
    _settings(plan)
    plan.add_argument("--out", type=Path, metavar=_("BERKAS"), help=_("simpan lembar jadwal (.xlsx), atau foldernya"))
    replan = _task(tasks, "replan", _("ubah jadwal terbit sesedikit mungkin mulai satu hari"))
    _roster(replan)
    replan.add_argument("--from", dest="start", required=True, metavar=_("TANGGAL"), help=_("hari pertama yang diubah"))
    replan.add_argument("--reason", required=True, metavar=_("ALASAN"), help=_("mengapa jadwal diubah"))
    replan.add_argument("--on-site", default="", metavar=_("TANGGAL,…"), help=_("hari semua pegawai di kantor"))
    check = _task(tasks, "check", _("periksa satu jadwal, semua jadwal terbit, atau lembar buatan tangan"))
    check.add_argument("roster", nargs="?", default="", metavar=_("JADWAL"), help=_("kunci jadwal"))
    check.add_argument("--file", type=Path, metavar=_("BERKAS"), help=_("lembar jadwal (.xlsx atau .csv)"))
    _where(check, every=False)
    _settings(check)
    explain = _task(tasks, "explain", _("jelaskan mengapa jadwal tidak dapat dibuat atau seseorang tidak fleksibel"))
    _roster(explain)
    explain.add_argument("--employee", default="", metavar="ID", help=_("ID pegawai seperti pada lembar jadwal"))
    explain.add_argument("--day", default="", metavar=_("TANGGAL"), help=_("hari yang ditanyakan"))
    draw = _task(tasks, "draw", _("bekukan tata cara undian lalu undi, atau undi dengan angka yang diundi umum"))
    draw.add_argument("roster", metavar=_("JADWAL"), help=_("kunci jadwal yang siap, atau kode undian yang dibekukan"))
    overs = _("yang diundi: rota (siapa kapan), weekday (hari tiap unit), share (bagian tiap hari)")
    draw.add_argument("--over", choices=["rota", "weekday", "share"], default="rota", help=overs)
    draw.add_argument("--lost", type=float, default=5.0, metavar=_("PERSEN"), help=_("keinginan yang boleh hilang"))
    draw.add_argument("--repeats", type=int, default=999, metavar=_("KALI"), help=_("banyak undian ulang"))
    draw.add_argument(
        "--public", action="store_true", help=_("hanya bekukan; benih dari angka yang diundi di depan umum")
    )
    draw.add_argument("--numbers", default="", metavar=_("ANGKA,…"), help=_("angka yang diundi di depan umum"))
    draw.add_argument("--reason", default="", metavar=_("ALASAN"), help=_("mengapa diundi lagi"))
    calendar = _task(tasks, "calendar", _("buat alamat kalender pribadi seorang pegawai; alamat lamanya berakhir"))
    calendar.add_argument("employee", metavar="ID", help=_("ID pegawai seperti pada lembar jadwal"))
    calendar.add_argument("--unit", required=True, metavar=_("KODE"), help=_("kode unit pegawai itu"))
    publish = _task(tasks, "publish", _("terbitkan jadwal yang siap, bersama-sama atau tidak sama sekali"))
    publish.add_argument("rosters", nargs="+", metavar=_("JADWAL"), help=_("kunci jadwal"))


def _task(
    tasks: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    return tasks.add_parser(name, help=told, description=told)


def _roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("roster", metavar=_("JADWAL"), help=_("kunci jadwal"))


def _where(parser: argparse.ArgumentParser, *, every: bool) -> None:
    parser.add_argument("--unit", default="", metavar=_("KODE"), help=_("kode unit; semua unit di bawahnya ikut"))
    if every:
        parser.add_argument("--all", action="store_true", help=_("setiap perangkat daerah"))
    parser.add_argument("--month", default="", metavar=_("BULAN"), help=_("bulan jadwal, misalnya 2026-12"))


def _settings(parser: argparse.ArgumentParser) -> None:
    days = _("hari yang dibuka, 1 Senin sampai 7 Minggu")
    parser.add_argument("--weekdays", default="1,2,3,4,5", metavar=_("HARI,…"), help=days)
    parser.add_argument("--weekly", type=int, default=1, metavar=_("HARI"), help=_("terbanyak sepekan per orang"))
    parser.add_argument("--monthly", type=int, default=31, metavar=_("HARI"), help=_("terbanyak sebulan per orang"))
    parser.add_argument("--promised", type=int, default=0, metavar=_("HARI"), help=_("tersedikit sebulan per orang"))
    quota = _("paling banyak sekian persen tiap unit fleksibel bersamaan")
    parser.add_argument("--quota", type=int, default=None, metavar=_("PERSEN"), help=quota)
    parser.add_argument("--apart", action="store_true", help=_("tutup hari kerja di samping hari libur"))
    parser.add_argument("--on-site", default="", metavar=_("TANGGAL,…"), help=_("hari semua pegawai di kantor"))
    parser.add_argument("--aim", choices=["fair", "wishes"], default="fair", help=_("tujuan: merata atau keinginan"))
    places = _("tempat hari fleksibel: home, other_office, other_place")
    parser.add_argument("--place", choices=["home", "other_office", "other_place"], default="home", help=places)


def run(args: argparse.Namespace) -> int:
    """Do the task; faults that were found give exit code 3."""
    with database(), _explained():
        from django.utils import timezone

        from luwes.config.migrations import require_migrated

        require_migrated()
        tasks = {
            "plan": _plan, "replan": _replan, "check": _check, "explain": _explain, "draw": _draw, "publish": _publish,
            "calendar": _calendar,
        }  # fmt: skip
        return tasks[args.task](args, timezone.now())


def _plan(args: argparse.Namespace, now: datetime) -> int:
    from luwes.config.commands import _roster as console

    month, wanted = _month(args.month), _parameters(args)
    made = [console.plan(key, month, wanted, now) for key in _units(args)]
    return max((console.tell_plan(one, args.out) for one in made), default=0)


def _replan(args: argparse.Namespace, now: datetime) -> int:
    from luwes.config.commands import _roster as console

    one = console.replan(args.roster, _day(args.start), args.reason, _dates(args.on_site), now)
    return console.tell_plan(one, None)


def _explain(args: argparse.Namespace, now: datetime) -> int:
    from luwes.config.commands import _roster as console

    return console.explain(args.roster, args.employee, _day(args.day) if args.day else None)


def _draw(args: argparse.Namespace, now: datetime) -> int:
    from luwes.apps.schedule.models import SeedFrom
    from luwes.apps.schedule.rosters.lots import Choice
    from luwes.config.commands import _roster as console

    numbers = _numbers(args.numbers)
    if console.is_lot(args.roster):
        return console.draw(args.roster, numbers, now)
    choice = Choice(
        args.over, round(args.lost * 100), SeedFrom.NUMBERS if args.public else SeedFrom.AUDIT, args.repeats
    )
    code = console.freeze(args.roster, choice, args.reason, now)
    return console.tell_lots(args.roster) if args.public else console.draw(code, numbers, now)


def _calendar(args: argparse.Namespace, now: datetime) -> int:
    from luwes.config.commands import _roster as console

    return console.calendar(args.employee, _unit(args.unit), now)


def _publish(args: argparse.Namespace, now: datetime) -> int:
    from luwes.config.commands import _roster as console

    return console.publish(args.rosters, now)


def _check(args: argparse.Namespace, now: datetime) -> int:
    from luwes.config.commands import _roster as console

    if args.file is not None:
        if not args.unit or not args.month:
            raise Explained(_("--file memerlukan --unit dan --month."))
        try:
            payload = args.file.read_bytes()
        except OSError as error:
            raise Explained(_("Berkas %(file)s tidak dapat dibaca.") % {"file": args.file}) from error
        return console.check_file(payload, _unit(args.unit), _month(args.month), _parameters(args), now)
    return console.check_one(args.roster, now) if args.roster else console.check_published(now)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn expected refusals into one sentence."""
    from luwes.apps.accounts.access import OutsideScope, Refused

    try:
        yield
    except OutsideScope as error:
        raise Explained(_("Tidak ada jadwal, undian, atau unit dengan kunci itu. Periksa kuncinya.")) from error
    except Refused as error:
        from luwes.apps.schedule.rosters import telling

        raise Explained(telling.refusal(error)) from error


def _parameters(args: argparse.Namespace) -> "Parameters":
    from luwes.apps.schedule.rosters.parameters import Parameters
    from luwes.core.exposure.states import State

    return Parameters(
        weekdays=tuple(_numbers(args.weekdays)),
        weekly=args.weekly,
        monthly=args.monthly,
        promised=args.promised,
        quota=args.quota,
        apart=args.apart,
        on_site=tuple(_dates(args.on_site)),
        aim=args.aim,
        place=State(args.place),
    )


def _units(args: argparse.Namespace) -> list[str]:
    from django.utils import timezone

    from luwes.apps.people import queries
    from luwes.apps.people.models import UnitKind

    if bool(args.unit) == bool(args.all):
        raise Explained(_("Pilih --unit atau --all."))
    if args.unit:
        return [_unit(args.unit)]
    return [unit.key for unit in queries.units_on(timezone.localdate(), kinds=[UnitKind.AGENCY])]


def _unit(code: str) -> str:
    from django.utils import timezone

    from luwes.apps.people import queries

    found = next((unit.key for unit in queries.units_on(timezone.localdate()) if unit.code == code), None)
    if found is None:
        raise Explained(_("Tidak ada unit dengan kode %(code)s.") % {"code": code})
    return found


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Explained(_("Bulan harus berbentuk 2026-10.")) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Explained(_("Tanggal harus berbentuk 2026-10-31.")) from None


def _dates(text: str) -> list[date]:
    return [_day(one.strip()) for one in text.split(",") if one.strip()]


def _numbers(text: str) -> list[int]:
    try:
        return [int(one) for one in text.split(",") if one.strip()]
    except ValueError:
        raise Explained(_("Tulis angka dipisahkan koma, misalnya 3,5.")) from None
