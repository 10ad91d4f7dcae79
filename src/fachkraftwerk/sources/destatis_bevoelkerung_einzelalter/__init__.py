"""Destatis: population by Kreis, single year of age and sex."""
