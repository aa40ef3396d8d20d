"""Kinds of round, for pages, which see no models."""

from luwes.apps.results.models import RoundKind

__all__ = ["RoundKind"]
