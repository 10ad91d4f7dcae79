"""What every public service must say of itself: data protection and accessibility."""
