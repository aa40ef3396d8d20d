"""The steps themselves: a person signs in at the console, in the role that may, and acts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.accounts import queries as accounts
from luwes.apps.accounts import wording as account_words
from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.actions.sign_in import sign_in
from luwes.apps.accounts.roles import RIGHTS, Right, Role
from luwes.apps.audit.actor import Actor, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import queries as units
from luwes.apps.policy import lists, wording
from luwes.apps.policy.actions import enacting, proposing, words
from luwes.apps.policy.refusal_wording import refusal
from luwes.config.refusals import Explained
from luwes.config.rulebook_words import fault
from luwes.core.workdays.periods import Period

# How much of a hash somebody has to repeat to show what was read.
ENOUGH_OF_HASH = 12


def propose(*, login: str, password: str, name: str, body: bytes | None) -> str:
    """Record a file, or without one the shipped rulebook of this name; gives the draft's code."""
    actor = person(login, password, Right.PROPOSE_RULES)
    text = (body or b"").decode("utf-8", "replace")
    with told(text), unit_of_work(actor, timezone.now()):
        return (proposing.propose(body=body) if body is not None else proposing.propose_shipped(name=name)).id


def answer(*, login: str, password: str, version: str, numbers: Sequence[int] | None, reason: str) -> None:
    """Answer the findings of these numbers, or all that have no answer yet."""
    actor = person(login, password, Right.PROPOSE_RULES)
    shown = lists.draft(version, timezone.now())
    rows = shown.findings if shown else []
    if numbers is None:
        keys = [row.finding.key for row in rows if not row.reason]
    elif all(1 <= number <= len(rows) for number in numbers):
        keys = [rows[number - 1].finding.key for number in numbers]
    else:
        raise Explained(_("Nomor itu tidak ada. Lihat nomornya dengan luwes policy show."))
    if shown and not keys:
        raise Explained(_("Tidak ada yang perlu dijawab."))
    with told(), unit_of_work(actor, timezone.now()):
        proposing.answer_findings(version_id=version, keys=keys, reason=reason)


def enact(*, login: str, password: str, version: str, sha256: str, basis: str, adopt: str) -> None:
    """Put a draft into force; of the hash its beginning will do."""
    actor = person(login, password, Right.ENACT_RULES)
    shown = lists.draft(version, timezone.now())
    digest = shown.rulebook.digest if shown else ""
    read = digest if len(sha256) >= ENOUGH_OF_HASH and digest.startswith(sha256.lower()) else sha256
    clauses = [one.strip() for one in adopt.split(",") if one.strip()]
    if shown and clauses == ["semua"]:
        clauses = sorted(shown.reported)
    with told(), unit_of_work(actor, timezone.now()):
        enacting.enact(version_id=version, sha256=read, basis=basis, adopt=clauses)


def settle_word(*, login: str, password: str, word: str, codes: Sequence[str], period: Period, basis: str) -> int:
    """Say which units a word means, by their codes; gives how many."""
    actor = person(login, password, Right.PROPOSE_RULES)
    known = {unit.code: unit.key for unit in units.units_on(period.start)}
    missing = [code for code in codes if code not in known]
    if missing:
        raise Explained(_("Tidak ada unit dengan kode %(code)s.") % {"code": ", ".join(missing)})
    with told(), unit_of_work(actor, timezone.now()):
        words.settle_word(word=word, unit_keys=[known[code] for code in codes], period=period, basis=basis)
    return len(set(codes))


def person(login: str, password: str, right: Right) -> Actor:
    """Who signs in, in a role over the whole government that has the right."""
    found = people(login, password, right)
    if found[0].scope:
        raise Explained(_("Peran Anda tidak dapat %(deed)s.") % {"deed": account_words.right(right)})
    return found[0]


def people(login: str, password: str, right: Right) -> Sequence[Actor]:
    """Who signs in, in each role that has the right, those over the whole government first."""
    with unit_of_work(system("luwes policy"), timezone.now()) as work:
        found = sign_in(login=login, password=password, address="console")
        today = work.today
    if found.user is None:
        raise Explained(_("Surel, NIP, atau kata sandi tidak cocok, atau percobaan masuk sedang ditutup."))
    if found.user.must_change_password:
        raise Explained(_("Kata sandi Anda sementara. Gantilah dahulu pada halaman masuk."))
    rows = [row for row in accounts.roles_of(found.user, today) if row.held and right in RIGHTS[Role(row.role)]]
    if not rows:
        raise Explained(_("Peran Anda tidak dapat %(deed)s.") % {"deed": account_words.right(right)})
    return [accounts.actor_in(found.user, row) for row in sorted(rows, key=lambda row: row.scope != "")]


@contextmanager
def told(text: str = "") -> Iterator[None]:
    """A refusal as a sentence, with what it is about."""
    try:
        yield
    except proposing.Unreadable as refused:
        raise Explained(fault(refused.fault, text) if refused.fault else refusal(refused.code)) from refused
    except enacting.FindingsOpen as refused:
        lines = [refusal(refused.code), *(f"  {wording.finding(one)}" for one in refused.findings)]
        raise Explained("\n".join(lines)) from refused
    except OutsideScope:
        # Another role of the same person may reach further.
        raise
    except Refused as refused:
        raise Explained(refusal(refused.code)) from refused
