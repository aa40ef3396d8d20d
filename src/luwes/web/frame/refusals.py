"""From an expected refusal to the sentence beside the form."""

from collections.abc import Callable

from luwes.apps.accounts import wording
from luwes.apps.accounts.access import Forbidden, OutsideScope, Refused
from luwes.web.frame.once import FormStale


def sentence(refused: Refused, words: Callable[[str], str]) -> str:
    """What to tell, in the `words` of the app that refused; a form that grew old has one sentence everywhere.

    Refusals of access are no matter of the form: they are raised on, to the frame.
    """
    if isinstance(refused, Forbidden | OutsideScope):
        raise refused
    return wording.refusal(refused.code) if isinstance(refused, FormStale) else words(refused.code)
