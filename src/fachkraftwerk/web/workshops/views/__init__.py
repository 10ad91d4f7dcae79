"""Pages of the workshop. They hold no rules: each asks the domain."""
