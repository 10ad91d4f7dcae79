"""Documents from results: minutes, prints, poster. Everything here is a function of plain data."""
