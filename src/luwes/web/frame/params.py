"""Words that somebody looks for, safe to ask the database for."""

from django.http import HttpRequest

LONGEST = 200


def text(request: HttpRequest, name: str) -> str:
    """The parameter, cleaned."""
    return clean(request.GET.get(name, ""))


def clean(words: str) -> str:
    """The words, trimmed and cut; PostgreSQL refuses NUL in text, so it is taken out."""
    return words.replace("\x00", "").strip()[:LONGEST]
