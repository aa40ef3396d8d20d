"""The roster of flexible days: a month plan that keeps every rule, proved best, explained, and drawn by lot."""
