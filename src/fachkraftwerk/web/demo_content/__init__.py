"""A written workshop day, and the play that performs it."""
