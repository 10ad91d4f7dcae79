"""Many clients against a real server: what a hall with bad Wi-Fi does to the workshop."""
