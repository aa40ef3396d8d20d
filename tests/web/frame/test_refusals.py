"""Refusals beside a form, and refusals that are no matter of the form."""

import pytest

from luwes.apps.accounts import wording
from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.apps.accounts.actions.last_admin import LastAdmin
from luwes.apps.accounts.roles import Right
from luwes.apps.sources import wording as other_words
from luwes.web.frame.once import FormStale
from luwes.web.frame.refusals import sentence


def test_a_refusal_by_state_gets_its_sentence() -> None:
    assert sentence(LastAdmin(), wording.refusal).startswith("Ini admin terakhir")


def test_a_form_that_grew_old_has_one_sentence_whatever_the_app() -> None:
    assert sentence(FormStale(), other_words.refusal) == sentence(FormStale(), wording.refusal)
    assert "kedaluwarsa" in sentence(FormStale(), other_words.refusal)


@pytest.mark.parametrize("refused", [Forbidden(Right.IMPORT), OutsideScope("unit")])
def test_a_refusal_of_access_goes_on_to_the_frame(refused: Refused) -> None:
    with pytest.raises(type(refused)):
        sentence(refused, wording.refusal)
