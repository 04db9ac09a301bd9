"""What skillcheck costs, in time."""
