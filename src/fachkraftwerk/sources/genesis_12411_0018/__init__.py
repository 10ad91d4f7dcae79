"""GENESIS 12411-0018: population by Kreis, age group and sex."""
