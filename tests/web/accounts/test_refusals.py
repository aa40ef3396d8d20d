"""Refusals beside a form, and refusals that are no matter of the form."""

import pytest

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.actions.last_admin import LastAdmin
from luwes.apps.accounts.roles import Right
from luwes.web.accounts.refusals import sentence


def test_a_refusal_by_state_gets_its_sentence() -> None:
    assert sentence(LastAdmin()).startswith("Ini admin terakhir")


@pytest.mark.parametrize("refused", [Forbidden(Right.IMPORT), OutsideScope("unit")])
def test_a_refusal_of_access_goes_on_to_the_frame(refused: Forbidden | OutsideScope) -> None:
    with pytest.raises(type(refused)):
        sentence(refused)
