"""From what is stored to the facts the policy engine takes: the same reading for one person and for everybody."""
