"""Readers for open ballot and agreement formats."""
