"""Public services: opening hours as people write them, coverage floors, and names commonly used."""
