"""The citizens' survey: what a citizen sees, and what those see who run it."""
