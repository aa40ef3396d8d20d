"""Spot checks: which counters to look at by lot, what the answers say about all of them, and what they can show."""
