"""The language of the command line.

It reads the product's catalogue directly, because it must also speak when the settings cannot be loaded.
"""

import gettext
import os
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", CATALOGUES, languages=[language], fallback=True)


def _(message: str) -> str:
    """`message` in LUWES_LANGUAGE; the messages themselves are Indonesian."""
    return _catalogue(os.environ.get("LUWES_LANGUAGE", "id")).gettext(message)
