"""Fixtures by what they start."""
