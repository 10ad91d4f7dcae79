"""One short function for each page."""
