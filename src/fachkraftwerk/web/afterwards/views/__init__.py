"""Pages and files for hosts."""
