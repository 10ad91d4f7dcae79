"""Measures: library, scenario page, comparison, best set under a budget."""
