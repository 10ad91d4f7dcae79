"""The pages everybody sees: map, Kreis, comparison, figure, method, data."""
