"""Person-days and what they add up to: how far a unit, or the chain behind a service, was planned away."""
