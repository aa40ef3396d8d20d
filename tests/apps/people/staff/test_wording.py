"""Every code of the staff and discipline kinds has a sentence."""

import pytest

from luwes.apps.people.models import Answer, Employment, HeadCapacity, PostKind, Standing
from luwes.apps.people.staff import wording
from luwes.core.nip import ODDITIES

COUNTED = (
    *("moved", "left", "strangers", "address_answered", "older", "repeated_rows", "tmt_in_future", "hours_missing"),
    *("post_missing", "standing_unknown", "namesakes", *(f"nip_{code}" for code in ODDITIES)),
)
REJECTS = ("not_a_nip", "rows_differ", "identity_clash", "employment_unknown", "hours_invalid", "employee_unknown")


@pytest.mark.parametrize("code", sorted(COUNTED))
def test_a_finding_says_how_many(code: str) -> None:
    assert wording.say(code, {"count": 7}).startswith("7 ")


@pytest.mark.parametrize("code", [*REJECTS, "ends_before_start"])
def test_a_reject_says_what_to_do(code: str) -> None:
    assert wording.say(code, {}).count(".") >= 1


def test_every_choice_has_a_word() -> None:
    for words, choices in (
        (wording.employment, Employment),
        (wording.standing, Standing),
        (wording.post_kind, PostKind),
        (wording.answer, Answer),
        (wording.head_capacity, HeadCapacity),
    ):
        said = [words(choice.value) for choice in choices]
        assert len(set(said)) == len(said)
