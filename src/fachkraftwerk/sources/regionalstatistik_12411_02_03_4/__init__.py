"""Regionaldatenbank 12411-02-03-4: population by Kreis, age group and sex."""
