"""`luwes serve`: one supervisor, its children, and what they do before the site answers."""
