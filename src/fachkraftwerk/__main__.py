"""Run the command line: python -m fachkraftwerk."""

from fachkraftwerk.cli.main import run

run()
