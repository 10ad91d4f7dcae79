"""One file per kind of measure, with its YAML beside it."""
