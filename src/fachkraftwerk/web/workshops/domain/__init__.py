"""Rules of the workshop. Pure where possible; the database is touched only in ``perform``, ``joining`` and ``hosting``."""
