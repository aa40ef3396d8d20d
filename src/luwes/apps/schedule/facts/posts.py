"""What a post says of whoever holds it: its level, its title, and what its work allows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from luwes.apps.people.models import Answer, Post, PostAssessment, Posting, PostKind
from luwes.apps.schedule.facts.known import known
from luwes.apps.schedule.facts.tree import slug

# Echelons as personnel files write them ("II.a", "Eselon III"), and the names the law gives them now.
ECHELON = re.compile(r"(?:eselon[ ._]?)?(iv|iii|ii|i|v)(?:[ ./_-]?[abcd])?")
NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
NAMED = {"jpt_utama": 1, "jpt_madya": 1, "jpt_pratama": 2, "administrator": 3, "pengawas": 4}
LEVELS = frozenset({*(f"eselon_{number}" for number in NUMBERS.values()), *NAMED})
# Titles that only their own holders bear: whoever has another title is known not to have this one.
TITLES = frozenset({"camat", "lurah", "sekretaris_daerah", "sekda", "bendahara"})
NO_LEVEL = frozenset({PostKind.FUNCTIONAL.value, PostKind.GENERAL.value})
TASKS = {
    "dapat_di_luar_kantor": "criterion_outside",
    "tanpa_ruang_alat_khusus": "criterion_no_special_room",
    "dapat_dengan_tik": "criterion_ict",
    "sedikit_tatap_muka": "criterion_little_contact",
    "tanpa_pengawasan_terus": "criterion_no_supervision",
    "sif": "shift",
    "lapangan": "field",
}
ANSWERS = {Answer.YES.value: True, Answer.NO.value: False}


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post; `level` is the number of its echelon, 0 for a post that has none, None where nobody knows."""

    public_id: str
    unit: int
    slug: str
    structural: bool
    level: int | None


@dataclass(frozen=True, slots=True)
class Posts:
    """All posts, and the answers about their work."""

    rows: Mapping[int, PostRow]
    answers: Mapping[int, Mapping[str, bool | None]]

    @classmethod
    def read(cls, at: datetime) -> "Posts":
        """Two queries. A post is known from the first time anybody was recorded in it, a level filled in since then."""
        held = Posting.objects.filter(recorded_at__lte=at, post__isnull=False).values("post")
        columns = ("pk", "public_id", "unit_id", "name_key", "kind", "level", "level_known_at")
        rows = {
            pk: PostRow(
                key, unit, slug(name), kind not in NO_LEVEL, level_of(kind, "" if since and since > at else level)
            )
            for pk, key, unit, name, kind, level, since in Post.objects.filter(pk__in=held).values_list(*columns)
        }
        questions = ("direct_service", *TASKS.values())
        found = PostAssessment.objects.filter(known(at)).order_by("pk").values_list("post_id", *questions)
        answers = {
            row[0]: {name: ANSWERS.get(value) for name, value in zip(questions, row[1:], strict=True)} for row in found
        }
        return cls(rows, answers)

    def said(self, post: int | None, question: str) -> bool | None:
        """The answer about a post's work; None without a post, an assessment or an answer."""
        return None if post is None else self.answers.get(post, {}).get(question)

    def holds(self, post: int | None, word: str) -> bool | None:
        """Whether the post is what the word after "post:" means."""
        if post is None:
            return None
        row = self.rows[post]
        if word in LEVELS:
            return None if row.level is None else row.level == number_of(word)
        if word == row.public_id or f"{row.slug}_".startswith(f"{word}_"):
            return True
        titled = word in TITLES or any(f"{one.slug}_".startswith(f"{word}_") for one in self.rows.values())
        return False if titled or word in {one.public_id for one in self.rows.values()} else None

    def leading(self, unit: int) -> int | None:
        """The post that heads a unit: the only structural one of the highest level there; None while any has no level.

        The one whose level nobody told may be the highest.
        """
        posts = [(row.level, pk) for pk, row in self.rows.items() if row.unit == unit and row.structural]
        levels = [level for level, _ in posts if level is not None]
        if len(levels) < len(posts):
            return None
        top = min(levels, default=None)
        found = [pk for level, pk in posts if level == top]
        return found[0] if len(found) == 1 else None


def number_of(word: str) -> int:
    """The echelon a word means."""
    return NAMED[word] if word in NAMED else int(word.removeprefix("eselon_"))


def level_of(kind: str, level: str) -> int | None:
    """The echelon of a post from its kind and what the file says of its level."""
    said = slug(level)
    if said.removeprefix("jabatan_") in NAMED:
        return NAMED[said.removeprefix("jabatan_")]
    found = ECHELON.fullmatch(level.strip().casefold())
    if found is not None:
        return NUMBERS[found[1]]
    return 0 if kind in NO_LEVEL else None
