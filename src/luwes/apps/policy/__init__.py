"""Policy: the sentences of decisions."""
