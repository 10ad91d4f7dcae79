"""What happens to a workshop once it is on paper or in a file."""
