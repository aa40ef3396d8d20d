"""Luwes: run and measure flexible work of Indonesian civil servants."""

__version__ = "0.1.0"
