"""The tasks of `luwes policy` about rules in force: suspend, withdraw, lift, judge, revoke, state a unit's need."""

import argparse
from collections.abc import Callable

from luwes.config.language import _
from luwes.config.stored_rules.arguments import add, add_days, day, days

# The answers as they are typed, and as they are stored.
NEEDS = {"perlu": "yes", "bersyarat": "conditional", "tidak": "no"}


def add_tasks(tasks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add them to the command's own."""
    _add_rests(tasks)
    _add_decisions(tasks)


def _add_rests(tasks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    told = _("tangguhkan aturan untuk beberapa hari, di mana-mana atau pada satu bagian")
    one = add(tasks, "suspend", told, person=True)
    one.add_argument("instrument", metavar=_("ATURAN"), help=_("id rulebook, seperti pada luwes policy list"))
    where = one.add_mutually_exclusive_group()
    where.add_argument("--unit", default="", metavar=_("KODE"), help=_("hanya unit ini dan semua di bawahnya"))
    where.add_argument("--for", dest="tag", default="", metavar=_("TANDA"), help=_("hanya yang bertanda ini"))
    add_days(one)
    _add_reason(one)
    one = add(tasks, "withdraw", _("cabut aturan mulai suatu hari; hari sebelumnya tetap"), person=True)
    one.add_argument("instrument", metavar=_("ATURAN"), help=_("id rulebook, seperti pada luwes policy list"))
    _add_since(one)
    _add_reason(one)
    one = add(tasks, "lift", _("akhiri penangguhan atau pencabutan mulai suatu hari"), person=True)
    one.add_argument("suspension", metavar=_("KODE"), help=_("kode penangguhan dari luwes policy list"))
    _add_since(one)
    _add_reason(one)


def _add_decisions(tasks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = add(tasks, "judge", _("catat keputusan atas butir yang dibiarkan terbuka"), person=True)
    one.add_argument("rule", metavar=_("BUTIR"), help=_("id rulebook/id butir, seperti pada luwes policy decide"))
    whom = one.add_mutually_exclusive_group(required=True)
    whom.add_argument("--unit", default="", metavar=_("KODE"), help=_("untuk unit ini dan semua di bawahnya"))
    whom.add_argument("--employee", default="", metavar=_("ID"), help=_("untuk satu orang, dengan kode pegawainya"))
    whom.add_argument("--for", dest="tag", default="", metavar=_("TANDA"), help=_("untuk yang bertanda ini"))
    whom.add_argument("--everybody", action="store_true", help=_("untuk semua yang dikenai butir itu"))
    said = one.add_mutually_exclusive_group(required=True)
    said.add_argument("--allow", action="store_true", help=_("boleh"))
    said.add_argument("--refuse", action="store_true", help=_("tidak boleh"))
    share = _("persentase, bila butir menyerahkannya; bersama --allow")
    one.add_argument("--share", type=int, metavar=_("PERSEN"), help=share)
    add_days(one)
    _add_decider(one)
    _add_reason(one)
    one = add(tasks, "revoke", _("akhiri keputusan yang tercatat mulai suatu hari"), person=True)
    one.add_argument("judgement", metavar=_("KODE"), help=_("kode yang ditampilkan saat keputusan dicatat"))
    _add_since(one)
    _add_reason(one)
    one = add(tasks, "need", _("catat pernyataan kebutuhan sebuah unit"), person=True)
    one.add_argument("unit", metavar=_("KODE"), help=_("kode unit; semua di bawahnya ikut"))
    one.add_argument("--answer", required=True, choices=list(NEEDS), help=_("perlu kerja fleksibel atau tidak"))
    one.add_argument("--conditions", default="", metavar=_("SYARAT"), help=_("syaratnya, bila bersyarat"))
    add_days(one)
    _add_decider(one)
    _add_reason(one)


def _add_since(one: argparse.ArgumentParser) -> None:
    one.add_argument("--from", dest="first", required=True, metavar=_("TANGGAL"), help=_("hari pertama"))


def _add_reason(one: argparse.ArgumentParser) -> None:
    one.add_argument("--reason", required=True, metavar=_("ALASAN"), help=_("alasan atau surat dasarnya"))


def _add_decider(one: argparse.ArgumentParser) -> None:
    one.add_argument("--decided-by", required=True, metavar=_("PEJABAT"), help=_("jabatan yang memutuskan"))


def _suspend(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steering

    return steering.suspend(
        login=args.login, password=password, instrument=args.instrument, code=args.unit, tag=args.tag,
        period=days(args), reason=args.reason,
    )  # fmt: skip


def _withdraw(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steering

    return steering.withdraw(
        login=args.login, password=password, instrument=args.instrument, on=day(args.first), reason=args.reason
    )


def _lift(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steering

    return steering.lift(
        login=args.login, password=password, suspension=args.suspension, on=day(args.first), reason=args.reason
    )


def _judge(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steering

    return steering.judge(
        login=args.login, password=password, rule=args.rule, code=args.unit, employee=args.employee, tag=args.tag,
        period=days(args), allow=args.allow, share=args.share, decided_by=args.decided_by, reason=args.reason,
    )  # fmt: skip


def _revoke(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steering

    return steering.revoke(
        login=args.login, password=password, judgement=args.judgement, on=day(args.first), reason=args.reason
    )


def _need(args: argparse.Namespace, password: str) -> list[str]:
    from luwes.config.stored_rules import steering

    return steering.need(
        login=args.login, password=password, code=args.unit, answer=NEEDS[args.answer], period=days(args),
        conditions=args.conditions, decided_by=args.decided_by, reason=args.reason,
    )  # fmt: skip


TASKS: dict[str, Callable[[argparse.Namespace, str], list[str]]] = {
    "suspend": _suspend,
    "withdraw": _withdraw,
    "lift": _lift,
    "judge": _judge,
    "revoke": _revoke,
    "need": _need,
}
