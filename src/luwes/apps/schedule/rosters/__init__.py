"""Rosters of flexible days: solved in processes of their own, and told in words."""
