"""Rules on the files that `extract` writes."""
