"""Spot checks: a frozen procedure, a draw a day, checks filed from the phone, and what they say."""
