"""Destatis Gemeindeverzeichnis: area, population and density of the Kreise."""
