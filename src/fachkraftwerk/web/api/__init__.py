"""Open API: the same figures as the pages, as JSON."""
