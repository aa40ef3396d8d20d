"""A small government with posts, services and a circular, to ask for decisions over the database."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, Employee, Post
from luwes.apps.people.services import actions as services
from luwes.apps.people.services.facts import Link, Point, Standard
from luwes.apps.people.staff.actions import QUESTIONS, assess_posts
from luwes.apps.schedule.deciding import Answer, decide_one
from luwes.apps.schedule.facts.gather import Wish
from luwes.core.policy.decision import Reason
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Place
from luwes.core.services.hours import Window
from tests.apps.schedule.days import build
from tests.core.policy.books import book, rules
from tests.world import SETUP, Units

LATER = datetime(2027, 6, 1, tzinfo=UTC)
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4)
EVERY_DAY = 'kind = "days"\nid = "hari"\nmode = "wfa"'
QUIET: Mapping[str, str] = dict.fromkeys(QUESTIONS, "ya") | {"direct_service": "tidak", "shift": "tidak"}


def held(*clauses: str, at: datetime = LATER, **more: str) -> Rules:
    """One circular with these clauses, in force and known."""
    return rules(book(*clauses, **more), known_at=at)  # type: ignore[arg-type] # keywords of the head


def planted(now: datetime) -> Units:
    """Yosé and Rina in the laboratory, Ma'ruf at public works; no post is assessed and no service confirmed."""
    return build(now)


def assess(now: datetime, name: str = "", **answers: str) -> None:
    """Answer the questions about every post, or those of one title."""
    posts = Post.objects.filter(name__contains=name).values_list("public_id", flat=True)
    with unit_of_work(SETUP, now):
        assess_posts(post_ids=list(posts), answers=dict(QUIET) | answers, reason="penilaian contoh")


def serve(now: datetime, unit: str, name: str, *, since: date, post: str = "") -> str:
    """A confirmed service whose front is the unit, or one post of it, with one counter."""
    week = tuple(Window(day, 480, 900) for day in range(1, 6))
    standard = Standard(name, unit, minutes=60, windows=week, source="SK 1/2026")
    with unit_of_work(SETUP, now):
        key = services.create_service(
            standard=standard, since=since, status=Counting.CONFIRMED, points=[Point("Loket 1", unit)]
        )
        services.set_chain(key=key, links=[Link("depan", unit, post)], since=since)
    return key


def id_of(nip: str) -> str:
    return Employee.objects.get(nip=nip).public_id


def ask(nip: str, day: date, found: Rules, *, wish: Wish | None = None, place: Place | None = None) -> Answer:
    return decide_one(employee=id_of(nip), day=day, rules=found, wish=wish, place=place)


def said(nip: str, day: date, found: Rules, **more: object) -> tuple[str, str]:
    """The verdict and the code told first."""
    decision = ask(nip, day, found, **more).decision  # type: ignore[arg-type] # keywords passed through
    return decision.verdict.value, decision.headline.code


def reason(answer: Answer, rule: str) -> Reason:
    return next(one for one in answer.decision.reasons if one.rule == rule)
