"""Database steps of the scenarios."""
