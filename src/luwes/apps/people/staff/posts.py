"""Reads of posts with their assessment, for the page that fills it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luwes.apps.people.models import Answer, Post, PostAssessment, Posting, UnitVersion
from luwes.apps.people.staff.actions import QUESTIONS
from luwes.core.names import name_key

PAGE_SIZE = 50
MOST_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post, who many hold it on the day, and its answers by question; `open` counts the unanswered."""

    id: str
    name: str
    unit_name: str
    kind: str
    job_class: int | None
    holders: int
    answers: dict[str, str]
    open: int
    assessed_on: date | None


@dataclass(frozen=True, slots=True)
class PostPage:
    """A page of posts; `total` matches the search, `open` of all posts have an unanswered question."""

    rows: Sequence[PostRow]
    total: int
    open: int
    next: str


def posts(*, on: date, search: str = "", after: str = "", only_open: bool = False) -> PostPage:
    """Posts that somebody holds on the day, by name; six queries however many."""
    found = _matching(on, search, only_open)
    last = Post.objects.filter(public_id=after).first() if after else None
    page = found
    if last is not None:
        page = page.filter(Q(name_key__gt=last.name_key) | Q(name_key=last.name_key, pk__gt=last.pk))
    held = Count("postings", filter=Q(postings__superseded_at=None, postings__period__contains=on))
    rows = list(page.annotate(holders=held).order_by("name_key", "pk")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    assessed = {
        row.post_id: row
        for row in PostAssessment.objects.filter(superseded_at=None, post__in=[row.pk for row in shown])
    }
    names = dict(
        UnitVersion.objects.filter(
            superseded_at=None, period__contains=on, unit__in={row.unit_id for row in shown}
        ).values_list("unit_id", "name")
    )
    return PostPage(
        rows=[_row(row, names.get(row.unit_id, ""), row.holders, assessed.get(row.pk)) for row in shown],
        total=found.count(),
        open=_matching(on, "", only_open=True).count(),
        next=shown[-1].public_id if len(rows) > PAGE_SIZE else "",
    )


def matching_ids(*, on: date, search: str, only_open: bool) -> Sequence[str]:
    """The ids of every post the search finds, not just of one page."""
    return list(_matching(on, search, only_open).values_list("public_id", flat=True)[:MOST_AT_ONCE])


def _matching(on: date, search: str, only_open: bool) -> "QuerySet[Post]":
    held = Posting.objects.filter(post=OuterRef("pk"), superseded_at=None, period__contains=on)
    found = Post.objects.filter(Exists(held))
    for word in name_key(search).split():
        found = found.filter(name_key__contains=word)
    if only_open:
        closed = PostAssessment.objects.filter(post=OuterRef("pk"), superseded_at=None).exclude(
            Q(*((name, Answer.UNASSESSED.value) for name in QUESTIONS), _connector=Q.OR)
        )
        found = found.filter(~Exists(closed))
    return found


def _row(post: Post, unit_name: str, holders: int, assessment: PostAssessment | None) -> PostRow:
    answers = {name: getattr(assessment, name) if assessment else Answer.UNASSESSED.value for name in QUESTIONS}
    return PostRow(
        id=post.public_id,
        name=post.name,
        unit_name=unit_name,
        kind=post.kind,
        job_class=post.job_class,
        holders=holders,
        answers=answers,
        open=sum(answer == Answer.UNASSESSED.value for answer in answers.values()),
        assessed_on=assessment.assessed_on if assessment else None,
    )
