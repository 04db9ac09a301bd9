"""Rules on what makes a client load a skill: its description."""
