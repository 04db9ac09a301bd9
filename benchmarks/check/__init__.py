"""What `skillcheck check` costs on collections of skills, beside its peers."""
