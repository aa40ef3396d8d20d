"""The health lines of `luwes check` and of the system page, in the language of whoever asks."""
