"""Calendars, Ramadan, blackouts and working hours: what kind of day a date is, where, and as known when."""
