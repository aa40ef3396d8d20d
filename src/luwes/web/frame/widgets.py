"""Widgets shared by forms."""

from django import forms

# What a browser's date picker sends, whatever it shows.
ISO = ["%Y-%m-%d"]


def date_input() -> forms.DateInput:
    """The browser's own date picker."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
