"""Answers to requests for the pages on quality."""
