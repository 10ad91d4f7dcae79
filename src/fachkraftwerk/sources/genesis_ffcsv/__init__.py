"""Flat answers of the GENESIS services (ffcsv), March 2026."""
