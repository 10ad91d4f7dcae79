"""Regionaldatenbank 13111-07-05-4: employees by Kreis, sector, sex and nationality."""
