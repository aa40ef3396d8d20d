"""Whether a rulebook's word holds for somebody in a unit and a post on a day: yes, no, or nobody knows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.people.calendars.queries import DayBook
from luwes.apps.people.models import HeadCapacity, ProgramVersion, UnitHead, WorkplaceVersion
from luwes.apps.policy import queries as policy
from luwes.apps.schedule.facts.brought import Brought, Told
from luwes.apps.schedule.facts.known import Span, Stretch, covers, known, stretches
from luwes.apps.schedule.facts.listed import ListedUnit, listed_units
from luwes.apps.schedule.facts.posts import TASKS, Posts
from luwes.apps.schedule.facts.services import OnDay, Services
from luwes.apps.schedule.facts.tree import Tree, UnitRow
from luwes.core.policy.facts import Tag
from luwes.core.workdays.calendar import Pattern
from luwes.core.workdays.periods import DAY, Period
from luwes.core.workdays.worktime import Season

ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
# What is asked of a person rather than of a unit and a post.
OF_PERSONS = frozenset({"person", "type", "discipline", "hours", "reason", "grant"})
HEADSHIPS = frozenset({"pimpinan", *HeadCapacity.values})
Teller = Callable[[int, int | None], bool | None]


@dataclass(slots=True)
class World:
    """Everything about units and posts that touches the span, as known at a moment."""

    tree: Tree
    posts: Posts
    services: Services
    book: DayBook
    brought: Brought
    decided: Mapping[str, policy.UnitFacts]
    places: tuple[tuple[int, str, str, DateRange], ...]
    programmes: tuple[tuple[frozenset[str], DateRange], ...]
    listed: tuple[ListedUnit, ...]
    heads_known: bool
    stretches: tuple[Stretch, ...]

    @classmethod
    def read(cls, span: Span, at: datetime, book: DayBook, brought: Brought) -> "World":
        """A constant number of queries."""
        tree, services = Tree.read(span, at), Services.read(span, at)
        places = tuple(
            WorkplaceVersion.objects.filter(known(at), span.touching)
            .order_by("pk")
            .values_list("unit_id", "zone", "signal", "period")
        )
        programmes = tuple(
            (frozenset({owner, *team}), period)
            for owner, team, period in ProgramVersion.objects.filter(known(at), span.touching)
            .order_by("pk")
            .values_list("owner__key", "team", "period")
        )
        meanings = [Told(*one) for one in policy.meanings(span.first, span.last, at)]
        brought = replace(brought, told=(*meanings, *brought.told))
        decided = policy.unit_facts([row.key for row in tree.rows], span.first, span.last, at)
        listed = listed_units(span, at)
        dated = [
            *(row.period for row in tree.rows), *services.periods, *(one[3] for one in places),
            *(period for _, period in (*programmes, *listed)), *brought.periods, *_periods(decided),
            *(_range(one.period) for one in book.assigned),
        ]  # fmt: skip
        cut = stretches(span, dated)
        heads = UnitHead.objects.filter(known(at), span.touching).exists()
        return cls(tree, Posts.read(at), services, book, brought, decided, places, programmes, listed, heads, cut)

    def teller(self, tag: str, day: date) -> Teller:
        """Answers for the tag on the day, by unit and post."""
        space, _, word = tag.partition(":")
        makers: Mapping[str, Callable[[str, date], Teller]] = {
            "unit": self._units, "opd": self._units, "team": self._units, "post": self._posts, "task": self._tasks,
            "service": self._services, "zone": self._zone, "signal": self._signal, "programme": self._programme,
            "pattern": self._pattern, "need": self._need, "arrived": self._arrived,
            "roster": self._roster,
        }  # fmt: skip
        make = makers.get(space)
        own = make(word, day) if make else _nobody_knows
        told = self.brought.on(tag, day)
        return own if told is None else self._settled(space, told, own, day)

    def _settled(self, space: str, told: frozenset[str], own: Teller, day: date) -> Teller:
        """A word somebody settled is a yes or a no; what a post or a counter tells as a yes stays one."""
        carriers = self.tree.carriers(frozenset(self._pks(told, day)), day)
        if space in ("service", "task"):
            return lambda unit, post: unit in carriers or own(unit, post) is True
        return lambda unit, post: unit in carriers

    def _pks(self, keys: frozenset[str], day: date) -> Iterable[int]:
        return (row.pk for row in self.tree.on(day).values() if row.key in keys)

    def _units(self, word: str, day: date) -> Teller:
        meant = self.tree.meant(word)
        if not meant:
            return _nobody_knows
        carriers = self.tree.carriers(meant, day)
        return lambda unit, post: unit in carriers

    def _posts(self, word: str, day: date) -> Teller:
        if word in HEADSHIPS:
            # Who heads a unit carries the tag from the headship itself; of nobody else it is told here.
            return lambda unit, post: False if self.heads_known else None
        memory: dict[int | None, bool | None] = {}

        def tell(unit: int, post: int | None) -> bool | None:
            if post not in memory:
                memory[post] = self.posts.holds(post, word)
            return memory[post]

        return tell

    def _tasks(self, word: str, day: date) -> Teller:
        question = TASKS.get(word, "")
        return lambda unit, post: self.posts.said(post, question)

    def _services(self, word: str, day: date) -> Teller:
        on: OnDay = self.services.on(day)
        if word == "proyek_strategis":
            return self._programme("strategis", day)
        if word not in ("langsung", "loket", "pelayanan_publik"):
            return lambda unit, post: on.within(word, unit, post)

        def direct(unit: int, post: int | None) -> bool | None:
            front, said = on.front(unit, post), self.posts.said(post, "direct_service")
            if True in (front, said):
                return True
            # No answer about the post is no "no"; and a wider word than direct service is not denied by it.
            return False if front is False and said is False and word == "langsung" else None

        return direct if word != "loket" else lambda unit, post: on.front(unit, post)

    def _here(self, unit: int, day: date) -> list[tuple[int, str, str, DateRange]]:
        """The workplaces of the unit, or of the nearest unit above that has some."""
        for row in self.tree.line(unit, day):
            found = [one for one in self.places if one[0] == row.pk and covers(one[3], day)]
            if found:
                return found
        return []

    def _zone(self, word: str, day: date) -> Teller:
        return lambda unit, post: _same([one[1] == ZONES.get(word) for one in self._here(unit, day)])

    def _signal(self, word: str, day: date) -> Teller:
        return lambda unit, post: _same([one[2] == word if one[2] else None for one in self._here(unit, day)])

    def _programme(self, word: str, day: date) -> Teller:
        if word != "strategis" or not self.programmes:
            return _nobody_knows
        running = frozenset().union(*(keys for keys, period in self.programmes if covers(period, day)))
        carriers = self.tree.carriers(frozenset(self._pks(running, day)), day)
        return lambda unit, post: unit in carriers

    def _pattern(self, word: str, day: date) -> Teller:
        wanted = {"lima_hari": Pattern.FIVE, "enam_hari": Pattern.SIX}.get(word)
        if wanted is None:
            return _nobody_knows
        return lambda unit, post: self.pattern(self.tree.line(unit, day), day) is wanted

    def _need(self, word: str, day: date) -> Teller:
        return self._nearest(day, lambda facts: _holding(facts.tags, "need:", f"need:{word}", day))

    def _arrived(self, word: str, day: date) -> Teller:
        tag = f"arrived:{word}"

        def said(facts: policy.UnitFacts) -> bool | None:
            if any(one.name == tag and one.holds(day) for one in facts.tags):
                return True
            return False if any(one.name == tag and one.holds(day) for one in facts.late) else None

        return self._nearest(day, said)

    def _roster(self, rule: str, day: date) -> Teller:
        """A published roster is the list any rule asks for; a list that came on paper is not known, never missing."""
        units = frozenset(unit for unit, period in self.listed if covers(period, day))
        carriers = self.tree.carriers(units, day)
        return lambda unit, post: True if unit in carriers else None

    def _nearest(self, day: date, said: Callable[[policy.UnitFacts], bool | None]) -> Teller:
        """What the unit, or the nearest one above that says anything, says."""

        def tell(unit: int, post: int | None) -> bool | None:
            answers = (said(self.decided[row.key]) for row in self.tree.line(unit, day) if row.key in self.decided)
            return next((answer for answer in answers if answer is not None), None)

        return tell

    def measure(self, metric: str, unit: int, day: date) -> float | None:
        """The figure of the unit, or of the nearest one above that has it."""
        for row in self.tree.line(unit, day):
            if row.key in self.decided and metric in (found := self.decided[row.key].measures(day)):
                return found[metric]
        return None

    def pattern(self, line: tuple[UnitRow, ...], day: date) -> Pattern:
        """How many days the unit works in a week: what the nearest unit set, else five."""
        normal = {
            one.unit: one.pattern for one in self.book.assigned if one.season is Season.NORMAL and day in one.period
        }
        return next((normal[key] for key in [*(row.key for row in line), ""] if key in normal), Pattern.FIVE)


def _holding(tags: Sequence[Tag], space: str, wanted: str, day: date) -> bool | None:
    """Whether the one tag of a space that holds on the day is the one wanted; unknown where none holds."""
    found = [one.name for one in tags if one.name.startswith(space) and one.holds(day)]
    return wanted in found if found else None


def _periods(decided: Mapping[str, policy.UnitFacts]) -> list[DateRange]:
    """When anything decided about units begins or ends."""
    found: list[tuple[date | None, date | None]] = []
    for facts in decided.values():
        found += [(one.first, one.last) for one in (*facts.tags, *facts.late)]
        found += [(one.first, one.last) for one in facts.figures]
    return [DateRange(first, None if last is None else last + DAY) for first, last in found]


def _range(period: Period) -> DateRange:
    return DateRange(period.start, period.end)


def _nobody_knows(unit: int, post: int | None) -> bool | None:
    return None


def _same(answers: list[bool | None]) -> bool | None:
    """What several workplaces agree on; unknown where they differ or there is none."""
    return answers[0] if answers and len(set(answers)) == 1 else None
