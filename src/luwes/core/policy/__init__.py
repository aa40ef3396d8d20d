"""Rulebooks and facts in, decisions with reasons out: may this person work flexibly on this day, and why."""
