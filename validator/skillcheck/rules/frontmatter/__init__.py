"""Rules on the YAML at the top of SKILL.md."""
