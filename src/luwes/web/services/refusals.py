"""From an expected refusal to the sentence beside the form."""

from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.apps.accounts.actions.job_links import LinkClosed
from luwes.apps.people.services import wording


def sentence(refused: Refused) -> str:
    """What to tell. Refusals of access are no matter of the form: they go on to the frame."""
    if isinstance(refused, Forbidden | OutsideScope | LinkClosed):
        raise refused
    return wording.refusal(refused.code)
