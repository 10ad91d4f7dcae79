"""How good the forecast is: errors of the past, the map of certainty, editions side by side."""
