"""The English catalogue: extracted from the sources, checked, compiled.

`python -m tests.house.messages check` fails when the catalogue or its compiled form is stale or incomplete;
`python -m tests.house.messages update` brings both up to date, leaving new messages untranslated.
Extraction is Babel's, so that no system gettext is needed.
"""

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "luwes"
CATALOGUE = SRC / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def extracted() -> Catalog:
    """Every message of the sources, with the files it comes from."""
    catalogue = Catalog(locale="en", project="Luwes", charset="utf-8")
    for path in sources():
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            from django.utils.translation.template import templatize

            text = templatize(text)
        found = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
        for _, function, messages, _ in found:
            add(catalogue, function, messages, str(path.relative_to(SRC)))
    return catalogue


def sources() -> Iterator[Path]:
    """Python files and templates, in a stable order."""
    for path in sorted([*SRC.rglob("*.py"), *(SRC / "web").glob("*/templates/**/*.html")]):
        if "migrations" not in path.parts and "examples" not in path.parts:
            yield path


def add(catalogue: Catalog, function: str, messages: object, location: str) -> None:
    """Add one call's message; calls whose message is no literal carry nothing."""
    several = messages if isinstance(messages, tuple | list) else (messages,)
    parts = [m for m in several if isinstance(m, str)]
    context = parts.pop(0) if function in {"pgettext", "npgettext"} and len(parts) > 1 else None
    if not parts or not parts[0]:
        return
    plural = function in {"ngettext", "ngettext_lazy", "npgettext"} and len(parts) > 1
    catalogue.add((parts[0], parts[1]) if plural else parts[0], locations=[(location, 0)], context=context)


def current() -> Catalog:
    """The catalogue as committed, or an empty one."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="Luwes", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def compiled(catalogue: Catalog) -> bytes:
    """The .mo bytes of a catalogue; entries without a translation are left out."""
    buffer = io.BytesIO()
    # Babel would write the minute of the run into the header, and no committed file would match a minute later.
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The .po bytes, sorted, without dates or line numbers that would change at every run."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=False)
    unwanted = (b"-Date:", b"EMAIL@ADDRESS", b"LL@li.org", b"Generated-By")
    return b"".join(line for line in buffer.getvalue().splitlines(True) if not any(u in line for u in unwanted))


def keys(catalogue: Catalog) -> set[tuple[str, str]]:
    return {(str(m.context or ""), str(m.id)) for m in catalogue if m.id}


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(m.id) for m in catalogue if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]


def forms_of(message: Message) -> list[tuple[str, str]]:
    """Each Indonesian form of a message beside its English; "" where that is missing."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [(str(ours), str(theirs)) for ours, theirs in zip(ids, texts, strict=True)]


def placeholders_differ(message: Message) -> bool:
    """Whether an English form lacks, adds or doubles one; Babel's own check lets a lost one pass."""
    return any(
        theirs and Counter(PLACEHOLDER.findall(ours)) != Counter(PLACEHOLDER.findall(theirs))
        for ours, theirs in forms_of(message)
    )


def problems() -> list[str]:
    """What keeps the catalogue from being current; [] when nothing does."""
    now, wanted = current(), extracted()
    found = [f"not in the catalogue: {key[1]}" for key in sorted(keys(wanted) - keys(now))]
    found += [f"no longer in the sources: {key[1]}" for key in sorted(keys(now) - keys(wanted))]
    found += [f"placeholders differ: {m.id}" for m in now if m.id and placeholders_differ(m)]
    mo = CATALOGUE.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(now):
        found.append("django.mo does not match django.po")
    return found


def update() -> None:
    """Merge the sources into the catalogue without guessing translations, and compile it."""
    merged, wanted = current(), extracted()
    merged.update(wanted, no_fuzzy_matching=True)
    merged.obsolete.clear()
    merged.fuzzy, merged.header_comment = False, "# English texts of Luwes; the source language is Indonesian."
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(written(merged))
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(current()))


def main(verb: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    if verb == "update":
        update()
    found = problems()
    missing = [f"without English: {message}" for message in untranslated(current())]
    print("\n".join([*found, *missing, f"messages: {len(keys(current()))}"]))
    return 1 if found or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
