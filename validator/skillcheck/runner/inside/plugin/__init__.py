"""What pytest finds by its name in the environment of a skill's tests: one file, called as nothing of theirs is."""
