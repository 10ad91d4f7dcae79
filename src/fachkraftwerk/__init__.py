"""Fachkraftwerk: forecast, workshop, roadmap and network for a region's skilled workers."""

__version__ = "0.1.0"
