"""Widgets and limits shared by forms."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

# What a browser's date picker sends, whatever it shows.
ISO = ["%Y-%m-%d"]
# Nothing of ours lies outside, and beyond the calendar's own ends there is no day before or after.
IN_OUR_TIME = [MinValueValidator(date(1945, 8, 17)), MaxValueValidator(date(2199, 12, 31))]


def date_input() -> forms.DateInput:
    """The browser's own date picker."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
