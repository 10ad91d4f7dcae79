"""Filters of the regions' pages."""
