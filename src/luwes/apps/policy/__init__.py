"""Policy: which rules hold. Instruments with their rulebooks, who enacted them, and what people decided under them."""
