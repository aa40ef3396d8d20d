"""The import kind `survey`: raw answers of citizens. An index without its answers is refused: it cannot be checked."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from luwes.apps.accounts.secret import digest
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.staff import swift
from luwes.apps.results.measures import Measure
from luwes.apps.results.models import SurveyAnswer
from luwes.apps.results.services import figures, wording
from luwes.apps.results.services.plan import Plan, Spans, in_rows, spans_of, within
from luwes.apps.results.services.survey_file import ELEMENT_COLUMNS, EXAMPLE, LAYOUT
from luwes.apps.results.services.vocabulary import VOCABULARY, ServiceReader
from luwes.apps.sources.kinds import Comparison, ImportKind, Stage, Staged
from luwes.apps.sources.ledger import Entry, Stored, revise

LONGEST_CHANNEL = 40
SCALE = {str(value): value for value in (1, 2, 3, 4)}
NO_ANSWER = frozenset({"", "na", "n.a.", "n.a", "tidak menjawab", "tidak mengisi", "kosong"})
YES = frozenset({"ya", "y", "iya", "sudah", "sesuai", "1", "true"})
NO = frozenset({"tidak", "t", "tdk", "belum", "tidak sesuai", "0", "false"})
# A service and a day: the answers of one source are replaced together, because none of them has a name to tell it by.
Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Answer:
    """One respondent; `elements` are nine values or empty, 0 in the place of no answer for the digest's sake."""

    row: int
    point: int | None
    channel: str
    elements: tuple[int, ...]
    served: bool | None
    promised: bool | None
    content: int | None

    @property
    def said(self) -> tuple[str, ...]:
        """What tells two answers apart, as text: sorts and compares with nothing among it."""
        facts = (self.point, self.channel, self.elements, self.served, self.promised, self.content)
        return tuple(map(str, facts))


@dataclass(frozen=True, slots=True)
class Group:
    """All answers of one service on one day from one source."""

    key: Key
    answers: Sequence[Answer]

    @property
    def values(self) -> tuple[int, str]:
        """How many, and a digest of what they say, in no order."""
        return len(self.answers), digest("\n".join(sorted("|".join(answer.said) for answer in self.answers)))


@dataclass(frozen=True, slots=True)
class Held:
    """A stored group: its service and day, and the primary keys of its answers."""

    key: Key
    pks: Sequence[int]


def compare(stage: Stage) -> Comparison:
    """Hold the staged rows against what is stored; reads only."""
    plan, held = _plan(stage)
    return _told(plan, held)


def write(stage: Stage) -> Comparison:
    """Compare once more, replace the groups that are new or changed, and sum the touched days anew."""
    plan, held = _plan(stage)
    done = _told(plan, held)
    if done.unmapped:
        return done
    now = current().now
    superseded = [held[pk] for pk in plan.revision.superseded(withdraw_gone=stage.withdraw_gone)]
    inserts = [plan.said[entry.row] for entry in plan.revision.inserts]
    ended = [pk for group in superseded for pk in group.pks]
    SurveyAnswer.objects.filter(pk__in=ended, superseded_at=None).update(superseded_at=now)
    swift.insert(
        SurveyAnswer,
        [_record(group.key, answer, stage.batch_pk, now) for group in inserts for answer in group.answers],
    )
    figures.sum_surveys({group.key for group in superseded} | {group.key for group in inserts})
    return done


def _plan(stage: Stage) -> tuple[Plan[Group], dict[int, Held]]:
    plan: Plan[Group] = Plan(LAYOUT, ServiceReader(stage))
    answers: dict[Key, list[Answer]] = defaultdict(list)
    for row in stage.rows():
        day = date.fromisoformat(str(row.values["tanggal"]))
        said = _said(row, plan)
        service = None if said is None else plan.reader.find(row, day)
        if said is None or service is None:
            continue
        if day > stage.today:
            plan.notes["in_the_future"].add(row.number)
        answers[service, day].append(_answer(row, said, service, day, plan))
    plan.said = {found[0].row: Group(key, found) for key, found in answers.items()}
    stored, held = _stored(spans_of(answers), stage.source_pk)
    entries = [Entry(group.key, group.values, row) for row, group in plan.said.items()]
    plan.revision = revise(entries, stored, source_pk=stage.source_pk)
    for pk, entry in plan.revision.changed:
        if len(plan.said[entry.row].answers) < len(held[pk].pks):
            plan.notes["fewer_than_stored"].add(entry.row)
    return plan, held


@dataclass(frozen=True, slots=True)
class _Said:
    """The answers of a row, understood."""

    elements: tuple[int, ...]
    served: bool | None
    promised: bool | None
    content: int | None


def _said(row: Staged, plan: Plan[Group]) -> _Said | None:
    """What the respondent answered; None where a cell cannot be or nothing was answered, which is then told."""
    texts = {name: _plain(row.values[name]) for name in (*ELEMENT_COLUMNS, "puas", "dilayani", "sesuai_janji")}
    for name in (*ELEMENT_COLUMNS, "puas"):
        if texts[name] not in NO_ANSWER and texts[name] not in SCALE:
            plan.refuse(row.number, name, "not_an_answer", row.values[name])
            return None
    for name in ("dilayani", "sesuai_janji"):
        if texts[name] not in NO_ANSWER and texts[name] not in YES | NO:
            plan.refuse(row.number, name, "not_yes_or_no", row.values[name])
            return None
    elements = tuple(SCALE.get(texts[name], 0) for name in ELEMENT_COLUMNS)
    said = _Said(
        elements=elements if any(elements) else (),
        served=_yes(texts["dilayani"]),
        promised=_yes(texts["sesuai_janji"]),
        content=SCALE.get(texts["puas"]),
    )
    if said == _Said((), None, None, None):
        only_index = row.values["indeks"] == "ya"
        plan.refuse(row.number, *(("indeks", "index_alone") if only_index else ("u1", "nothing_answered")))
        return None
    return said


def _plain(value: object) -> str:
    """A cell in lower case; a whole number typed with a decimal place stays a whole number."""
    text = "" if value is None else str(value).casefold()
    return text[:1] if text[1:] in (".0", ",0") else text


def _yes(text: str) -> bool | None:
    return None if text in NO_ANSWER else text in YES


def _answer(row: Staged, said: _Said, service: int, day: date, plan: Plan[Group]) -> Answer:
    name = str(row.values["titik"] or "")
    point = plan.reader.catalogue.spot_named(service, name, day) if name else None
    if name and point is None:
        plan.notes["point_unknown"].add(row.number)
    return Answer(
        row=row.number,
        point=point,
        channel=str(row.values["kanal"] or "").casefold()[:LONGEST_CHANNEL],
        elements=said.elements,
        served=said.served,
        promised=said.promised,
        content=said.content,
    )


def _stored(spans: Spans, source_pk: int) -> tuple[Mapping[tuple[Hashable, ...], Stored], dict[int, Held]]:
    """Current groups of this source within the days the file speaks of; other sources asked other people."""
    if not spans:
        return {}, {}
    days = (min(span[0] for span in spans.values()), max(span[1] for span in spans.values()))
    rows = SurveyAnswer.objects.filter(
        superseded_at=None, service__in=spans, day__range=days, batch__source=source_pk
    ).order_by("pk")
    found: dict[Key, list[SurveyAnswer]] = defaultdict(list)
    for row in rows.iterator(chunk_size=10_000):
        if within(spans, row.service_id, row.day):
            found[row.service_id, row.day].append(row)
    stored: dict[tuple[Hashable, ...], Stored] = {}
    held: dict[int, Held] = {}
    for key, of_day in found.items():
        group = Group(key, [_known(row) for row in of_day])
        stored[key] = Stored(of_day[0].pk, group.values, source_pk)
        held[of_day[0].pk] = Held(key, [row.pk for row in of_day])
    return stored, held


def _known(row: SurveyAnswer) -> Answer:
    return Answer(
        row=row.row_number or 0,
        point=row.point_id,
        channel=row.channel,
        elements=tuple(value or 0 for value in row.elements),
        served=row.was_served,
        promised=row.as_promised,
        content=row.satisfied,
    )


def _record(key: Key, answer: Answer, batch_pk: int, now: datetime) -> SurveyAnswer:
    service, day = key
    return SurveyAnswer(
        service_id=service,
        point_id=answer.point,
        day=day,
        channel=answer.channel,
        elements=[value or None for value in answer.elements],
        was_served=answer.served,
        as_promised=answer.promised,
        satisfied=answer.content,
        batch_id=batch_pk,
        row_number=answer.row,
        recorded_at=now,
    )


def _told(plan: Plan[Group], held: Mapping[int, Held]) -> Comparison:
    newest = max((group.key[1] for group in plan.said.values()), default=None)
    told = plan.told(clash_column="tanggal", newest=newest)
    sizes = {row: len(group.answers) for row, group in plan.said.items()}
    return in_rows(told, plan.revision, sizes, sum(len(held[pk].pks) for pk in plan.revision.gone))


SURVEY_KIND = ImportKind(
    code="survey",
    label=wording.survey,
    layout=LAYOUT,
    example=EXAMPLE,
    asked=(),
    vocabulary=VOCABULARY,
    compare=compare,
    write=write,
    say=wording.say_survey,
    max_rows=500_000,
    personal=True,
    cadence_days=40,
    coverage=figures.coverage(Measure.SURVEY),
    covers=wording.services,
    affects=wording.survey_affects,
)
