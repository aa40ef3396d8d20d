"""The tap itself, the same with an account and with the code behind the counter."""

from collections.abc import Callable
from typing import Any

from luwes.apps.accounts.access import Refused
from luwes.apps.results.counters import wording
from luwes.apps.results.counters.days import State
from luwes.apps.results.counters.places import places
from luwes.apps.results.counters.queries import Counter, counters
from luwes.web.counter.forms import PauseForm, YesterdayForm
from luwes.web.frame.refusals import sentence
from luwes.web.frame.requests import PageRequest

STATE, YESTERDAY = "keadaan", "kemarin"
TONES = {"buka": "success", "jeda": "warning", "tutup": "neutral", "": "neutral"}
Act = Callable[[State, str], None]


def standing(visit: PageRequest, key: str) -> Counter | None:
    """The counter as it stands now."""
    found = counters(places([key], visit.today), visit.today)
    return found[0] if found else None


def state_of(visit: PageRequest) -> State | None:
    """Which button was pressed."""
    try:
        return State(visit.POST.get(STATE, ""))
    except ValueError:
        return None


def tapped(visit: PageRequest, pause: PauseForm, run: Callable[[State, str], None]) -> bool:
    """Say what the pressed button says; False where the form now says what is wrong."""
    state = state_of(visit)
    if state is None:
        return False
    reason = ""
    if state is State.PAUSED:
        if not pause.is_valid():
            return False
        reason = pause.cleaned_data["reason"]
    try:
        run(state, reason)
    except Refused as refused:
        pause.is_valid()
        pause.add_error(None, sentence(refused, wording.refusal))
        return False
    return True


def context(visit: PageRequest, found: Counter, pause: PauseForm, yesterday: YesterdayForm) -> dict[str, Any]:
    """What the tap's part of a page shows."""
    said = found.said
    state = said.state if said else ""
    return {
        "place": found.place,
        "state": wording.state(state),
        "tone": TONES[state],
        "since": wording.clock(said.minute) if said else "",
        "reason": wording.reason(said.reason) if said else "",
        "hours": ", ".join(f"{wording.clock(start)}–{wording.clock(end)}" for start, end in found.promised),
        "is_open": state == State.OPEN.value,
        "is_closed": state == State.CLOSED.value,
        "pause": pause,
        "left_open": found.left_open,
        "yesterday": yesterday if found.left_open else None,
    }
