"""Rules on ZIP and `.skill` files."""
