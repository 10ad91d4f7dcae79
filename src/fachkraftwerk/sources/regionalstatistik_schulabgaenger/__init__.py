"""Regionaldatenbank: school leavers, pupils and disposable income by Kreis."""
