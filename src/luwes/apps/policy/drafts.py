"""What stands against a draft, and which of it has been answered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from luwes.apps.policy import queries
from luwes.apps.policy.layers import rulebook_of, tried
from luwes.apps.policy.models import Enactment, FindingAnswer, RulebookVersion
from luwes.core.policy.findings import Finding
from luwes.core.policy.joining import joining
from luwes.core.policy.rulebook import Rulebook

Key = tuple[str, tuple[str, ...]]


def findings_of(draft: RulebookVersion, known_at: datetime) -> Sequence[Finding]:
    """Contradictions with what is enacted, and what the draft leaves open; everything that needs an answer."""
    rulebook = rulebook_of(draft)
    stack = queries.stack(draft.first or date.min, known_at)
    return (*joining(stack, tried(rulebook, known_at), known_at), *_strangers(rulebook))


def answers(draft: RulebookVersion) -> Mapping[Key, FindingAnswer]:
    """The current answers by what they answer."""
    rows = draft.answers.filter(superseded_at=None)
    return {(row.code, tuple(row.rules)): row for row in rows}


def _strangers(rulebook: Rulebook) -> Sequence[Finding]:
    """Instruments it says it replaces, but which nobody has recorded here."""
    named = set(rulebook.head.supersedes)
    enacted = Enactment.objects.filter(superseded_at=None, version__instrument__key__in=named)
    known = set(enacted.values_list("version__instrument__key", flat=True))
    return [Finding("supersedes_unknown", (rulebook.head.id, key)) for key in sorted(named - known)]
