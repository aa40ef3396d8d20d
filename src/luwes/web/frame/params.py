"""Words from the query string, safe to ask the database for."""

from django.http import HttpRequest

LONGEST = 200


def text(request: HttpRequest, name: str) -> str:
    """The parameter, trimmed and cut; PostgreSQL refuses NUL in text, so it is taken out."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]
