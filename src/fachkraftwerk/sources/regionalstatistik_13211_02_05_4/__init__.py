"""Regionaldatenbank 13211-02-05-4: unemployed and unemployment rates by Kreis."""
