"""What the console does with stored rules: propose, read, answer, enact, and list them."""
