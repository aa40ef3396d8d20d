"""Writes of policy: proposing and enacting, suspending, deciding what is open, and figures that restrict."""
