"""Working days: decreed holidays by version, Ramadan, blackouts, and the hours of each kind of day."""
