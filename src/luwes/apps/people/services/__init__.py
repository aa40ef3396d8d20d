"""Services, their chains, points and floors: kept by version, read as of a date."""
