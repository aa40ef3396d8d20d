"""Measured claims: one module per subject, each with `bars()`; run all with `python -m bench`."""
