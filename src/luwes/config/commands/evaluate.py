"""`luwes evaluate plan|power|run|report|bundle|review`: from a plan to a verdict and its evidence."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Explained
from luwes.config.writing import write_whole

if TYPE_CHECKING:
    from luwes.apps.audit.actor import Actor
    from luwes.apps.evaluation.plans import Content

HELP = _("Rencanakan dan jalankan evaluasi dampak kerja fleksibel")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which plan."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar=_("TUGAS"))
    plan = _task(tasks, "plan", _("susun rencana dari berkas TOML, kunci satu rencana, atau daftar semuanya"))
    plan.add_argument("file", type=Path, nargs="?", metavar=_("BERKAS"), help=_("berkas rencana (.toml)"))
    plan.add_argument("--freeze", default="", metavar=_("KODE"), help=_("kunci rencana ini; oleh orang kedua"))
    plan.add_argument("--by", default="", metavar=_("SUREL"), help=_("surel akun yang menyusun atau mengunci"))
    power = _task(tasks, "power", _("hitung daya rencana dalam berkas, tanpa menyimpannya"))
    power.add_argument("file", type=Path, metavar=_("BERKAS"), help=_("berkas rencana (.toml)"))
    for name, told in (
        ("run", _("catat pengamatan berikutnya, lalu hitung hasilnya")),
        ("report", _("terbitkan laporan pengamatan terakhir")),
        ("bundle", _("terbitkan paket bukti dan program pemeriksanya, atau periksa satu paket")),
    ):
        task = _task(tasks, name, told)
        task.add_argument("plan", nargs="?" if name == "bundle" else None, metavar=_("KODE"), help=_("kode rencana"))
        if name == "report":
            task.add_argument("--format", choices=["pdf", "xlsx", "json"], default="pdf", help=_("bentuk berkas"))
        if name == "bundle":
            task.add_argument("--check", type=Path, metavar=_("BERKAS"), help=_("paket yang diperiksa"))
        if name != "run":
            task.add_argument("--out", type=Path, default=Path(), metavar=_("FOLDER"), help=_("folder hasil"))
    review = _task(
        tasks, "review", _("catat evaluasi berjenjang pasal 35-36 dari berkas TOML, lalu terbitkan laporannya")
    )
    review.add_argument("file", type=Path, metavar=_("BERKAS"), help=_("berkas penilaian (.toml)"))
    review.add_argument("--by", required=True, metavar=_("SUREL"), help=_("surel akun yang menilai"))
    review.add_argument("--out", type=Path, default=Path(), metavar=_("FOLDER"), help=_("folder hasil"))


def _task(
    tasks: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    return tasks.add_parser(name, help=told, description=told)


def run(args: argparse.Namespace) -> int:
    """Do one task; a refusal is told in one sentence with what to do."""
    tasks: dict[str, Callable[[argparse.Namespace], None]] = {
        "plan": _plan,
        "power": _power,
        "run": _run,
        "report": _report,
        "bundle": _bundle,
        "review": _review,
    }
    with database():
        from luwes.apps.accounts.access import Refused
        from luwes.config.migrations import require_migrated

        require_migrated()
        try:
            tasks[args.task](args)
        except Refused as refused:
            raise Explained(_sentence(refused)) from refused
        except OSError as error:
            raise Explained(_("Berkas tidak dapat ditulis: %(reason)s.") % {"reason": error.strerror}) from error
    return 0


def _sentence(refused: Exception) -> str:
    from luwes.apps.accounts.access import Forbidden, OutsideScope
    from luwes.apps.evaluation import actions, reviews, wording
    from luwes.apps.reporting import wording as reports

    if isinstance(refused, Forbidden | OutsideScope):
        return _("Akun ini tidak berwenang untuk itu.")
    if isinstance(refused, actions.PlanRefused):
        return wording.refusal(refused.code, refused.why, refused.what)
    if isinstance(refused, actions.LookNotDue):
        return wording.refusal(refused.code, what=wording.day(refused.on))
    if isinstance(refused, reviews.PanelIncomplete):
        return wording.refusal(refused.code, what=refused.what)
    code = getattr(refused, "code", "")
    return wording.refusal(code) if code in wording.refusal_codes() else reports.refusal(code)


def _plan(args: argparse.Namespace) -> None:
    from django.utils import timezone

    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.evaluation import actions, queries, wording
    from luwes.config.plan_file import read_plan

    if args.freeze:
        actor = _actor(args.by)
        with unit_of_work(actor, timezone.now()):
            digest = actions.freeze_plan(plan_id=args.freeze, signer=actor.signature)
        print(_("Rencana dikunci. Sidik: %(digest)s") % {"digest": digest})
        return
    if args.file is None:
        for row in queries.plans():
            state = _("dikunci") if row.frozen_at else _("rancangan")
            print(f"{row.id}  {wording.day(row.content.start)}  {state}  {row.content.name}")
        return
    wanted = read_plan(_text(args.file))
    with unit_of_work(_actor(args.by), timezone.now()):
        made = actions.draft_plan(wanted=wanted)
    drafted = queries.plan(made)
    if drafted is not None:
        _print_power(drafted.content)
        _print_lot(drafted.content)
    told = _("Rancangan tersimpan: %(code)s. Orang kedua menguncinya: luwes evaluate plan --freeze %(code)s --by SUREL")
    print(told % {"code": made})


def _power(args: argparse.Namespace) -> None:
    from luwes.apps.evaluation.actions import PlanRefused, worked_out
    from luwes.config.plan_file import read_plan

    wanted = read_plan(_text(args.file))
    try:
        _print_power(worked_out(wanted))
    except PlanRefused as refused:
        # What is asked here is exactly that: which outcome falls short, and why.
        print(_sentence(refused))


def _print_power(content: "Content") -> None:
    from luwes.apps.evaluation import prospects, wording

    for one in content.outcomes:
        name = wording.outcome_name(one.measure)
        if not one.error > 0:
            print(_("%(name)s: daya belum diketahui, karena tidak ada data sebelumnya.") % {"name": name})
            continue
        told = _(
            "%(name)s: peluang menyimpulkan tidak memburuk bila memang tidak berubah %(power)d dari 100; penurunan "
            "yang terlihat dengan peluang 80 dari 100: %(fall)s."
        )
        fall = wording.size(one.measure, prospects.detectable_fall(one, content))
        print(told % {"name": name, "power": round(100 * one.power), "fall": fall})


def _print_lot(content: "Content") -> None:
    """Who drew what, so that the schedule can follow it."""
    from luwes.apps.people.queries import units_on

    names = {row.key: row.name for row in units_on(content.start)}
    for key, row in zip(content.units, content.exposure, strict=False):
        days = [day for day, share in zip(content.days, row, strict=True) if share]
        spoken = ", ".join(day.isoformat() for day in days[:8])
        more = f" … (+{len(days) - 8})" if len(days) > 8 else ""
        print(f"  {names[key]}: {spoken}{more}")


def _run(args: argparse.Namespace) -> None:
    from django.utils import timezone

    from luwes.apps.audit.actor import system
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.evaluation import actions, queries, wording

    # Two transactions: the look is on record before anything can be seen, even if the machine stops in between.
    with unit_of_work(system("luwes evaluate"), timezone.now()):
        look = actions.open_look(plan_id=args.plan)
    with unit_of_work(system("luwes evaluate"), timezone.now()):
        actions.run_look(look_pk=look.pk)
    found = queries.runs_of(args.plan)[-1]
    print(wording.service_sentence(found))
    print(wording.grade_sentence(found.result))
    for measure, told in found.result["outcomes"].items():
        print(wording.outcome_sentence(measure, told))


def _report(args: argparse.Namespace) -> None:
    from django.utils import timezone

    from luwes.apps.audit.actor import system
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.reporting.evaluation_actions import issue_evaluation_report

    with unit_of_work(system("luwes evaluate"), timezone.now()):
        issued = issue_evaluation_report(plan_id=args.plan, file_format=args.format)
        path = write_whole(args.out / issued.file_name, issued.payload)
    print(_("Laporan tersimpan: %(file)s") % {"file": path})
    print(f"SHA-256: {issued.sha256}")


def _bundle(args: argparse.Namespace) -> None:
    from django.utils import timezone

    from luwes.apps.audit.actor import system
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.reporting.evaluation_actions import check_package, issue_package
    from luwes.core.evaluation.bundle import BundleError

    if args.check is not None:
        try:
            own = check_package(_text(args.check))
        except BundleError as error:
            raise Explained(_("Paket ini tidak dapat dipercaya: %(reason)s.") % {"reason": error.code}) from error
        print(
            _("Jawabannya mengikuti jumlah di dalamnya.")
            + " "
            + (_("Tanda tangannya dari pemasangan ini.") if own else _("Tanda tangannya bukan dari pemasangan ini."))
        )
        return
    if not args.plan:
        raise Explained(_("Sebut kode rencana, atau --check dengan berkas paket."))
    with unit_of_work(system("luwes evaluate"), timezone.now()):
        issued, program = issue_package(plan_id=args.plan)
        path = write_whole(args.out / issued.file_name, issued.payload)
        write_whole(args.out / "periksa.py", program)
    print(_("Paket bukti tersimpan: %(file)s. Periksa: python periksa.py %(name)s") % {"file": path, "name": path.name})
    print(f"SHA-256: {issued.sha256}")


def _review(args: argparse.Namespace) -> None:
    from django.utils import timezone

    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.evaluation.reviews import sign_review
    from luwes.apps.reporting.review_report import issue_review_report
    from luwes.config.review_file import read_review

    wanted = read_review(_text(args.file))
    actor = _actor(args.by)
    with unit_of_work(actor, timezone.now()):
        sign_review(wanted=wanted, signer=actor.signature)
        issued = issue_review_report(unit_key=wanted.unit_key, since=wanted.since, until=wanted.until)
        path = write_whole(args.out / issued.file_name, issued.payload)
    print(_("Laporan tersimpan: %(file)s") % {"file": path})


def _actor(email: str) -> "Actor":
    """The account with the role it holds today; its name signs."""
    from luwes.config.console_actor import actor_by_email

    if not email:
        raise Explained(_("Sebut akun yang bertindak dengan --by SUREL."))
    return actor_by_email(email)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Explained(_("Berkas %(file)s tidak dapat dibaca sebagai teks.") % {"file": path}) from error
