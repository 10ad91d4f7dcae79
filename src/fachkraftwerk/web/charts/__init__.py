"""Pictures as SVG written on the server: readable without script, without style attributes, with title and description."""
