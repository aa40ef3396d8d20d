"""Pages of the calendar: the year, its decrees, blackouts, working hours, strategic programmes."""
