"""Strategic programmes: kept in versions, read as of a date."""
