"""Every action code recorded anywhere has its sentence, and no sentence outlives its code."""

import ast
from pathlib import Path

import pytest

from luwes.apps.audit import wording
from luwes.apps.audit.verify import Verification

SRC = Path(__file__).resolve().parents[2] / "src" / "luwes"


def recorded() -> set[str]:
    """The codes of every `record(action=...)` in the product, both branches of a conditional included."""
    codes: set[str] = set()
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name != "record":
                continue
            for word in node.keywords:
                if word.arg == "action":
                    codes |= {part.value for part in ast.walk(word.value) if isinstance(part, ast.Constant)}
    return codes


def test_codes_and_sentences_are_the_same_set() -> None:
    assert len(recorded()) > 20
    assert recorded() == set(wording.SENTENCES)


@pytest.mark.parametrize("code", sorted(wording.SENTENCES))
def test_a_sentence_names_who_did_it(code: str) -> None:
    assert wording.sentence(code, "Kirana").startswith("Kirana ")
    assert wording.deed(code)[0].isupper()


def test_a_fact_without_a_word_is_shown_as_it_is() -> None:
    assert wording.fact("role") == "Peran"
    assert wording.fact("django_session") == "django_session"


@pytest.mark.parametrize("code", ["missing", "hash", "detail", "head_unknown"])
def test_every_fault_has_words(code: str) -> None:
    assert code in (Verification.__doc__ or "")
    assert len(wording.fault(code, "7")) > 20


def test_the_software_is_named() -> None:
    assert wording.system("purge") == "Sistem (purge)"
    assert wording.system("") == "Sistem"
