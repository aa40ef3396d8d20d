"""From an expected refusal to the sentence beside the form."""

from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.apps.people.staff import wording


def sentence(refused: Refused) -> str:
    """What to tell. Refusals of access are no matter of the form: they go on to the frame."""
    if isinstance(refused, Forbidden | OutsideScope):
        raise refused
    return wording.refusal(refused.code)
