"""Counters: opened and closed by a tap, reported shut by citizens, closures told beforehand."""
