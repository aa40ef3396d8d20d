"""From a file to a rule in force: two people, every finding answered, bytes that cannot be exchanged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy import lists, queries, shipped
from luwes.apps.policy.access import NotAPerson
from luwes.apps.policy.actions import enacting, proposing
from luwes.apps.policy.changes import changes_after
from luwes.apps.policy.layers import Tampered
from luwes.apps.policy.lists import Standing
from luwes.apps.policy.models import Enactment, FindingAnswer, RulebookVersion
from luwes.apps.policy.shipped import NoSuchRulebook
from luwes.apps.policy.verify import Checked, check
from luwes.config.health.line import State
from luwes.config.health.rules import enacted
from luwes.core.workdays.periods import Period
from tests.apps.policy.stored import (
    DRAFTER,
    ENACTOR,
    MARCH,
    MINUTE,
    NOW,
    OPEN,
    SHUT,
    answer,
    body,
    bring,
    digest,
    enact,
    official,
    propose,
)

pytestmark = pytest.mark.django_db
HOME = 'kind = "location"\nallowed = ["home"]'
OFFICE = 'kind = "location"\nallowed = ["other_office"]'


def standing(day: date = MARCH, at: datetime = NOW) -> dict[str, Standing]:
    return {f"{one.instrument}-{one.version}": one.standing for one in lists.versions(day, at)}


def test_a_draft_holds_nothing_until_somebody_else_enacts_it() -> None:
    content = body(OPEN)
    draft = propose(content)
    assert queries.stack(MARCH, NOW).layers == ()
    assert standing() == {"edaran-1": Standing.DRAFT}
    made = enact(draft)
    (layer,) = queries.stack(MARCH, NOW).layers
    assert (layer.rulebook.digest, layer.not_adopted, layer.recorded.at) == (digest(content), frozenset(), NOW)
    (row,) = lists.versions(MARCH, NOW)
    assert (row.standing, row.enactment, row.enacted_by, row.proposed_by) == (
        Standing.IN_FORCE, made, ENACTOR.id, DRAFTER.id,
    )  # fmt: skip
    assert lists.text(row.id) == content.decode()
    entry = AuditEntry.objects.get(action="policy.enacted")
    assert entry.subject == made
    assert digest(content) in entry.body
    assert ENACTOR.id in entry.body


def test_whoever_proposed_does_not_enact() -> None:
    draft = propose(body(OPEN), by=official("serba00000000000"))
    with pytest.raises(enacting.SamePerson):
        # Not in another role either: it is the same person.
        enact(draft, by=official("serba00000000000", Role.LEADER))
    assert not Enactment.objects.exists()


def test_only_people_with_the_right_enact() -> None:
    draft = propose(body(OPEN))
    for actor in (official("x", Role.HEAD), official("x", Role.INSPECTOR)):
        with pytest.raises(Forbidden):
            enact(draft, by=actor)
    with pytest.raises(OutsideScope):
        enact(draft, by=official("x", Role.ADMIN, scope="unit"))
    for kind in (ActorKind.TOKEN, ActorKind.SYSTEM):
        with pytest.raises(NotAPerson):
            enact(draft, by=Actor(kind=kind, id="x", role=Role.ADMIN.value))
    with pytest.raises(Forbidden):
        propose(body(OPEN, version=2), by=official("x", Role.LEADER))
    with pytest.raises(NotAPerson):
        propose(body(OPEN, version=2), by=system("t"))


def test_a_contradiction_and_an_open_point_are_each_answered_first() -> None:
    bring(body(OFFICE, name="lama"))
    draft = propose(body(HOME, 'kind = "tenure"\nsince = "post"', name="baru"))
    with pytest.raises(enacting.FindingsOpen) as refused:
        enact(draft)
    keys = [one.key for one in refused.value.findings]
    assert keys == [("places_differ", ("baru/c1", "lama/c1")), ("waiting_open", ("baru/c2",))]
    with unit_of_work(DRAFTER, NOW):
        proposing.answer_findings(version_id=draft, keys=keys[:1], reason="Rumah dulu")
    with pytest.raises(enacting.FindingsOpen) as refused:
        enact(draft)
    assert [one.key for one in refused.value.findings] == keys[1:]
    with unit_of_work(DRAFTER, NOW):
        proposing.answer_findings(version_id=draft, keys=keys[1:], reason="Menunggu Kepala BKD")
    shown = lists.draft(draft, NOW)
    assert shown is not None
    assert [(one.reason, one.answered_by) for one in shown.findings] == [
        ("Rumah dulu", DRAFTER.id), ("Menunggu Kepala BKD", DRAFTER.id),
    ]  # fmt: skip
    enact(draft)
    assert Enactment.objects.get(version__public_id=draft).findings == [[code, list(rules)] for code, rules in keys]
    assert lists.draft(draft, NOW) is None


def test_an_answer_is_given_to_what_stands_and_can_be_given_anew() -> None:
    bring(body(OFFICE, name="lama"))
    draft = propose(body(HOME, name="baru"))
    with unit_of_work(DRAFTER, NOW), pytest.raises(proposing.NoSuchFinding):
        proposing.answer_findings(version_id=draft, keys=[("places_differ", ("baru/c1", "lain/c1"))], reason="x")
    with unit_of_work(DRAFTER, NOW), pytest.raises(proposing.ReasonMissing):
        proposing.answer_findings(version_id=draft, keys=[], reason=" ")
    answer(draft, reason="satu")
    answer(draft, at=NOW + MINUTE, reason="dua")
    assert list(FindingAnswer.objects.filter(superseded_at=None).values_list("reason", flat=True)) == ["dua"]
    assert FindingAnswer.objects.count() == 2


def test_what_is_enacted_meanwhile_asks_for_an_answer_too() -> None:
    draft = propose(body(HOME, name="baru"))
    answer(draft)
    bring(body(OFFICE, name="lain"))
    with pytest.raises(enacting.FindingsOpen):
        enact(draft)


def test_an_answer_of_an_earlier_version_does_not_count_for_the_next() -> None:
    bring(body(OFFICE, name="lama"))
    bring(body(HOME, name="baru"))
    with pytest.raises(enacting.FindingsOpen):
        enact(propose(body(HOME, name="baru", version=2)))


def test_replacing_what_nobody_enacted_here_is_a_finding() -> None:
    draft = propose(body(OPEN, more='supersedes = ["lama"]'))
    with pytest.raises(enacting.FindingsOpen) as refused:
        enact(draft)
    assert [one.key for one in refused.value.findings] == [("supersedes_unknown", ("edaran", "lama"))]
    bring(body(SHUT, name="lama"), at=NOW + MINUTE)
    enact(draft, at=NOW + 2 * MINUTE)


def test_a_reported_clause_binds_once_it_is_adopted() -> None:
    content = body(OPEN, SHUT, OPEN + '\nstatus = "seen"', status="reported")
    draft = propose(content)
    shown = lists.draft(draft, NOW)
    assert shown is not None
    assert shown.reported == {"c1", "c2"}
    with pytest.raises(enacting.NoSuchClause):
        enact(draft, adopt=["c3"])
    made = enact(draft, adopt=["c1"])
    later = NOW + MINUTE
    with unit_of_work(ENACTOR, later):
        enacting.adopt_clauses(enactment_id=made, clauses=["c2"], basis="Salinan diterima")
    binding = {at: {one.rule for one in queries.rules(MARCH, at).on(MARCH).held if one.enforced} for at in (NOW, later)}
    assert binding == {NOW: {"edaran/c1", "edaran/c3"}, later: {"edaran/c1", "edaran/c2", "edaran/c3"}}
    with unit_of_work(ENACTOR, later), pytest.raises(enacting.NoSuchClause):
        enacting.adopt_clauses(enactment_id=made, clauses=["c2"], basis="Salinan diterima")
    with unit_of_work(ENACTOR, later), pytest.raises(proposing.ReasonMissing):
        enacting.adopt_clauses(enactment_id=made, clauses=["c2"], basis="")
    assert lists.versions(MARCH, NOW)[0].adopted == {"c1"}


def test_a_file_that_calls_itself_a_draft_cannot_be_enacted() -> None:
    for version, state in enumerate(("draft", "announced"), 1):
        draft = propose(body(OPEN, version=version, state=state))
        with pytest.raises(enacting.NotBinding):
            enact(draft)
    enact(propose(body(OPEN, version=3, state="trial")))


def test_the_second_person_enacts_what_was_read() -> None:
    draft = propose(body(OPEN))
    with pytest.raises(enacting.OtherContent):
        enact(draft, sha256=digest(body(SHUT)))
    with unit_of_work(ENACTOR, NOW), pytest.raises(proposing.ReasonMissing):
        enacting.enact(version_id=draft, sha256=digest(body(OPEN)), basis=" ", adopt=())


def test_the_same_bytes_are_the_same_draft_and_other_bytes_another_version() -> None:
    with unit_of_work(DRAFTER, NOW):
        first = proposing.propose(body=body(OPEN))
    with unit_of_work(DRAFTER, NOW):
        assert proposing.propose(body=body(OPEN)) == proposing.Proposed(first.id, created=False)
    with pytest.raises(proposing.VersionTaken):
        propose(body(SHUT))
    with unit_of_work(DRAFTER, NOW), pytest.raises(proposing.ReasonMissing):
        proposing.discard(version_id=first.id, reason="")
    with unit_of_work(DRAFTER, NOW):
        proposing.discard(version_id=first.id, reason="Salah ketik")
    assert propose(body(SHUT)) != first.id
    assert [one.standing for one in lists.versions(MARCH, NOW)] == [Standing.DISCARDED, Standing.DRAFT]
    assert lists.draft(first.id, NOW) is None
    with pytest.raises(proposing.NoSuchDraft):
        enact(first.id)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"id =", b'id = "x"', body("kind = 1"), body(OPEN, version=0)[:-9]])
def test_what_is_no_rulebook_is_refused_with_its_fault(content: bytes) -> None:
    with pytest.raises(proposing.Unreadable) as refused:
        propose(content)
    assert (refused.value.fault is None) == (content == b"\xff\xfe")
    assert not RulebookVersion.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"x = " + b"[" * 100_000,
        body(OPEN) + b"#" * 500_000,
        body(OPEN).replace(b"rekaan", b"re\\u0000kaan"),
        body(OPEN) + b"# \x00",
    ],
    ids=["deep", "big", "escaped", "plain"],
)
def test_what_no_table_could_hold_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(proposing.Unreadable):
        propose(content)


@pytest.mark.parametrize(
    ("name", "version"),
    [("a/b", 1), ("luwes", 1), ("restriction", 1), ("Edaran", 1), ("", 1), ("edaran", 0), ("edaran", 10_000)],
)
def test_a_name_the_engine_could_mistake_is_refused(name: str, version: int) -> None:
    with pytest.raises(proposing.NameUnfit):
        propose(body(OPEN, name=name, version=version))
    assert not RulebookVersion.objects.exists()


def test_an_enacted_version_is_no_draft_any_more() -> None:
    draft = propose(body(OPEN))
    enact(draft)
    with pytest.raises(proposing.NoSuchDraft):
        enact(draft)
    with unit_of_work(DRAFTER, NOW), pytest.raises(proposing.NoSuchDraft):
        proposing.discard(version_id=draft, reason="x")
    with pytest.raises(proposing.NoSuchDraft):
        enact("tidak-ada", sha256="x")


def test_annulling_brings_back_what_was_replaced_and_leaves_the_past_readable() -> None:
    bring(body(OPEN))
    made = bring(body(SHUT, version=2, more="first = 2026-03-01\nlast = 2026-03-31"))
    later = NOW + timedelta(days=1)
    with unit_of_work(ENACTOR, later), pytest.raises(proposing.ReasonMissing):
        enacting.annul(enactment_id=made, reason="")
    with unit_of_work(ENACTOR, later):
        enacting.annul(enactment_id=made, reason="Salah naskah")
    rules = {at: [one.rule for one in queries.rules(MARCH, at).on(MARCH).held] for at in (NOW, later)}
    assert rules == {NOW: ["edaran/c1"], later: ["edaran/c1"]}
    assert queries.rules(MARCH, NOW).in_force(MARCH)[0].rulebook.head.version == 2
    assert queries.rules(MARCH, later).in_force(MARCH)[0].rulebook.head.version == 1
    assert standing(at=NOW) == {"edaran-1": Standing.SUPERSEDED, "edaran-2": Standing.IN_FORCE}
    assert standing(at=later) == {"edaran-1": Standing.IN_FORCE, "edaran-2": Standing.ANNULLED}
    with unit_of_work(ENACTOR, later), pytest.raises(enacting.NoSuchEnactment):
        enacting.annul(enactment_id=made, reason="lagi")
    # Once annulled it is a draft again, for the two people to try once more.
    assert enact(RulebookVersion.objects.get(version=2).public_id, at=later + MINUTE) != made


def test_the_feed_tells_the_days_touched() -> None:
    bring(body(OPEN, more="first = 2026-03-01\nlast = 2026-03-31"))
    bring(body(SHUT, version=2, more="first = 2026-03-10\nlast = 2026-03-12"))
    told = [(one.kind, one.scope, one.period) for one in changes_after(0)]
    assert told == [
        ("instrument", "", Period(date(2026, 3, 1), date(2026, 4, 1))),
        # Version 1 does not come back after the 12th, so every later day is touched.
        ("instrument", "", Period(date(2026, 3, 10))),
    ]


def test_bytes_cannot_be_exchanged_and_if_they_are_nothing_is_decided() -> None:
    draft = propose(body(OPEN))
    enact(draft)
    for statement in (
        "UPDATE policy_rulebookversion SET body = 'x'",
        "UPDATE policy_rulebookversion SET sha256 = 'x'",
        "DELETE FROM policy_rulebookversion",
        "UPDATE policy_enactment SET enacted_by = 'x'",
        "DELETE FROM policy_enactment",
        "DELETE FROM policy_policychange",
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    row = RulebookVersion.objects.get()
    with connection.cursor() as cursor:
        # As somebody who owns the tables could.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE policy_rulebookversion DISABLE TRIGGER ALL")
        cursor.execute("UPDATE policy_rulebookversion SET body = %s", [body(SHUT)])
    with pytest.raises(Tampered):
        queries.stack(MARCH, NOW)
    with pytest.raises(Tampered):
        lists.text(row.public_id)
    # Even with a hash to match: the second person enacted another one.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policy_rulebookversion SET sha256 = %s", [digest(body(SHUT))])
    with pytest.raises(Tampered):
        queries.stack(MARCH, NOW)
    assert check() == Checked(1, ("edaran",))


def test_a_rule_put_in_past_the_actions_is_found(now: datetime) -> None:
    assert enacted(now) == []
    bring(body(OPEN))
    assert [line.state for line in enacted(now)] == [State.OK]
    # Somebody who owns the tables writes a row, with the bytes to match, but no entry in the chain.
    draft = RulebookVersion.objects.get(public_id=propose(body(SHUT, name="selundupan")))
    Enactment.objects.create(
        version=draft, sha256=draft.sha256, basis="", findings=[], enacted_by=ENACTOR.id, recorded_at=NOW
    )
    assert check() == Checked(2, ("selundupan",))
    (line,) = enacted(now)
    assert line.state is State.FAIL
    assert "selundupan" in line.line


def test_what_is_shipped_takes_two_people_too() -> None:
    with unit_of_work(system("demo"), NOW), pytest.raises(NotAPerson):
        proposing.propose_shipped(name="perpres-21-2023")
    for name in ("perpres-21-2023", "permenpanrb-4-2025"):
        with unit_of_work(DRAFTER, NOW):
            draft = proposing.propose_shipped(name=name)
        assert draft.created
        answer(draft.id)
        shown = lists.draft(draft.id, NOW)
        assert shown is not None
        enact(draft.id, adopt=shown.reported)
    assert [one.origin for one in lists.versions(MARCH, NOW)] == ["shipped", "shipped"]
    held = {one.book for one in queries.rules(MARCH, NOW).on(MARCH).held}
    assert held == {"perpres-21-2023", "permenpanrb-4-2025"}
    with unit_of_work(DRAFTER, NOW), pytest.raises(NoSuchRulebook):
        proposing.propose_shipped(name="../profiles")
    assert len(shipped.files()) > 50


def test_every_shipped_rulebook_can_be_brought_in() -> None:
    names = sorted(shipped.files())
    for name in names:
        with unit_of_work(DRAFTER, NOW):
            assert proposing.propose_shipped(name=name).created
    assert len(lists.versions(MARCH, datetime(2026, 12, 1, tzinfo=UTC))) == len(names)
