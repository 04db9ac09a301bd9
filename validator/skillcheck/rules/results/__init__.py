"""Rules on what runs gave."""
