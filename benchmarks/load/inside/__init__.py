"""What runs in the skill's own environment."""
