"""The health lines of `luwes check`."""
