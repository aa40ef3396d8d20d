"""Two people at the same moment, for real: one wins, the other is told."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.verify import verify
from luwes.apps.policy import queries
from luwes.apps.policy.actions.enacting import FindingsOpen
from luwes.apps.policy.actions.proposing import NoSuchDraft, VersionTaken
from luwes.apps.policy.models import Enactment, PolicyChange, RulebookVersion
from tests.apps.policy.stored import MARCH, NOW, OPEN, body, enact, official, propose

pytestmark = pytest.mark.usefixtures("fresh_database")
HOME = 'kind = "location"\nallowed = ["home"]'
OFFICE = 'kind = "location"\nallowed = ["other_office"]'
MANY = 6


def at_once(*works: Callable[[], object]) -> list[type[Refused] | None]:
    """Do them in threads of their own, begun together; what each was refused with."""
    gate = threading.Barrier(len(works))
    ended: list[type[Refused] | None] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        gate.wait()
        try:
            work()
        except Refused as refused:
            ended[number] = type(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_many_enact_the_same_draft_and_one_wins() -> None:
    draft = propose(body(OPEN))
    people = [official(f"penetap{number:09d}", Role.LEADER) for number in range(MANY)]
    ended = at_once(*(lambda by=by: enact(draft, by=by) for by in people))
    assert sorted(str(one) for one in ended) == sorted([str(None)] + [str(NoSuchDraft)] * (MANY - 1))
    winner = people[ended.index(None)]
    assert Enactment.objects.get().enacted_by == winner.id
    assert PolicyChange.objects.count() == 1
    assert len(queries.stack(MARCH, NOW).layers) == 1
    assert verify().holds


def test_two_drafts_that_contradict_each_other_do_not_slip_past_each_other() -> None:
    # Each alone has no finding; whoever comes second has one.
    drafts = [propose(body(HOME, name="satu")), propose(body(OFFICE, name="dua"))]
    ended = at_once(*(lambda draft=draft: enact(draft) for draft in drafts))
    assert sorted(str(one) for one in ended) == sorted([str(None), str(FindingsOpen)])


def test_two_files_of_one_version_leave_one_draft() -> None:
    ended = at_once(lambda: propose(body(OPEN)), lambda: propose(body(HOME)))
    assert sorted(str(one) for one in ended) == sorted([str(None), str(VersionTaken)])
    assert RulebookVersion.objects.count() == 1
