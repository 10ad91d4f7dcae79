"""Vocabulary shared by every layer: words, dimensions, regions, figures, facts, streams, refusals."""
